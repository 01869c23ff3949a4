import type { Finding } from '../findings/finding.ts';
import { type FieldValue, providerValue, severityRank } from './field.ts';
import type { Standing } from './ownership.ts';

/** The one line that replaces a note of ours which no rule decides any more: a note cannot be unset through the API. */
export const WITHDRAWN_NOTE = 'Withdrawn: no triage rule decides this note any more.';

/**
 * The value to write where a field is ours and no rule decides it any more; undefined where it stays as it is.
 * A withdrawal only ever makes a finding more visible, whatever its mark says, for marks can be written by others:
 * never SUPPRESSED or RESOLVED, never below the provider's severity.
 */
export function withdrawnValue(finding: Finding, standing: Standing): FieldValue | undefined {
  switch (standing.field) {
    case 'Workflow':
      return isDone(finding) ? undefined : 'NEW';
    case 'VerificationState':
      return 'UNKNOWN';
    case 'Severity':
      return withdrawnSeverity(finding, standing);
    case 'Confidence':
    case 'Criticality':
      return isScore(standing.base) ? standing.base : undefined;
    case 'Types':
    case 'RelatedFindings':
      return standing.base;
    case 'Note':
      return WITHDRAWN_NOTE;
    default:
      return undefined;
  }
}

function withdrawnSeverity(finding: Finding, { current, was }: Standing): FieldValue | undefined {
  const provider = providerValue(finding, 'Severity');
  const before = was ?? undefined;
  const rankBefore = severityRank(before);
  if (severityRank(provider) >= 0) return rankBefore > severityRank(provider) ? before : provider;
  // Without a provider's label nothing says that lowering would not hide the finding.
  return rankBefore >= 0 && rankBefore >= severityRank(current) ? before : undefined;
}

/** What the API takes for Confidence and Criticality: a provider's own value may be anything. */
function isScore(value: FieldValue | undefined): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;
}

/** A PASSED or ARCHIVED finding asks for nothing: putting it back to NEW would only flap with the service. */
function isDone(finding: Finding): boolean {
  const compliance = finding.Compliance as { readonly Status?: unknown } | null | undefined;
  return compliance?.Status === 'PASSED' || finding.RecordState === 'ARCHIVED';
}
