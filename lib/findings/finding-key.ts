import type { FindingIdentifier } from './finding.ts';

/**
 * One text for the pair that identifies a finding, for maps and sets. The JSON form keeps two pairs apart
 * whatever characters they hold; the Id alone does not identify a finding.
 */
export function findingKey(identifier: FindingIdentifier): string {
  return JSON.stringify([identifier.ProductArn, identifier.Id]);
}
