/** The rules that one engine names for each finding of a sample. */
export interface Verdicts {
  readonly method: string;
  readonly verdicts: readonly (readonly string[])[];
}

/**
 * Throws where an engine names other rules than the reference: what is not the same work is not compared.
 *
 * @param indexes which findings of the workload the sample holds, to tell where they disagree.
 */
export function requireSameVerdicts(judged: Verdicts, reference: Verdicts, indexes: readonly number[]): void {
  for (const [place, index] of indexes.entries()) {
    const [names, expected] = [judged.verdicts[place], reference.verdicts[place]];
    if (names !== undefined && expected !== undefined && names.join() === expected.join()) continue;
    throw new Error(
      `${judged.method} disagrees with ${reference.method} on finding ${index}: ` +
        `[${names?.join(', ')}] instead of [${expected?.join(', ')}]. What is not the same work is not compared.`,
    );
  }
}
