import { randomUUID } from 'node:crypto';
import { afterAll, expect } from 'vitest';
import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { LocalAccount, LocalAccountOptions } from '../../lib/local/account.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import type { FindingTriaged } from '../../lib/triage/finding-triaged.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { actOut } from './deployed.ts';

export const BUS = 'decisions';
const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

function rule(title: string, params: object, members: object = {}) {
  const conditions = { all: [{ fact: 'Title', operator: 'equal', value: title }] };
  const event = { type: 'update', params };
  return { name: title, owner: '@acme/secops', mode: 'enforce', priority: 10, conditions, event, ...members };
}

export const RULES_DIR = writeRules({}, [
  rule('notify', { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'Ticket opened' } }),
  rule('hide', { Workflow: { Status: 'SUPPRESSED' } }, { expires: '2099-01-01', allowCritical: true }),
  rule('lower', { Severity: { Label: 'LOW' }, UserDefinedFields: { team: 'blue' } }),
  rule(
    'watched',
    { Workflow: { Status: 'SUPPRESSED' } },
    { expires: '2099-01-01', allowCritical: true, mode: 'observe' },
  ),
]);

export function finding(n: number, Title: string, members: object = {}): Finding {
  return {
    Id: `${Title}-${n}`,
    ProductArn: PRODUCT_ARN,
    AwsAccountId: '444455556666',
    Region: 'us-east-1',
    Title,
    CreatedAt: '2026-06-01T00:00:00Z',
    UpdatedAt: '2026-06-01T00:00:00Z',
    Severity: { Label: 'HIGH', Normalized: 70 },
    FindingProviderFields: { Severity: { Label: 'HIGH' } },
    Workflow: { Status: 'NEW' },
    Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
    ...members,
  };
}

const MARKED = { triageSet: '{"v":1,"Workflow":"SUPPRESSED"}', triageRules: '|gone|' };
export const FINDINGS: readonly Finding[] = [
  ...Array.from({ length: 25 }, (_, n) => finding(n, 'notify')),
  ...Array.from({ length: 4 }, (_, n) => finding(n, 'hide')),
  ...Array.from({ length: 3 }, (_, n) => finding(n, 'lower')),
  finding(0, 'watched'),
  finding(0, 'nothing'),
  finding(8, 'hide', { Workflow: { Status: 'RESOLVED' } }),
  finding(9, 'hide', { Workflow: { Status: 'SUPPRESSED' } }),
  finding(0, 'withdrawn', { Workflow: { Status: 'SUPPRESSED' }, UserDefinedFields: MARKED }),
];
const REFUSED = FINDINGS[0] as Finding;
/** Neither refused nor held nor observed nor as it should be. */
export const UPDATES = 24 + 4 + 3 + 1;

const accounts: LocalAccount[] = [];

afterAll(async () => {
  for (const account of accounts) await account.close();
});

/** An account in which the findings have been triaged, whatever befell the bus. */
export async function triaged(
  assemblyDir: string,
  options: Pick<LocalAccountOptions, 'eventBuses' | 'intercept'> = { eventBuses: [BUS] },
  befall: (account: LocalAccount) => void = () => {},
): Promise<LocalAccount> {
  const account = await actOut(assemblyDir, options);
  accounts.push(account);
  befall(account);
  account.hub.faults.fail(REFUSED, 'InvalidInput');
  account.hub.seed(FINDINGS);
  for (const one of FINDINGS) account.emit(eventOf(account, one));
  await account.settle();
  return account;
}

export function eventOf({ accountId, region }: LocalAccount, one: Finding) {
  return importedEvent(one, { id: randomUUID(), account: accountId, region, nowMs: Date.now() });
}

export function detailsIn(account: LocalAccount): readonly FindingTriaged[] {
  return account.eventDoor.taken().map(({ event }) => event.detail as FindingTriaged);
}

/** What Security Hub confirmed, by finding key. */
export function confirmedIn(account: LocalAccount): ReadonlyMap<string, FindingUpdate> {
  const confirmed = new Map<string, FindingUpdate>();
  for (const { operation, request, reply } of account.hub.calls()) {
    if (operation !== 'BatchUpdateFindings') continue;
    const { FindingIdentifiers: _, ...update } = request as FindingUpdate & { FindingIdentifiers: unknown };
    const { ProcessedFindings } = reply as { ProcessedFindings: readonly FindingIdentifier[] };
    for (const one of ProcessedFindings) {
      expect(confirmed.has(findingKey(one))).toBe(false);
      confirmed.set(findingKey(one), update);
    }
  }
  return confirmed;
}

/** Everything of triage that somebody could see: findings, outcomes, what is left in queues, how invocations ended. */
export function seenOf(account: LocalAccount) {
  const withoutTimes = ({ Note, ...rest }: Finding) => ({ ...rest, Note: (Note as { Text?: string })?.Text });
  const outcomes = linesOf(account)
    .filter(({ message }) => message === 'finding')
    .map(({ Id, outcome, cause, rules, fields }) => ({ Id, outcome, cause, rules, fields }));
  const letters = account.resources.queues.map(({ name }) =>
    account.queues.peek(name).map(({ body }) => JSON.parse(body).triage?.cause),
  );
  return {
    findings: account.hub.findings().map(withoutTimes),
    outcomes: outcomes.toSorted((a, b) => (String(a.Id) < String(b.Id) ? -1 : 1)),
    letters,
    failed: invocationsOf(account).filter(({ result }) => !result.ok),
  };
}

export function linesOf(account: LocalAccount): readonly Readonly<Record<string, unknown>>[] {
  const logged = [...account.functions.values()].flatMap((lambda) => lambda.logs());
  return logged.flatMap(({ text }) => (text.startsWith('{') ? [JSON.parse(text)] : []));
}

export function invocationsOf(account: LocalAccount) {
  return [...account.functions.values()].flatMap((lambda) => lambda.invocations());
}

/** The metric over all invocations; undefined where none gave it. */
export function failedEvents(account: LocalAccount): number | undefined {
  const values = linesOf(account).flatMap(({ DecisionEventsFailed: value }) =>
    value === undefined ? [] : [Number(value)],
  );
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
