import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOG_QUERIES } from '../../../lib/infrastructure/observability/log-queries.ts';
import type { LocalAccount } from '../../../lib/local/account.ts';
import { importedEvent } from '../../../lib/local/security-hub/imported-event.ts';
import { deploy, until } from '../../end-to-end/deployed.ts';
import { writeRules } from '../fixture-rules.ts';
import { type Synthesized, synthesize } from '../synthesized.ts';

let account: LocalAccount;
let stack: Synthesized;
/** What the function's log holds, without the lines of metrics. */
let lines: readonly Readonly<Record<string, unknown>>[];
/** `namespace/name` of every metric that had a value. */
let emitted: ReadonlySet<string>;

/** EventBridge reports these only where there is something to report; test/end-to-end/alarms.test.ts sees to that. */
const WHERE_SOMETHING_FAILS = new Set([
  'AWS/Events/FailedInvocations',
  'AWS/Events/InvocationsFailedToBeSentToDlq',
]);

const FINDING = {
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  AwsAccountId: '111122223333',
  CreatedAt: '2026-06-01T00:00:00Z',
  UpdatedAt: '2026-06-01T00:00:00Z',
  Severity: { Label: 'HIGH', Normalized: 70 },
  FindingProviderFields: { Severity: { Label: 'HIGH' } },
  Workflow: { Status: 'NEW' },
  Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
};

function rule(name: string, title: string, params: object, members: object = {}) {
  const conditions = {
    all: [
      { fact: 'Title', operator: 'equal', value: title },
      { fact: 'Severity.Label', operator: 'notEqual', value: 'CRITICAL' },
      { fact: 'Severity.Label', operator: 'exists', value: true },
    ],
  };
  const event = { type: 'update', params };
  return { name, owner: '@acme/secops', mode: 'enforce', priority: 10, conditions, event, ...members };
}

beforeAll(async () => {
  const rulesDir = writeRules({}, [
    rule('hide', 'noise', { Workflow: { Status: 'SUPPRESSED' } }, { expires: '2099-01-01' }),
    rule('raise', 'rising', { Severity: { Label: 'CRITICAL' } }, { priority: 20 }),
    rule('hide-rising', 'rising', { Workflow: { Status: 'SUPPRESSED' } }, { expires: '2099-01-01' }),
  ]);
  stack = synthesize({ rulesDir });
  account = await deploy({ rulesDir, mode: 'enforce', suppressionsPerHour: 2 });
  const titles = ['noise', 'noise', 'noise', 'noise', 'rising', 'refused'];
  const findings = titles.map((Title, n) => ({ ...FINDING, Id: `finding-${n}`, Title }));
  account.hub.seed(findings);
  const { accountId, region } = account;
  for (const finding of findings)
    account.emit(importedEvent(finding, { id: randomUUID(), account: accountId, region, nowMs: Date.now() }));
  await until(() => account.executions()[0]?.status === 'SUCCEEDED', 'the breaker pauses');
  const logged = [...account.functions.values()].flatMap((lambda) => lambda.logs());
  lines = logged.flatMap(({ text }) => (text.startsWith('{') ? [JSON.parse(text)] : []));
  emitted = new Set(account.cloudWatch.series().map(({ namespace, name }) => `${namespace}/${name}`));
});

afterAll(async () => {
  await account?.close();
});

describe('the guard on CRITICAL', () => {
  it('keeps a finding that another rule makes CRITICAL from being suppressed, and is seen to', () => {
    const rising = account.hub.findings().find(({ Title }) => Title === 'rising');
    const line = lines.find(({ Id, message }) => message === 'finding' && Id === rising?.Id);
    const counts = lines.map(({ HeldByCritical }) => HeldByCritical).filter((value) => value !== undefined);

    expect(rising).toMatchObject({ Workflow: { Status: 'NEW' }, Severity: { Label: 'CRITICAL' } });
    expect(line).toMatchObject({ outcome: 'updated', held: ['Workflow'], heldBy: ['critical'] });
    expect(Math.max(...counts.map(Number))).toBe(1);
  });
});

