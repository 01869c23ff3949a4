import { counted } from '../../rules/counted.ts';
import { countCases, type Proof, type TestReport } from '../report.ts';

/** `110 cases + 6 generated passed, 1 known gap, 1 failed, of 18 rules; 80/81 conditions proven`. */
export function summaryOf(report: TestReport): string {
  const { passed, gaps, failed, generated } = countCases(report);
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `${passedText(passed - generated, generated)} passed`,
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

function passedText(written: number, generated: number): string {
  if (generated === 0) return counted(written, 'case');
  return written === 0
    ? counted(generated, 'generated case')
    : `${counted(written, 'case')} + ${generated} generated`;
}

/** `4/4 conditions proven`; nothing where it was not asked for. */
export function proofText(proofs: readonly (Proof | undefined)[], verb: string): readonly string[] {
  const total = totalOf(proofs);
  return total === undefined ? [] : [`${total.proven}/${total.of} conditions ${verb}`];
}

/** The proofs of several rules together; undefined where none was asked for. */
export function totalOf(proofs: readonly (Proof | undefined)[]): Proof | undefined {
  const known = proofs.filter((proof) => proof !== undefined);
  if (known.length === 0) return undefined;
  const sum = (pick: (proof: Proof) => number) => known.reduce((total, proof) => total + pick(proof), 0);
  return { proven: sum(({ proven }) => proven), of: sum((proof) => proof.of) };
}
