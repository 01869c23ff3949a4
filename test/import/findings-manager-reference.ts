import type { Finding } from '../../lib/findings/finding.ts';
import { inside, list } from './state.ts';

/** A rule as rules.yaml has it. */
export type ManagerRule = {
  readonly note: string;
  readonly action: string;
  readonly match_on: {
    readonly rule_or_control_id?: string;
    readonly security_control_id?: string;
    readonly product_name?: string;
    readonly title?: string;
    readonly regions?: readonly string[];
    readonly resource_id_regexps?: readonly string[];
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
  };
};

/** Members without which awsfindingsmanagerlib takes nothing for a finding. */
const REQUIRED = [
  ...[
    'FindingProviderFields',
    'AwsAccountId',
    'RecordState',
    'Resources',
    'UpdatedAt',
    'CompanyName',
    'Description',
  ],
  ...[
    'Workflow',
    'Title',
    'ProductFields',
    'Id',
    'Severity',
    'Region',
    'Types',
    'ProductName',
    'WorkflowState',
  ],
  ...['ProductArn', 'SchemaVersion', 'GeneratorId', 'CreatedAt'],
];

/** Whether the findings manager takes it for a finding at all. */
export function isWhole(finding: Finding): boolean {
  return REQUIRED.every((name) => name in finding);
}

/** The rules that the findings manager knows after reading: of those with one note the first alone. */
export function knownRules(rules: readonly ManagerRule[]): readonly ManagerRule[] {
  return rules.filter(({ note }, i) => rules.findIndex((other) => other.note === note) === i);
}

/** Suppresses NEW and NOTIFIED findings by the first rule that matches. */
export function applyManager(
  rules: readonly ManagerRule[],
  finding: Finding,
): { readonly finding: Finding; readonly matching: readonly ManagerRule[] } {
  const status = inside(finding.Workflow, 'Status') ?? 'NEW';
  const isTaken = isWhole(finding) && (status === 'NEW' || status === 'NOTIFIED');
  const matching = isTaken ? knownRules(rules).filter((rule) => matches(rule, finding)) : [];
  const [first] = matching;
  if (first === undefined) return { finding, matching };
  const after = {
    ...finding,
    Workflow: { Status: 'SUPPRESSED' },
    Note: { Text: first.note, UpdatedBy: 'manager' },
  };
  return { finding: after, matching };
}

function matches({ match_on: on }: ManagerRule, finding: Finding): boolean {
  const ids = list(finding.Resources).map((resource) => String(inside(resource, 'Id')));
  const tags = list(finding.Resources).map((resource) => inside(resource, 'Tags'));
  const asked: readonly boolean[] = [
    !on.product_name || finding.ProductName === on.product_name,
    !on.title || finding.Title === on.title,
    !on.security_control_id || inside(finding.Compliance, 'SecurityControlId') === on.security_control_id,
    !on.rule_or_control_id ||
      [inside(finding.ProductFields, 'ControlId'), inside(finding.ProductFields, 'RuleId')].includes(
        on.rule_or_control_id,
      ),
    !on.regions?.length || on.regions.includes(String(finding.Region)),
    !on.resource_id_regexps?.length ||
      on.resource_id_regexps.some((text) => ids.some((id) => new RegExp(text, 'u').test(id))),
    !on.tags?.length || on.tags.some(({ key, value }) => tags.some((tag) => inside(tag, key) === value)),
  ];
  return asked.every(Boolean);
}
