import { SEVERITY_LABELS, VERIFICATION_STATES, WORKFLOW_STATUSES } from '../../findings/finding.ts';
import { isObject, listAt, objectAt, textAt } from './json.ts';
import type { Operation, RuleOperation, SettingOperation } from './limits.ts';
import { CHOSEN_READINGS, type OpenReadings } from './open-readings.ts';

/** What one call asks of IAM. A call may ask for several: each must be allowed. */
export interface Access {
  readonly action: string;
  readonly resourceArn: string;
  readonly conditionKeys: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * The accesses behind a call. Updates and queries ask for the caller's hub; imports for each product, whose account
 * is the key `securityhub:TargetAccount`. What is undocumented of condition keys is as `readings` have it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export function accessesOf(
  operation: Operation,
  request: unknown,
  hubArn: string,
  readings: Pick<OpenReadings, 'withoutConditionKey' | 'deniedValues'> = CHOSEN_READINGS,
): readonly Access[] {
  const action = `securityhub:${operation}`;
  switch (operation) {
    case 'BatchUpdateFindings': {
      const keys = syntaxPathKeys(request, readings.withoutConditionKey);
      const asked = readings.deniedValues === 'all' ? withEachValue(keys) : [keys];
      return asked.map((conditionKeys) => ({ action, resourceArn: hubArn, conditionKeys }));
    }
    case 'GetFindings':
      return [{ action, resourceArn: hubArn, conditionKeys: {} }];
    case 'BatchImportFindings': {
      const targets = listAt(request, 'Findings').map((finding) => ({
        productArn: textAt(finding, 'ProductArn') ?? '',
        account: textAt(finding, 'AwsAccountId') ?? '',
      }));
      return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()].map(
        ({ productArn, account }) => ({
          action,
          resourceArn: productArn,
          conditionKeys: { 'securityhub:TargetAccount': account },
        }),
      );
    }
    default:
      return settingResources(operation, request, hubArn).map((resourceArn) => ({
        ...{ action, resourceArn, conditionKeys: {} },
      }));
  }
}

/** What is read or changed of the settings; `*` where the reference names no type of resource. */
function settingResources(
  operation: SettingOperation | RuleOperation,
  request: unknown,
  hubArn: string,
): readonly string[] {
  switch (operation) {
    case 'GetFindingAggregator':
      return [textAt(request, 'FindingAggregatorArn') ?? ''];
    case 'BatchGetAutomationRules':
    case 'BatchDeleteAutomationRules':
      return listAt(request, 'AutomationRulesArns').map(String);
    case 'CreateAutomationRule':
    case 'DescribeSecurityHubV2':
    case 'ListFindingAggregators':
    case 'ListAutomationRules':
    case 'ListAutomationRulesV2':
      return ['*'];
    default:
      return [hubArn];
  }
}

const LEAVES = [
  ['Workflow', 'Status'],
  ['Severity', 'Label'],
  ['Severity', 'Normalized'],
  ['Severity', 'Product'],
  ['Note', 'Text'],
  ['Note', 'UpdatedBy'],
] as const;
const SCALARS = ['VerificationState', 'Confidence', 'Criticality'] as const;

/** The members that have few values: a policy may deny some of them. */
const VALUES_OF: Readonly<Record<string, readonly string[]>> = {
  'securityhub:ASFFSyntaxPath/Workflow.Status': WORKFLOW_STATUSES,
  'securityhub:ASFFSyntaxPath/VerificationState': VERIFICATION_STATES,
  'securityhub:ASFFSyntaxPath/Severity.Label': SEVERITY_LABELS,
};

/**
 * A condition key for every member present, with the value asked for: how a policy forbids fields and values.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
function syntaxPathKeys(request: unknown, withoutKey: readonly string[]): Access['conditionKeys'] {
  const given = isObject(request) ? request : {};
  const keys: Record<string, string | readonly string[]> = {};
  const add = (path: string, value: unknown): void => {
    if (value !== undefined && value !== null && !withoutKey.includes(path)) {
      keys[`securityhub:ASFFSyntaxPath/${path}`] = Array.isArray(value) ? value.map(String) : String(value);
    }
  };
  for (const [parent, member] of LEAVES) {
    add(`${parent}.${member}`, objectAt(given, parent)[member]);
  }
  for (const member of SCALARS) {
    add(member, given[member]);
  }
  add('Types', given.Types);
  if (Array.isArray(given.RelatedFindings)) {
    add('RelatedFindings', listAt(given, 'RelatedFindings').map(relatedName));
  }
  if (isObject(given.UserDefinedFields)) {
    add('UserDefinedFields.key', Object.keys(given.UserDefinedFields));
    add('UserDefinedFields.value', Object.values(given.UserDefinedFields));
  }
  return keys;
}

/** The keys, and again for each value that a member among them might have had in place of its own. */
function withEachValue(keys: Access['conditionKeys']): readonly Access['conditionKeys'][] {
  const others = Object.entries(VALUES_OF).flatMap(([key, values]) =>
    Object.hasOwn(keys, key) ? values.map((value) => ({ ...keys, [key]: value })) : [],
  );
  return [keys, ...others];
}

function relatedName(related: unknown): string {
  return `${textAt(related, 'ProductArn') ?? ''}/${textAt(related, 'Id') ?? ''}`;
}
