import { CHANGE_KINDS } from '../../../lib/simulation/compare.ts';
import { SIGHT_CHANGES } from '../../../lib/simulation/hiding.ts';
import {
  type ChangedFinding,
  type ChangeKind,
  type CountsBySeverity,
  REPORT_SEVERITIES,
  type ReportSeverity,
  type RulesetFigures,
  type SightChange,
  type SimulationReport,
  type Spread,
} from '../../../lib/simulation/simulation-report.ts';

const KINDS: readonly ChangeKind[] = [
  'newlySuppressed',
  'noLongerSuppressed',
  'severityLowered',
  'severityRaised',
  'workflowChanged',
  'otherFieldsChanged',
];
const RULES = [
  'suppress-ci-runner-recon',
  'lower-dev-accounts',
  'notify-root-use',
  'accept-public-web-buckets',
];
const TITLES = [
  'Recon:EC2/Portscan',
  'S3.8 Buckets should block public access',
  'CVE-2026-10231 - openssl',
  'UnauthorizedAccess:IAMUser/ConsoleLogin',
];
const MOST_ROWS = 1_000;

export interface SampleShape {
  readonly findings: number;
  /** Stands wherever a finding, a rule or a revision can bring a text of its own. */
  readonly hostile?: string;
  readonly compared?: boolean;
}

/** A report that adds up, as `triage simulate` would make of this many findings; the same for the same shape. */
export function sampleReport({ findings, hostile, compared = true }: SampleShape): SimulationReport {
  const changed = Array.from({ length: Math.ceil(findings / 20) }, (_, i) => changedFinding(i, hostile));
  const before = figuresOf(findings, changed, 'before', hostile);
  const after = figuresOf(findings, changed, 'after', hostile);
  return {
    version: 1,
    now: '2026-11-22T00:00:00.000Z',
    findings: {
      read: findings + 3,
      distinct: findings,
      duplicates: 2,
      invalid: 1,
      unreadable: { count: 0, first: [] },
      redacted: 0,
      from: '2026-11-08T06:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
    },
    figures: after,
    standing: { workflow: before.workflow, severity: before.severity },
    comparison: compared
      ? {
          base: {
            ref: hostile ?? 'origin/main',
            commit: '1f0c2abd00000000000000000000000000000000',
            figures: before,
          },
          changedRules: [
            { rule: hostile ?? RULES[0] ?? '', change: 'changed' },
            { rule: RULES[3] ?? '', change: 'added' },
          ],
          changes: countChanges(changed),
          unchanged: findings - changed.length,
          findings: sortedRows(changed),
          spread: Object.fromEntries(
            SIGHT_CHANGES.map((kind) => [kind, spreadOf(changed.filter(({ change }) => change === kind))]),
          ) as Record<SightChange, Spread>,
        }
      : null,
    gates: [],
    asEnforced: false,
    partial: false,
  };
}

/** Counts of each severity, zero where nothing is said. */
export function bySeverity(counts: Partial<Record<ReportSeverity, number>>): CountsBySeverity {
  return Object.fromEntries(
    REPORT_SEVERITIES.map((severity) => [severity, counts[severity] ?? 0]),
  ) as CountsBySeverity;
}

function changedFinding(index: number, hostile: string | undefined): ChangedFinding {
  const change = KINDS[[0, 0, 0, 1, 0, 2, 0, 3, 0, 5][index % 10] ?? 0] ?? 'newlySuppressed';
  const severity = REPORT_SEVERITIES[index % 61 === 7 ? 0 : index % 41 === 3 ? 1 : 2 + (index % 3)] ?? 'NONE';
  const gone = change === 'noLongerSuppressed';
  const hidden = change === 'newlySuppressed';
  const account = `${(index * index) % 7}`.repeat(4).padEnd(12, '12345678');
  return {
    Id: hostile ?? `arn:aws:securityhub:eu-west-1:${account}:finding/${index}`,
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    AwsAccountId: hostile ?? account,
    product: hostile ?? ['GuardDuty', 'Security Hub', 'Inspector', 'GuardDuty'][index % 4] ?? '',
    title: hostile ?? TITLES[index % 4] ?? '',
    resource: hostile ?? `arn:aws:ec2:eu-west-1:${account}:instance/i-0${(index * 7919).toString(16)}`,
    severity,
    change,
    before: { workflow: hostile ?? (gone ? 'SUPPRESSED' : 'NEW'), severity },
    after: {
      workflow: hostile ?? (hidden ? 'SUPPRESSED' : 'NEW'),
      severity: change === 'severityLowered' ? 'LOW' : change === 'severityRaised' ? 'CRITICAL' : severity,
    },
    rules: [hostile ?? RULES[(index * 3) % 4] ?? ''],
    day: `2026-11-${String(8 + ((index * 5 + (index % 3)) % 14)).padStart(2, '0')}`,
  };
}

