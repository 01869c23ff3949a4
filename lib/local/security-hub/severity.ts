import { SEVERITY_LABELS, type SeverityLabel } from '../../findings/finding.ts';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_SeverityUpdate.html */
const LOWEST_NORMALIZED: Readonly<Record<SeverityLabel, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

/** The Normalized that the service writes beside a label. */
export function normalizedOf(label: SeverityLabel): number {
  return LOWEST_NORMALIZED[label];
}

/** The label that the service writes beside a Normalized of 0 to 100. */
export function labelOf(normalized: number): SeverityLabel {
  return SEVERITY_LABELS.findLast((label) => normalized >= LOWEST_NORMALIZED[label]) ?? 'INFORMATIONAL';
}

/** Undefined for anything but one of the five labels. */
export function asLabel(value: unknown): SeverityLabel | undefined {
  return SEVERITY_LABELS.find((label) => label === value);
}
