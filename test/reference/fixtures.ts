import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Condition, Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset, type TriageConfig } from '../../lib/rules/ruleset.ts';

export const NOW = Date.parse('2026-06-15T12:00:00.000Z');

export const IMPORTED: TriageEvent = { detailType: 'Security Hub Findings - Imported' };

/** A condition that every finding of `findingWith` meets. */
export const ALWAYS: Condition = {
  all: [{ fact: 'AwsAccountId', operator: 'equal', value: '111122223333' }],
};

export function findingWith(members: Readonly<Record<string, unknown>> = {}): Finding {
  return {
    Id: 'finding-1',
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    AwsAccountId: '111122223333',
    ...members,
  };
}

/** An enforced rule that writes `params` on every finding, unless `members` say otherwise. */
export function ruleWriting(params: UpdateTemplate, members: Partial<Rule> = {}): Rule {
  return {
    name: 'rule-a',
    owner: '@acme/secops',
    mode: 'enforce',
    priority: 100,
    conditions: ALWAYS,
    event: { type: 'update', params },
    ...members,
  };
}

/** Lets the role take back every field there is, whether or not a rule still writes it. */
export const WITHDRAWING_ALL: TriageConfig = {
  ...DEFAULT_CONFIG,
  withdrawing: ['Severity', 'Confidence', 'Criticality', 'Types', 'RelatedFindings'],
};

export function rulesetOf(rules: readonly Rule[], members: Partial<Ruleset> = {}): Ruleset {
  return {
    rules,
    conditions: {},
    lists: {},
    accounts: {},
    config: DEFAULT_CONFIG,
    version: '000000000000',
    ...members,
  };
}

export function actionEvent(actionId: string, actionName = actionId): TriageEvent {
  return { detailType: 'Security Hub Findings - Custom Action', actionId, actionName };
}

/** A finding marked by the instance `triage`; `mark` without its version. */
export function markedFinding(
  mark: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, unknown>> = {},
  keys: Readonly<Record<string, string>> = {},
): Finding {
  const triageSet = JSON.stringify({ v: 1, ...mark });
  return findingWith({ ...members, UserDefinedFields: { ...keys, triageRules: '|rule-a|', triageSet } });
}
