/** A text that occurs nowhere but in findings, so that it shows wherever one leaks. */
export const CANARY = 'cAnArY-7f3e';

/** Every member of a finding that holds free text; the identity, which is logged on purpose, has none. */
export const CANARY_MEMBERS = {
  Description: `${CANARY} description`,
  CompanyName: `${CANARY} company`,
  GeneratorId: `${CANARY} generator`,
  SourceUrl: `https://${CANARY}.example`,
  Note: { Text: `${CANARY} note`, UpdatedBy: `${CANARY} person`, UpdatedAt: '2026-06-01T00:00:00Z' },
  UserDefinedFields: { [`${CANARY}Key`]: `${CANARY} value` },
  ProductFields: { [`${CANARY}/field`]: `${CANARY} field` },
  Resources: [{ Type: 'AwsEc2Instance', Id: `${CANARY}-resource`, Tags: { owner: `${CANARY} tag` } }],
  Remediation: { Recommendation: { Text: `${CANARY} remedy`, Url: `https://${CANARY}.example` } },
};
