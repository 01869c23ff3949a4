import type { FindingIdentifier } from '../../lib/findings/finding.ts';

/** Whether a reply names a finding here: what the SDK returns is not checked by its types. */
export function isIdentifier(value: unknown): value is FindingIdentifier {
  if (typeof value !== 'object' || value === null) return false;
  const { Id, ProductArn } = value as Partial<FindingIdentifier>;
  return typeof Id === 'string' && typeof ProductArn === 'string';
}
