import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { folded } from '../../../../lib/rules/engine/candidates/form.ts';
import {
  type Runs,
  runsOfGlob,
  textsOfExpression,
} from '../../../../lib/rules/engine/candidates/literals.ts';
import { expression, glob } from '../../../contract/generate/expression.ts';
import { runs } from '../../../contract/runs.ts';

/** Whether a text begins with the first of the runs, ends with the last, and has the others in between, in order. */
function hasRuns(text: string, [first = '', ...others]: Runs): boolean {
  if (!text.startsWith(first)) return false;
  const last = others.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const run of others) {
    const found = text.indexOf(run, at);
    if (found < 0) return false;
    at = found + run.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

describe('the literal texts of an expression', () => {
  it('are in every text that RE2 matches with it', () => {
    let known = 0;
    let read = 0;

    fc.assert(
      fc.property(expression, ({ source, text }) => {
        const texts = textsOfExpression(source);
        const alternatives = texts?.alternatives ?? [];
        const looked = texts?.ignoresCase ? folded(text) : text;

        expect(RE2JS.compile(source).testExact(text)).toBe(true);
        const isSomeMet = alternatives.length === 0 || alternatives.some((each) => hasRuns(looked, each));
        expect(isSomeMet, `${JSON.stringify(alternatives)} of ${source} in ${text}`).toBe(true);
        known += Number(alternatives.some((each) => each.some((run) => run !== '')));
        read += 1;
      }),
      runs(20_000),
    );

    // Something is read off many of them, or this would prove nothing.
    expect(known / read).toBeGreaterThan(0.2);
  }, 600_000);

  it.each([
    ['abc', [['abc']]],
    ['ab+c', [['a', 'c']]],
    ['ab?', [['a', '']]],
    ['a.*b\\.c', [['a', '', 'b.c']]],
    ['(?:a|b)c', [['ac'], ['bc']]],
    ['(?:ab)*c', [['', 'c']]],
    ['^a$', [['a']]],
    ['[ab]c', [['', 'c']]],
    ['a|b', [['a'], ['b']]],
    ['(?i)A', [['a']]],
    ['\\Qa\\E', []],
    ['a\\x41', []],
  ])('are told of %s', (source, expected) => {
    const alternatives = (textsOfExpression(source)?.alternatives ?? []).map((each) => [...each]);

    const shown = alternatives.map((each) =>
      each.filter((run, i) => run !== '' || i === 0 || i === each.length - 1),
    );
    expect(shown.sort()).toEqual(
      expected.map((each) => each.filter((run, i) => run !== '' || i === 0 || i === each.length - 1)),
    );
  });
});

describe('the literal texts of a glob', () => {
  it('are in every text that it matches', () => {
    fc.assert(
      fc.property(glob, ({ source, text }) => {
        const found = runsOfGlob(source);

        expect(hasRuns(text, found), `${JSON.stringify(found)} of ${source} in ${text}`).toBe(true);
      }),
      runs(5_000),
    );
  }, 600_000);
});
