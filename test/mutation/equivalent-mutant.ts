/** A mutant that no test can tell from the code, and why. It is tried all the same: should a test notice it, this list is wrong. */
export interface EquivalentMutant {
  readonly file: string;
  /** The first line of what is mutated, without the white space around. */
  readonly line: string;
  /** What of it is replaced, where the line alone leaves that open. */
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
}

/** Several mutants of one line, for one reason. */
export function alike(
  file: string,
  line: string,
  reason: string,
  ...all: readonly string[]
): readonly EquivalentMutant[] {
  return all.map((to) => ({ file, line, to, reason }));
}

export const SHORT_CUT = 'A short cut of a hot path: the longer way gives the same.';
