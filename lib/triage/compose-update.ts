import type {
  Finding,
  FindingIdentifier,
  SeverityLabel,
  VerificationState,
  WorkflowStatus,
} from '../findings/finding.ts';
import { type FindingUpdate, UPDATE_LIMITS } from '../findings/update.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import type { Cause } from './decision.ts';
import { type FieldName, type FieldValue, KEY_PREFIX, userDefinedFieldsOf } from './field.ts';
import { keysOf } from './instance.ts';
import { type Mark, writeMark } from './mark.ts';

/** What the product keeps on the finding for itself. */
export interface Provenance {
  readonly mark: Mark;
  readonly withdrawn: readonly FieldName[];
  /** Names of the rules in force, in winning order. */
  readonly rules: readonly string[];
  /** Whether there is or was anything to mark; an update of a custom action alone leaves no mark. */
  readonly needed: boolean;
}

/**
 * The request members for a set of changes. Whether the API merges or replaces maps and lists is undocumented
 * (https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html), so the full wanted value is
 * sent: right under both readings.
 */
export function composeUpdate(
  finding: Finding,
  changes: ReadonlyMap<FieldName, FieldValue>,
  provenance: Provenance,
  config: TriageConfig,
): FindingUpdate {
  const get = <T extends FieldValue>(field: FieldName) => changes.get(field) as T | undefined;
  const status = get<WorkflowStatus>('Workflow');
  const label = get<SeverityLabel>('Severity');
  const state = get<VerificationState>('VerificationState');
  const confidence = get<number>('Confidence');
  const criticality = get<number>('Criticality');
  const types = get<readonly string[]>('Types');
  const related = get<readonly FindingIdentifier[]>('RelatedFindings');
  const note = get<string>('Note');
  const fields = changedUserDefinedFields(finding, changes, provenance, config);
  // Member by member: an object spread for each would take longer than all the rest.
  const update: { -readonly [Member in keyof FindingUpdate]: FindingUpdate[Member] } = {};
  if (status !== undefined) update.Workflow = { Status: status };
  if (label !== undefined) update.Severity = { Label: label };
  if (state !== undefined) update.VerificationState = state;
  if (confidence !== undefined) update.Confidence = confidence;
  if (criticality !== undefined) update.Criticality = criticality;
  if (types !== undefined) update.Types = types;
  if (related !== undefined) update.RelatedFindings = related;
  if (note !== undefined) update.Note = { Text: note, UpdatedBy: `securityhub-${config.prefix}` };
  if (fields !== undefined) update.UserDefinedFields = fields;
  return update;
}

/** Why an update cannot be sent although each of its values is within its own limit; undefined when it can. */
export function oversize(update: FindingUpdate, { prefix }: TriageConfig): Cause | undefined {
  const fields = update.UserDefinedFields ?? {};
  const limit = UPDATE_LIMITS.userDefinedValueCharacters;
  const { set, rules } = keysOf(prefix);
  for (const key of [set, rules]) {
    const length = fields[key]?.length ?? 0;
    if (length > limit) {
      const message = `The user-defined field ${key} would have ${length} characters; ${limit} are allowed. Let fewer rules decide this finding.`;
      return { code: 'MarkTooLarge', message };
    }
  }
  const count = Object.keys(fields).length;
  if (count <= UPDATE_LIMITS.userDefinedFields) return undefined;
  const message = `The finding would have ${count} user-defined fields; ${UPDATE_LIMITS.userDefinedFields} are allowed.`;
  return { code: 'TooManyUserDefinedFields', message };
}

/** The whole map as it is to stand; undefined where it stands so already, for whoever sends less shares more calls. */
function changedUserDefinedFields(
  finding: Finding,
  changes: ReadonlyMap<FieldName, FieldValue>,
  { mark, withdrawn, rules, needed }: Provenance,
  { prefix, provenance }: TriageConfig,
): Readonly<Record<string, string>> | undefined {
  const own = keysOf(prefix);
  const current = userDefinedFieldsOf(finding);
  const fields = new Map(current);
  for (const [field, value] of changes)
    if (field.startsWith(KEY_PREFIX)) fields.set(field.slice(KEY_PREFIX.length), String(value));
  // Names left from before the provenance was turned to the log would claim what is no longer true.
  const named = provenance === 'finding' ? rules : [];
  if (needed && (provenance === 'finding' || fields.has(own.rules)))
    fields.set(own.rules, named.length === 0 ? '|' : `|${named.join('|')}|`);
  if (needed) fields.set(own.set, writeMark(mark, withdrawn));
  const keys = [...fields.keys()];
  if (keys.every((key) => current.get(key) === fields.get(key))) return undefined;
  return Object.fromEntries(keys.sort().map((key) => [key, fields.get(key) as string]));
}
