import { applyUpdate, type MapsReading } from './apply-update.ts';
import { integer, listOf, objectOf, oneOf, text } from './check.ts';
import { FIELD_CHECKS, NOTE_CHECKS, SEVERITY_CHECKS } from './field-checks.ts';
import { readFilters } from './finding-filter.ts';
import { isObject, type JsonObject, listAt, objectAt } from './json.ts';
import { PROVIDER_FIELDS, type StoredFinding } from './stored-finding.ts';
import type { RequestedUpdate } from './update-request.ts';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateAutomationRule.html */
const CREATION = objectOf(
  {
    RuleName: text(),
    Description: text(),
    RuleOrder: integer(1, 1000),
    RuleStatus: oneOf(['ENABLED', 'DISABLED']),
    Criteria: objectOf({}),
    Actions: listOf(
      objectOf(
        {
          Type: oneOf(['FINDING_FIELDS_UPDATE']),
          FindingFieldsUpdate: objectOf({
            ...FIELD_CHECKS,
            Severity: objectOf(SEVERITY_CHECKS),
            Note: objectOf(NOTE_CHECKS, ['Text', 'UpdatedBy']),
          }),
        },
        ['Type', 'FindingFieldsUpdate'],
      ),
      1,
      1,
    ),
  },
  ['RuleName', 'Description', 'RuleOrder', 'Criteria', 'Actions'],
);

/** What a request to create a rule breaks; criteria that this hub cannot judge are refused, never ignored. */
export function creationBreach(request: unknown, nowMs: number): string | undefined {
  const breach = CREATION(request, '');
  if (breach !== undefined) return breach;
  const filters = readFilters(isObject(request) ? request.Criteria : undefined, nowMs);
  return filters.kind === 'invalid' ? filters.why : undefined;
}

/**
 * The finding once the enabled rules have acted on it: lowest order first, a later one over an earlier, none after a
 * terminal one. What a rule sets is the customer's, as an update is.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function afterRules(
  stored: StoredFinding,
  rules: readonly JsonObject[],
  options: { readonly maps: MapsReading; readonly nowMs: number },
): StoredFinding {
  const { maps, nowMs } = options;
  const at = new Date(nowMs).toISOString();
  let { finding, customerSet } = stored;
  for (const rule of inOrder(rules)) {
    const filters = readFilters(rule.Criteria, nowMs);
    if (filters.kind === 'invalid')
      throw new Error(`The local account cannot act the rule ${rule.RuleName} out: ${filters.why}.`);
    if (!filters.matches(finding)) continue;
    // Checked when the rule was made.
    const update = objectAt(listAt(rule, 'Actions')[0], 'FindingFieldsUpdate') as RequestedUpdate;
    finding = applyUpdate(finding, update, { maps, at });
    const set = PROVIDER_FIELDS.filter((field) => update[field] !== undefined);
    customerSet = new Set([...customerSet, ...set]);
    if (rule.IsTerminal === true) break;
  }
  return { finding, customerSet };
}

function inOrder(rules: readonly JsonObject[]): readonly JsonObject[] {
  return rules
    .filter(({ RuleStatus }) => RuleStatus !== 'DISABLED')
    .toSorted((one, other) => Number(one.RuleOrder) - Number(other.RuleOrder));
}
