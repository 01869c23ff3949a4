import { finiteNumber, integer, listOf, mapOf, matching, objectOf, oneOf, text } from './check.ts';
import { FIELD_CHECKS, NOTE_CHECKS, SEVERITY_CHECKS } from './field-checks.ts';
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
  return FINDING(finding, '');
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

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html */
const findingType = matching(
  /^(?:Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(?:\/|$)/,
  'namespace/category/classifier in a known namespace',
);

const types = listOf(findingType, 0, 50);
const key = text({ max: 128 });

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
    ProductFields: mapOf(
      FINDING_LIMITS.productFields,
      key,
      text({ max: FINDING_LIMITS.productFieldValueCharacters }),
    ),
    Compliance: objectOf({ Status: oneOf(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']) }),
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
