import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AREAS } from './areas.ts';
import { readArguments } from './arguments.ts';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants.ts';
import { faultsOf, scoreOf, type TriedMutant } from './score.ts';

const MUTANT: TriedMutant = {
  file: 'lib/a.ts',
  line: 'if (a < b) return;',
  lineNumber: 7,
  from: 'a < b',
  to: 'a <= b',
  status: 'Survived',
};
const ENTRY = { file: MUTANT.file, line: MUTANT.line, to: MUTANT.to, reason: 'a is never b' };

/** So many mutants of a status, each on a line of its own. */
function many(count: number, status: string): readonly TriedMutant[] {
  return Array.from({ length: count }, (_, i) => ({ ...MUTANT, line: `${status} ${i}`, status }));
}

describe('the score', () => {
  it('is the share that was noticed: by a failing test, or because the tests did not end', () => {
    const score = scoreOf(
      [...many(6, 'Killed'), ...many(2, 'Timeout'), ...many(1, 'Survived'), ...many(1, 'NoCoverage')],
      [],
    );

    expect(score).toMatchObject({ mutants: 10, killed: 6, timedOut: 2, percent: 80 });
    expect(score.survived.map(({ line }) => line)).toEqual(['Survived 0', 'NoCoverage 0']);
  });

  it('counts for nothing what crashed before a test, or is listed as equivalent', () => {
    const score = scoreOf([MUTANT, ...many(1, 'Killed'), ...many(3, 'RuntimeError')], [ENTRY]);

    expect(score).toMatchObject({ mutants: 5, crashed: 3, equivalent: 1, survived: [], percent: 100 });
  });

  it('takes an equivalent mutant only where file, line, replacement and, if named, the replaced agree', () => {
    const others = [
      { ...ENTRY, file: 'lib/b.ts' },
      { ...ENTRY, line: 'if (a < b) break;' },
      { ...ENTRY, to: 'a > b' },
      { ...ENTRY, from: 'b < a' },
    ];

    const score = scoreOf([MUTANT], others);

    expect(score).toMatchObject({ equivalent: 0, survived: [MUTANT], stale: others });
    expect(scoreOf([MUTANT], [{ ...ENTRY, from: 'a < b' }])).toMatchObject({ equivalent: 1, stale: [] });
  });

  it('does from 95 of 100 on', () => {
    expect(faultsOf(scoreOf([...many(95, 'Killed'), ...many(5, 'Survived')], []), true)).toEqual([]);
    expect(faultsOf(scoreOf([...many(949, 'Killed'), ...many(51, 'Survived')], []), true)).toEqual([
      'The score is below 95 %: the survivors ask for tests.',
    ]);
  });

  it('does with two equivalent mutants of a hundred, not with three, unless a few files are looked at', () => {
    const listed = (count: number) => many(count, 'Survived').map((mutant) => ({ ...mutant, reason: '' }));
    const tried = [...many(97, 'Killed'), ...many(3, 'Survived')];

    expect(faultsOf(scoreOf(tried, listed(2)), true)).toEqual([]);
    expect(faultsOf(scoreOf(tried, listed(3)), false)).toEqual([]);
    expect(faultsOf(scoreOf(tried, listed(3)), true)).toEqual([
      'More than 2 % of the mutants are listed as equivalent.',
    ]);
  });

  it('does not do where a listed mutant no longer survives', () => {
    const faults = faultsOf(scoreOf([{ ...MUTANT, status: 'Killed' }], [ENTRY]), false);

    expect(faults).toEqual([
      'Listed as equivalent, but no such mutant survives: lib/a.ts: if (a < b) return; → a <= b',
    ]);
  });
});

describe('the equivalent mutants', () => {
  it('stand in files of the areas, on lines that are there, each with its reason', () => {
    expect(Object.keys(AREAS)).toContain('triage');
    for (const { file, line, reason } of EQUIVALENT_MUTANTS) {
      const lines = readFileSync(file, 'utf8')
        .split('\n')
        .map((text) => text.trim());
      expect.soft(readArguments([file], () => []).kind, file).toBe('run');
      expect.soft(lines, file).toContain(line);
      expect.soft(reason.length, line).toBeGreaterThan(10);
    }
  });
});
