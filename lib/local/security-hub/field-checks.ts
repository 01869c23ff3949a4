import { SEVERITY_LABELS, VERIFICATION_STATES, WORKFLOW_STATUSES } from '../../findings/finding.ts';
import { UPDATE_LIMITS } from '../../findings/update.ts';
import { finiteNumber, integer, listOf, mapOf, objectOf, oneOf, text } from './check.ts';
import { FINDING_LIMITS } from './limits.ts';

/** The members that BatchUpdateFindings and BatchImportFindings share. */
export const FIELD_CHECKS = {
  Workflow: objectOf({ Status: oneOf(WORKFLOW_STATUSES) }, ['Status']),
  VerificationState: oneOf(VERIFICATION_STATES),
  Confidence: integer(0, 100),
  Criticality: integer(0, 100),
  Types: listOf(text(), 0, UPDATE_LIMITS.types),
  RelatedFindings: listOf(
    objectOf({ ProductArn: text(), Id: text({ max: FINDING_LIMITS.idCharacters }) }, ['ProductArn', 'Id']),
    1,
    UPDATE_LIMITS.relatedFindings,
  ),
  UserDefinedFields: mapOf(
    UPDATE_LIMITS.userDefinedFields,
    text({ max: UPDATE_LIMITS.userDefinedKeyCharacters }),
    text({ max: UPDATE_LIMITS.userDefinedValueCharacters }),
  ),
} as const;

/** Severity as both calls take it; `Original` belongs to the provider and is ignored in updates. */
export const SEVERITY_CHECKS = {
  Label: oneOf(SEVERITY_LABELS),
  Normalized: integer(0, 100),
  Product: finiteNumber,
} as const;

/**
 * The length of UpdatedBy is that of native rules, whose update is the same, and of notes as the user guide gave them
 * in 2022; the API page of BatchUpdateFindings names none.
 */
export const NOTE_CHECKS = {
  Text: text({ max: UPDATE_LIMITS.noteCharacters }),
  UpdatedBy: text({ max: FINDING_LIMITS.noteAuthorCharacters }),
} as const;

/**
 * The shape of a finding type. The service names the pattern when it refuses an import; the namespaces that its
 * taxonomy lists are not enforced. https://github.com/prowler-cloud/prowler/issues/2519
 */
export const FINDING_TYPE = /^[^/]+(?:\/[^/]+){0,2}$/;
