import { UPDATE_LIMITS } from '../../findings/update.ts';
import { finiteNumber, integer, listOf, mapOf, matching, objectOf, oneOf, text } from './check.ts';
import { FIELD_CHECKS, FINDING_TYPE, NOTE_CHECKS, SEVERITY_CHECKS } from './field-checks.ts';
import { isObject, objectAt } from './json.ts';
import { FINDING_LIMITS } from './limits.ts';

/** Why a request cannot be read at all; a finding's own faults are `findingBreach`'s. */
export function importBreach(request: unknown): string | undefined {
  return REQUEST(request, '');
}

/**
 * The first constraint of ASFF that a finding to import breaks.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export function findingBreach(finding: unknown): string | undefined {
  return FINDING(finding, '') ?? missingAssessment(finding);
}

const REQUEST = objectOf(
  {
    // FailedFindings names findings by Id, so one without cannot be answered for.
    Findings: listOf(objectOf({ Id: text() }, ['Id']), 1, FINDING_LIMITS.findingsPerCall),
  },
  ['Findings'],
);

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html#timestamps */
const timestamp = matching(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)$/,
  'an ISO 8601 timestamp',
);

const types = listOf(matching(FINDING_TYPE, 'namespace/category/classifier'), 0, UPDATE_LIMITS.types);
const key = text({ max: 128 });

/** May be empty: GuardDuty's own findings hold empty values. */
const productFieldValue = matching(
  new RegExp(`^[^]{0,${FINDING_LIMITS.productFieldValueCharacters}}$`),
  `a string of at most ${FINDING_LIMITS.productFieldValueCharacters} characters`,
);

const providerSeverity = objectOf({ Label: SEVERITY_CHECKS.Label, Original: text({ max: 64 }) });

const FINDING = objectOf(
  {
    ...FIELD_CHECKS,
    Types: types,
    SchemaVersion: oneOf(['2018-10-08']),
    Id: text({ max: FINDING_LIMITS.idCharacters }),
    ProductArn: text({
      min: FINDING_LIMITS.productArnMinCharacters,
      max: FINDING_LIMITS.productArnCharacters,
    }),
    GeneratorId: text({ max: FINDING_LIMITS.generatorIdCharacters }),
    AwsAccountId: matching(/^\d{12}$/, 'an account number of 12 digits'),
    CreatedAt: timestamp,
    UpdatedAt: timestamp,
    FirstObservedAt: timestamp,
    LastObservedAt: timestamp,
    Title: text({ max: FINDING_LIMITS.titleCharacters }),
    Description: text({ max: FINDING_LIMITS.descriptionCharacters }),
    Resources: listOf(
      objectOf(
        {
          Type: text({ max: FINDING_LIMITS.resourceTypeCharacters }),
          Id: text(),
          Tags: mapOf(50, key, text()),
        },
        ['Type', 'Id'],
      ),
      1,
      FINDING_LIMITS.resources,
    ),
    Severity: objectOf({ ...SEVERITY_CHECKS, Product: finiteNumber, Original: text({ max: 64 }) }),
    ProductFields: mapOf(FINDING_LIMITS.productFields, key, productFieldValue),
    Compliance: objectOf({ Status: oneOf(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']) }),
    Remediation: objectOf({ Recommendation: objectOf({ Text: text({ max: 512 }) }) }),
    RecordState: oneOf(['ACTIVE', 'ARCHIVED']),
    Note: objectOf({ ...NOTE_CHECKS, UpdatedAt: timestamp }, ['Text', 'UpdatedBy', 'UpdatedAt']),
    FindingProviderFields: objectOf({
      Confidence: integer(0, 100),
      Criticality: integer(0, 100),
      RelatedFindings: FIELD_CHECKS.RelatedFindings,
      Severity: providerSeverity,
      Types: types,
    }),
  },
  [
    'SchemaVersion',
    'Id',
    'ProductArn',
    'GeneratorId',
    'AwsAccountId',
    'CreatedAt',
    'UpdatedAt',
    'Title',
    'Description',
    'Resources',
  ],
);

/** Severity and Types must come from the provider, at the top or in FindingProviderFields. */
function missingAssessment(finding: unknown): string | undefined {
  const provided = objectAt(finding, 'FindingProviderFields');
  const given = isObject(finding) ? finding : {};
  const missing = ['Severity', 'Types'].find(
    (field) => (given[field] ?? provided[field] ?? undefined) === undefined,
  );
  return missing === undefined
    ? undefined
    : `${missing} is missing, and FindingProviderFields does not hold it`;
}
