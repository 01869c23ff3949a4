import { describe, expect, it } from 'vitest';
import { createRandom } from '../workload/random.ts';
import { judgeRatios } from './verdict.ts';

describe('the verdict on two versions', () => {
  it('calls faster what took longer before in every pair', () => {
    const verdict = judgeRatios([1.3, 1.25, 1.4, 1.31, 1.28]);

    expect(verdict).toMatchObject({ says: 'faster', ratio: 1.3 });
    expect(verdict.interval.low).toBeGreaterThan(1.2);
  });

  it('calls slower what takes longer in every pair', () => {
    const verdict = judgeRatios([0.8, 0.75, 0.82, 0.79, 0.81]);

    expect(verdict.says).toBe('slower');
  });

  it('says the opposite of the versions the other way round', () => {
    const ratios = [1.3, 1.05, 1.4, 1.31, 1.28];

    const backwards = judgeRatios(ratios.map((ratio) => 1 / ratio));

    expect(judgeRatios(ratios).says).toBe('faster');
    expect(backwards.says).toBe('slower');
  });

  it('leaves within noise what is sometimes faster and sometimes slower', () => {
    const verdict = judgeRatios([1.3, 0.8, 1.1, 0.9, 1.02, 0.97, 1.2]);

    expect(verdict.says).toBe('within noise');
  });

  it('leaves within noise a difference as small as two runs of the same code show', () => {
    const verdict = judgeRatios([1.01, 1.012, 1.011, 1.013, 1.01, 1.012]);

    expect(verdict.says).toBe('within noise');
  });

  it('says nothing for sure after a few pairs', () => {
    const verdict = judgeRatios([2, 2.1, 1.9]);

    expect(verdict.says).toBe('within noise');
  });

  it('is not taken in by one pair that a busy machine spoilt', () => {
    const verdict = judgeRatios([1.0, 1.01, 9, 0.99, 1.0, 1.02, 0.98]);

    expect(verdict.says).toBe('within noise');
  });

  it('seldom calls the same code faster or slower', () => {
    const random = createRandom(4);
    const pair = () => 1 + 0.2 * (random.next() + random.next() + random.next() - 1.5);

    const verdicts = Array.from({ length: 100 }, () => judgeRatios(Array.from({ length: 9 }, pair)));

    const wrong = verdicts.filter(({ says }) => says !== 'within noise');
    expect(wrong.length).toBeLessThan(10);
  });
});
