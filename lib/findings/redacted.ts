import type { Finding } from './finding.ts';

/** The product field by which `triage export` says that a finding is redacted; it goes wherever the finding goes. */
export const REDACTED_FIELD = 'securityhub-triage/redacted';

/** The finding, said to be redacted. */
export function markRedacted(finding: Finding): Finding {
  return { ...finding, ProductFields: { ...productFieldsOf(finding), [REDACTED_FIELD]: 'true' } };
}

/** Whether names in it stand for others, so that rules which name somebody or something miss it. */
export function isRedacted(finding: Finding): boolean {
  const fields = productFieldsOf(finding);
  return Object.hasOwn(fields, REDACTED_FIELD) && fields[REDACTED_FIELD] === 'true';
}

function productFieldsOf({ ProductFields }: Finding): Readonly<Record<string, unknown>> {
  const isMap = typeof ProductFields === 'object' && ProductFields !== null && !Array.isArray(ProductFields);
  return isMap ? (ProductFields as Readonly<Record<string, unknown>>) : {};
}
