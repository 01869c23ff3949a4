import { isDeepStrictEqual } from 'node:util';
import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import { objectAt } from './json.ts';
import { FINDING_LIMITS } from './limits.ts';

/** The fields that a provider and a customer both set: a customer's value keeps the provider's off the top level. */
export const PROVIDER_FIELDS = ['Confidence', 'Criticality', 'RelatedFindings', 'Severity', 'Types'] as const;
export type ProviderField = (typeof PROVIDER_FIELDS)[number];

export interface StoredFinding {
  readonly finding: Finding;
  /** Which of the shared fields BatchUpdateFindings has set: later imports change only FindingProviderFields. */
  readonly customerSet: ReadonlySet<ProviderField>;
}

/** The pair is the identity: one Id may come from two products. */
export function keyOf({ Id, ProductArn }: FindingIdentifier): string {
  return JSON.stringify([ProductArn, Id]);
}

/** True past 240 KB, counted on the compact JSON in UTF-8 bytes. */
export function isTooLarge(finding: Finding): boolean {
  return Buffer.byteLength(JSON.stringify(finding)) > FINDING_LIMITS.findingBytes;
}

/** What a raw finding tells of its past: a field that differs from the provider's own value was set by a customer. */
export function customerSetOf(finding: Finding): ReadonlySet<ProviderField> {
  const provided = objectAt(finding, 'FindingProviderFields');
  return new Set(
    PROVIDER_FIELDS.filter(
      (field) =>
        field in provided && !isDeepStrictEqual(comparable(field, finding), comparable(field, provided)),
    ),
  );
}

function comparable(field: ProviderField, holder: Readonly<Record<string, unknown>>): unknown {
  return field === 'Severity' ? objectAt(holder, 'Severity').Label : holder[field];
}
