import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsTestOf } from '../../../lib/rules/engine/has-runs.ts';
import { runs } from '../../contract/runs.ts';

/** Said as plainly as can be: there is a place for each run, one after another. */
function hasPlaces(text: string, [first = '', ...others]: readonly string[]): boolean {
  if (others.length === 0) return text === first;
  const from = (at: number, [run = '', ...rest]: readonly string[]): boolean =>
    rest.length === 0
      ? text.length - run.length >= at && text.endsWith(run)
      : Array.from({ length: text.length + 1 }, (_, place) => place).some(
          (place) => place >= at && text.startsWith(run, place) && from(place + run.length, rest),
        );
  return text.startsWith(first) && from(first.length, others);
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 12 });
const run = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 3 });
const anything = fc.array(fc.array(run, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
/** As names in the midst of an expression give them: the same beginning, a run of their own, an end. */
const parting = fc
  .record({
    shared: fc.array(run, { minLength: 1, maxLength: 2 }),
    stem: fc.constantFrom(':', 'a', ':a'),
    tails: fc.array(fc.tuple(run, fc.constantFrom('', 'a')), { minLength: 1, maxLength: 5 }),
  })
  .map(({ shared, stem, tails }) => tails.map(([own, last]) => [...shared, stem + own, last]));

describe('a test of runs', () => {
  it.each([
    ['any alternatives', anything],
    ['alternatives that part in their midst', parting],
  ])('says whether there is a place for the runs of one of them: %s', (_, alternatives) => {
    const seen = { yes: 0, no: 0 };

    fc.assert(
      fc.property(alternatives, fc.array(text, { minLength: 6, maxLength: 6 }), (all, texts) => {
        const test = runsTestOf(all);
        // Texts that are made of the runs have them most often.
        for (const each of [...texts, ...all.map((one) => one.join(texts[0]?.slice(0, 2) ?? ''))]) {
          const expected = all.some((one) => hasPlaces(each, one));
          expect([all, each, test(each)]).toEqual([all, each, expected]);
          seen[expected ? 'yes' : 'no'] += 1;
        }
      }),
      runs(3_000),
    );

    const { numRuns } = runs(3_000);
    expect(seen.yes).toBeGreaterThan(numRuns / 2);
    expect(seen.no).toBeGreaterThan(numRuns);
  });

  it('looks at each place once, however often the names could begin', () => {
    const test = runsTestOf(['ab', 'cd', 'b'].map((own) => ['a', `:${own}`, '']));
    const long = `a${':'.repeat(3_000_000)}`;

    expect(test(long)).toBe(false);
    expect(test(`${long}b`)).toBe(true);
    expect(test(`${long}cd`)).toBe(true);
  });
});
