import { countCases, type Proof, type TestReport } from '../report.ts';

/** `110 cases passed, 1 known gap, 1 failed, of 18 rules; 80/81 conditions proven`. */
export function summaryOf(report: TestReport): string {
  const { passed, gaps, failed } = countCases(report);
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `${counted(passed, 'case')} passed`,
    ...(gaps > 0 ? [counted(gaps, 'known gap')] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(errors > 0 ? [counted(errors, 'error')] : []),
  ];
  const proofs = [
    ...proofText(
      report.rules.map(({ covered }) => covered),
      'seen true and false',
    ),
    ...proofText(
      report.rules.map(({ proven }) => proven),
      'proven',
    ),
  ];
  return [`${parts.join(', ')}, of ${counted(report.rules.length, 'rule')}`, ...proofs].join('; ');
}

/** `4/4 conditions proven`; nothing where it was not asked for. */
export function proofText(proofs: readonly (Proof | undefined)[], verb: string): readonly string[] {
  const known = proofs.filter((proof) => proof !== undefined);
  if (known.length === 0) return [];
  const sum = (pick: (proof: Proof) => number) => known.reduce((total, proof) => total + pick(proof), 0);
  return [`${sum(({ proven }) => proven)}/${sum((proof) => proof.of)} conditions ${verb}`];
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