function figuresOf(
  findings: number,
  changed: readonly ChangedFinding[],
  side: 'before' | 'after',
  hostile: string | undefined,
): RulesetFigures {
  const rest = findings - changed.length;
  const suppressed = Math.floor(rest / 9);
  const workflow = new Map<string, number>([
    ['NEW', rest - suppressed],
    ['SUPPRESSED', suppressed],
  ]);
  const severity = new Map<string, number>([
    ['CRITICAL', Math.floor(rest / 50)],
    ['HIGH', Math.floor(rest / 11)],
    ['LOW', Math.floor(rest / 3)],
  ]);
  severity.set('MEDIUM', rest - [...severity.values()].reduce((sum, count) => sum + count, 0));
  for (const row of changed) {
    const { workflow: status, severity: label } = row[side];
    workflow.set(status, (workflow.get(status) ?? 0) + 1);
    severity.set(label, (severity.get(label) ?? 0) + 1);
  }
  const updated = Math.floor(findings / 12);
  const calls = Math.ceil(updated / 97) + (side === 'after' ? 5 : 0);
  return {
    rules: RULES.length,
    outcomes: {
      updated,
      held: Math.floor(findings / 100),
      unchanged: findings - updated - Math.floor(findings / 100),
    },
    workflow: Object.fromEntries(workflow),
    severity: bySeverity(Object.fromEntries(severity)),
    noOps: Math.floor(findings * 0.8),
    held: { [hostile ?? 'person']: Math.floor(findings / 100) },
    calls,
    batchFill: 97.1,
    quotaSeconds: calls / 10,
    byRule: RULES.map((rule, i) => ({
      rule: i === 0 ? (hostile ?? rule) : rule,
      matched:
        i === 3 && side === 'before'
          ? 0
          : Math.floor(findings / (8 + i * 9)) + (side === 'after' ? i + 1 : 0),
      decided: Math.floor(findings / (12 + i * 9)),
    })),
  };
}

function countChanges(changed: readonly ChangedFinding[]): Readonly<Record<ChangeKind, CountsBySeverity>> {
  return Object.fromEntries(
    CHANGE_KINDS.map((kind) => {
      const rows = changed.filter(({ change }) => change === kind);
      return [kind, bySeverity(Object.fromEntries(tally(rows, ({ severity }) => severity)))];
    }),
  ) as Record<ChangeKind, CountsBySeverity>;
}

function sortedRows(changed: readonly ChangedFinding[]): readonly ChangedFinding[] {
  return KINDS.flatMap((kind) => {
    const rows = changed.filter(({ change }) => change === kind);
    const rank = ({ severity }: ChangedFinding) => REPORT_SEVERITIES.indexOf(severity);
    return rows.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_ROWS);
  });
}

function spreadOf(rows: readonly ChangedFinding[]): Spread {
  return {
    byDay: tally(rows, ({ day }) => day ?? '').map(([day, count]) => ({ day, count })),
    earlier: 0,
    undated: 0,
    byAccountAndRule: tally(rows, ({ AwsAccountId, rules }) =>
      JSON.stringify([AwsAccountId, rules[0] ?? '']),
    ).map(([key, count]) => {
      const [account, rule] = JSON.parse(key) as [string, string];
      return { account, rule, count };
    }),
    more: { pairs: 0, findings: 0 },
  };
}

function tally(
  rows: readonly ChangedFinding[],
  keyOf: (row: ChangedFinding) => string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