describe('what the dashboard and the alarms look at', () => {
  it('is given by the function or by a service, every metric of it', () => {
    const named = new Set([...metricsOf(dashboardBody()), ...alarmMetrics()]);

    expect(named.size).toBeGreaterThan(25);
    const missing = [...named].filter((metric) => !emitted.has(metric) && !WHERE_SOMETHING_FAILS.has(metric));
    expect(missing).toEqual([]);
  });

  it('is, of our own metrics, all of them: one that nobody looks at would be paid for in vain', () => {
    const looked = new Set([...metricsOf(dashboardBody()), ...alarmMetrics()]);
    const own = [...emitted].filter((metric) => metric.startsWith('securityhub-triage/'));

    expect(own).toHaveLength(20);
    expect(own.filter((metric) => !looked.has(metric))).toEqual([]);
  });

  it('shows every alarm', () => {
    const body = dashboardBody();

    for (const { arn } of stack.resources.alarms) expect(body).toContain(arn);
  });
});

describe('a question to the log', () => {
  it.each(Object.entries(LOG_QUERIES))('asks only for what its lines have: %s', (_name, query) => {
    const text: string = query.lines.join('\n| ');
    const messages = [...text.matchAll(/"(finding|message|rules)"/g)].map(([, message]) => message);
    const asked = lines.filter(({ message }) => messages.includes(String(message)));

    expect(messages.length).toBeGreaterThan(0);
    expect(asked.length).toBeGreaterThan(0);
    for (const path of fieldsOf(text)) {
      const found = asked.some((line) => valueAt(line, path) !== undefined);
      expect.soft(found, `${path} in a line of ${messages.join(' or ')}`).toBe(true);
    }
  });

  it('would be found out if it asked for what is not there', () => {
    const fields = fieldsOf(
      'filter message = "rules" | unnest line.counts into one | stats sum(one.nope) by one.rule',
    );

    expect([...fields]).toEqual(
      expect.arrayContaining(['message', 'counts', 'counts.0.nope', 'counts.0.rule']),
    );
  });

  it('is saved for the function, in a folder of the stack, and stands on the dashboard', () => {
    const saved = Object.values(stack.template.findResources('AWS::Logs::QueryDefinition'));
    const [group] = Object.keys(stack.template.findResources('AWS::Logs::LogGroup'));

    expect(saved.map(({ Properties }) => Properties.Name.split('/')[1]).sort()).toEqual(
      Object.values(LOG_QUERIES)
        .map(({ title }) => title)
        .sort(),
    );
    for (const { Properties } of saved) expect(Properties.LogGroupNames).toEqual([{ Ref: group }]);
    for (const { title } of [LOG_QUERIES.rules, LOG_QUERIES.held, LOG_QUERIES.causes])
      expect(dashboardBody()).toContain(title);
  });
});

function dashboardBody(): string {
  const [dashboard] = Object.values(stack.template.findResources('AWS::CloudWatch::Dashboard'));
  return String(stack.resolve(dashboard?.Properties.DashboardBody));
}

/** Rows of a widget are `[namespace, name, …]`. */
function metricsOf(body: string): readonly string[] {
  const { widgets } = JSON.parse(body) as {
    readonly widgets: readonly { readonly properties: { readonly metrics?: readonly unknown[][] } }[];
  };
  return widgets.flatMap(({ properties }) =>
    (properties.metrics ?? []).map(([namespace, name]) => `${namespace}/${name}`),
  );
}

function alarmMetrics(): readonly string[] {
  return stack.resources.alarms.flatMap(({ metrics }) =>
    metrics.flatMap((metric) => (metric.kind === 'statistic' ? [`${metric.namespace}/${metric.name}`] : [])),
  );
}

const WORDS = new Set(
  'filter fields unnest into stats sum as by sort desc limit display count count_distinct like in and ispresent jsonParse'.split(
    ' ',
  ),
);

/** The fields of a log line that a query names, aliases followed back to them. */
function fieldsOf(query: string): ReadonlySet<string> {
  const aliases = new Map(
    [...query.matchAll(/unnest ([\w.]+) into (\w+)/g)].map(([, of = '', as = '']) => [as, of]),
  );
  const named = new Set([...query.matchAll(/ as (\w+)/g)].map(([, name]) => name));
  const bare = query
    .replace(/"[^"]*"|\/[^/]*\//g, '')
    .replaceAll('@message', '')
    .replaceAll('@timestamp', '');
  const paths = [...bare.matchAll(/[A-Za-z_][\w.]*/g)].map(([word]) => word);
  const fields = paths
    .filter((path) => !WORDS.has(path) && !(named.has(path) && path !== 'line'))
    .map((path) => {
      const [head = '', ...rest] = path.split('.');
      const source = aliases.get(head);
      return source === undefined ? path : [source, '0', ...rest].join('.');
    })
    .map((path) => path.replace(/^line\.?/, ''));
  return new Set(fields.filter((path) => path !== ''));
}

function valueAt(line: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], line);
}
