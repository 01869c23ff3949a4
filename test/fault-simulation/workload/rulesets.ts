import type { Condition, Rule, UpdateTemplate } from '../../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset, type TriageConfig } from '../../../lib/rules/ruleset.ts';

/** The custom actions of ours beside Re-triage: two that write the same fields, and one that writes another. */
export const ACCEPT_RISK = 'triageAcceptRisk';
export const LOOK_AGAIN = 'triageLookAgain';
export const TRUST = 'triageTrust';
export const RETRIAGE = 'triageRetriage';
/** Another tool's action: its presses must change nothing. */
export const FOREIGN_ACTION = 'ticketTool';

const CONFIG: TriageConfig = { ...DEFAULT_CONFIG, customActions: [ACCEPT_RISK, LOOK_AGAIN, TRUST] };

const is = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value });
const isIn = (fact: string, value: readonly string[]): Condition => ({ fact, operator: 'in', value });
const all = (...conditions: Condition[]): Condition => ({ all: conditions });

function rule(
  name: string,
  priority: number,
  conditions: Condition,
  params: UpdateTemplate,
  members: Partial<Rule> = {},
): Rule {
  return {
    name,
    owner: '@acme/secops',
    mode: 'enforce',
    priority,
    conditions,
    event: { type: 'update', params },
    ...members,
  };
}

function ruleset(version: string, rules: readonly Rule[], config: Partial<TriageConfig> = {}): Ruleset {
  const sorted = [...rules].sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1));
  const accounts = { '444455556666': { stage: 'production' }, '111122223333': { stage: 'sandbox' } };
  return {
    ...{ rules: sorted, conditions: {}, accounts, config: { ...CONFIG, ...config }, version },
    lists: { sandboxes: [{ value: '111122223333' }, { value: '777788889999', until: '2026-12-31' }] },
  };
}

const SUPPRESS_SANDBOX = rule(
  'suppress-sandbox',
  200,
  all(isIn('AwsAccountId', ['111122223333']), is('ProductName', 'GuardDuty')),
  {
    Workflow: { Status: 'SUPPRESSED' },
    Note: { Text: 'Sandbox account (SEC-1)' },
    UserDefinedFields: { triageReason: 'sandbox' },
  },
  { expires: '2026-12-31' },
);
const NOTIFY_THREATS = rule(
  'notify-threats',
  150,
  all(is('ProductName', 'GuardDuty'), isIn('Severity.Label', ['HIGH', 'CRITICAL'])),
  { Workflow: { Status: 'NOTIFIED' }, VerificationState: 'TRUE_POSITIVE' },
);
const LOWER_CONTROLS = rule(
  'lower-controls',
  100,
  all(is('ProductName', 'Security Hub'), isIn('Severity.Label', ['MEDIUM', 'HIGH'])),
  { Severity: { Label: 'LOW' }, UserDefinedFields: { team: 'platform' } },
);
const NOTE_BY_ACCOUNT = rule(
  'note-by-account',
  90,
  all(
    { fact: 'Severity.Label', operator: 'notEqual', value: 'LOW' },
    { fact: 'Severity.Label', operator: 'exists', value: true },
  ),
  {
    // A title in a note: what is sent may quote a finding, what is logged may not.
    Note: { Text: 'Account {{AwsAccountId}}, severity {{Severity.Label}}: {{Title}}' },
    Types: ['Unusual Behaviors/Account'],
    Criticality: 70,
  },
);
const NOTIFY_ALL = rule('notify-all', 50, all(is('RecordState', 'ACTIVE')), {
  Workflow: { Status: 'NOTIFIED' },
  Note: { Text: 'Ticket opened' },
});
const OVERWRITE_SEVERITY = rule(
  'overwrite-severity',
  180,
  all(is('account.stage', 'production')),
  { Severity: { Label: 'HIGH' }, Confidence: 80 },
  { overwrite: ['Severity'] },
);
const ADOPT_NOTIFIED = rule(
  'adopt-notified',
  60,
  all(is('ProductName', 'Inspector')),
  { Workflow: { Status: 'NOTIFIED' }, VerificationState: 'TRUE_POSITIVE' },
  { adopt: true },
);
const SUPPRESS_CRITICAL = rule(
  'suppress-known-critical',
  210,
  all(is('ProductName', 'Inspector'), is('AwsAccountId', '777788889999')),
  { Workflow: { Status: 'SUPPRESSED' } },
  { allowCritical: true, expires: '2026-12-31' },
);
const ON_ACCEPT = rule(
  'accept-risk-on-action',
  300,
  all(is('event.actionName', 'Accept risk')),
  { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'Accepted by hand' } },
  { expires: '2026-12-31' },
);
const ON_LOOK_AGAIN = rule('look-again-on-action', 290, all(is('event.actionName', 'Look again')), {
  Workflow: { Status: 'NOTIFIED' },
  Note: { Text: 'Reopened by hand' },
});
const ON_TRUST = rule('trust-on-action', 280, all(is('event.actionName', 'Trust')), { Confidence: 95 });
const OBSERVED = {
  ...SUPPRESS_SANDBOX,
  name: 'observe-suppression',
  priority: 400,
  mode: 'observe' as const,
};
const EXPIRED = { ...SUPPRESS_SANDBOX, name: 'expired-suppression', priority: 390, expires: '2026-01-31' };

/** What a schedule may start with, and what may be deployed in its midst. */
export const RULESETS: readonly Ruleset[] = [
  ruleset('aaaaaaaaaaaa', [
    SUPPRESS_SANDBOX,
    NOTIFY_THREATS,
    LOWER_CONTROLS,
    ON_ACCEPT,
    ON_LOOK_AGAIN,
    ON_TRUST,
  ]),
  ruleset('bbbbbbbbbbbb', [NOTIFY_ALL], { provenance: 'log' }),
  ruleset('cccccccccccc', [NOTE_BY_ACCOUNT, LOWER_CONTROLS, NOTIFY_THREATS, OBSERVED]),
  ruleset('dddddddddddd', [
    OVERWRITE_SEVERITY,
    ADOPT_NOTIFIED,
    SUPPRESS_SANDBOX,
    ON_ACCEPT,
    ON_LOOK_AGAIN,
    ON_TRUST,
  ]),
  ruleset('eeeeeeeeeeee', [SUPPRESS_CRITICAL, NOTIFY_THREATS, EXPIRED, NOTE_BY_ACCOUNT]),
  ruleset('ffffffffffff', []),
  ruleset('0a0a0a0a0a0a', [
    {
      ...SUPPRESS_SANDBOX,
      stop: true,
      event: {
        type: 'update',
        params: { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'Sandbox account (SEC-2)' } },
      },
    },
    LOWER_CONTROLS,
    NOTE_BY_ACCOUNT,
    ON_ACCEPT,
    ON_LOOK_AGAIN,
    ON_TRUST,
  ]),
  ruleset('0b0b0b0b0b0b', [
    rule('relate', 80, all(is('ProductName', 'GuardDuty')), {
      RelatedFindings: [
        { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/inspector', Id: 'root-cause' },
      ],
      UserDefinedFields: { team: 'detection', ticket: 'SEC-{{AwsAccountId}}' },
    }),
    NOTIFY_THREATS,
    SUPPRESS_CRITICAL,
  ]),
];
