import type { EquivalentMutant } from './equivalent-mutant.ts';

/** A mutant that was tried: where it stands, what it makes of what, and what became of it. */
export interface TriedMutant {
  readonly file: string;
  /** The first line of it, without the white space around. */
  readonly line: string;
  readonly lineNumber: number;
  readonly from: string;
  readonly to: string;
  readonly status: string;
}

export interface Score {
  readonly mutants: number;
  readonly killed: number;
  readonly timedOut: number;
  /** They failed before a test began, e.g. while a file was imported: noticed, though by no test. */
  readonly crashed: number;
  readonly equivalent: number;
  readonly survived: readonly TriedMutant[];
  /** Entries of the list that no surviving mutant answers to. */
  readonly stale: readonly EquivalentMutant[];
  /** Share of what could have been noticed that was, in percent. */
  readonly percent: number;
}

/** Below this the run fails. */
export const LEAST_PERCENT = 95;
/** So many mutants of a hundred may be called equivalent. */
export const MOST_EQUIVALENT_PERCENT = 2;

/** Counts what the tests noticed. A mutant that is listed as equivalent counts for nothing, as long as it survives. */
export function scoreOf(tried: readonly TriedMutant[], equivalent: readonly EquivalentMutant[]): Score {
  const alive = tried.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const excused = new Set<TriedMutant>();
  const stale = equivalent.filter((entry) => {
    const same = alive.filter((mutant) => answersTo(mutant, entry));
    for (const mutant of same) excused.add(mutant);
    return same.length === 0;
  });
  const count = (status: string) => tried.filter((mutant) => mutant.status === status).length;
  const [killed, timedOut, crashed] = [count('Killed'), count('Timeout'), count('RuntimeError')];
  const survived = alive.filter((mutant) => !excused.has(mutant));
  const noticed = killed + timedOut;
  return {
    mutants: tried.length,
    killed,
    timedOut,
    crashed,
    equivalent: excused.size,
    survived,
    stale,
    percent: noticed + survived.length === 0 ? 100 : (100 * noticed) / (noticed + survived.length),
  };
}

/** Why the score of an area, the whole of it or some files, does not do; empty where it does. */
export function faultsOf({ percent, equivalent, mutants, stale }: Score, whole: boolean): readonly string[] {
  const faults: string[] = [];
  if (percent < LEAST_PERCENT)
    faults.push(`The score is below ${LEAST_PERCENT} %: the survivors ask for tests.`);
  if (whole && equivalent > (mutants * MOST_EQUIVALENT_PERCENT) / 100)
    faults.push(`More than ${MOST_EQUIVALENT_PERCENT} % of the mutants are listed as equivalent.`);
  for (const { file, line, to } of stale)
    faults.push(`Listed as equivalent, but no such mutant survives: ${file}: ${line} → ${to}`);
  return faults;
}

function answersTo(mutant: TriedMutant, entry: EquivalentMutant): boolean {
  return (
    mutant.file === entry.file &&
    mutant.line === entry.line &&
    mutant.to === entry.to &&
    (entry.from === undefined || mutant.from === entry.from)
  );
}
