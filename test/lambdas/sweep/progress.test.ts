import { describe, expect, it } from 'vitest';
import { readProgress } from '../../../lambdas/sweep/progress.ts';

const NOW_MS = Date.parse('2026-03-01T10:00:00Z');
const ACTIVE = { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }] };
const UNTIL_NOW = [{ Start: '1970-01-01T00:00:00.000Z', End: '2026-03-01T10:00:00.000Z' }];

describe('the input of a stretch', () => {
  it.each([
    ['nothing in particular', {}],
    ['what the state machine adds to it', { running: { Executions: [] } }],
    ['no object', null],
  ])('that is %s begins a sweep of all active findings', (_what, input) => {
    const progress = readProgress(input, NOW_MS);

    expect(progress).toMatchObject({ filters: ACTIVE, pass: 1, read: 0, nextToken: null, done: false });
    expect(progress.window).toEqual({ ...ACTIVE, CreatedAt: UNTIL_NOW });
  });

  it('may name filters', () => {
    const filters = { SeverityLabel: [{ Value: 'HIGH', Comparison: 'EQUALS' }] };

    const { window } = readProgress({ filters }, NOW_MS);

    expect(window).toEqual({ ...filters, CreatedAt: UNTIL_NOW });
  });

  it('may name a window of its own, which is left as it is', () => {
    const filters = { CreatedAt: [{ DateRange: { Value: 7, Unit: 'DAYS' } }] };

    const { window } = readProgress({ filters }, NOW_MS);

    expect(window).toEqual(filters);
  });

  it('that is a progress is taken as it is, whatever the time', () => {
    const progress = { ...readProgress({}, NOW_MS), read: 100, nextToken: 't' };

    const again = readProgress(progress, NOW_MS + 86_400_000);

    expect(again).toEqual(progress);
  });

  it('that is a progress of before anything was deferred counts none', () => {
    const { deferred: _, deferredBefore: __, ...earlier } = { ...readProgress({}, NOW_MS), read: 100 };

    const progress = readProgress(earlier, NOW_MS);

    expect(progress).toEqual({ ...earlier, deferred: 0, deferredBefore: 0 });
  });

  it('with filters that leave no room for the window is refused', () => {
    const filters = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`Attribute${n}`, []]));

    expect(() => readProgress({ filters }, NOW_MS)).toThrow(
      'filters names 10 attributes; 9 is the most, for the sweep adds CreatedAt',
    );
  });

  it('with filters that are no object is refused', () => {
    expect(() => readProgress({ filters: 'SeverityLabel' }, NOW_MS)).toThrow('filters is no object');
  });
});
