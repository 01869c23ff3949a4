import { counted } from '../rules/counted.ts';
import type { SuppressionReport } from './suppression-report.ts';

/** What a report may be told to fail on. */
export const REPORT_GATES = ['expired', 'expiring', 'gone'] as const;
export type ReportGate = (typeof REPORT_GATES)[number];

/** What tripped, a line each; nothing where all is as allowed. */
export function trippedGates(report: SuppressionReport, gates: readonly ReportGate[]): readonly string[] {
  const { expired, expiring, expiringDays } = report;
  const gone = report.gone ?? [];
  const says: Readonly<Record<ReportGate, string | null>> = {
    expired:
      expired.length === 0 ? null : `${counted(expired.length, 'suppression')} ended or missed the review`,
    expiring:
      expiring.length === 0
        ? null
        : `${counted(expiring.length, 'suppression')} will end or be reviewed within ${counted(expiringDays, 'day')}`,
    gone:
      gone.length === 0
        ? null
        : `${counted(gone.length, 'rule')} that findings still name ${gone.length === 1 ? 'is' : 'are'} gone`,
  };
  return gates.flatMap((gate) =>
    says[gate] === null ? [] : [`${says[gate]}, and --fail-on names ${gate}.`],
  );
}
