import { randomUUID } from 'node:crypto';
import { LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Finding } from '../../lib/findings/finding.ts';
import type { LocalAccount } from '../../lib/local/account.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { deploy } from './deployed.ts';

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';
function rule(title: string, params: object, members: object = {}) {
  const conditions = { all: [{ fact: 'Title', operator: 'equal', value: title }] };
  const event = { type: 'update', params };
  return { name: title, owner: '@acme/secops', mode: 'enforce', priority: 10, conditions, event, ...members };
}

export type StackChange = Parameters<typeof deploy>[1];

/** The product with a rule that notifies, one that hides and one that has lapsed; a budget of 20 suppressions an hour. */
export async function deployed(
  change?: StackChange,
  suppressionsPerHour: number | 'none' = 20,
  timeScale?: number,
): Promise<LocalAccount> {
  const expires = '2099-01-01';
  const suppressed = { Workflow: { Status: 'SUPPRESSED' } };
  const rulesDir = writeRules({}, [
    rule('notify', { Workflow: { Status: 'NOTIFIED' } }),
    rule('hide', suppressed, { expires, allowCritical: true }),
    rule('lapsed', { Workflow: { Status: 'NOTIFIED' } }, { expires: '2026-01-31', priority: 11 }),
  ]);
  const settings = { reservedConcurrency: 2, suppressionsPerHour, silenceAlarmHours: 1 };
  return await deploy({ mode: 'enforce', rulesDir, ...settings }, change, timeScale);
}

/** Sets a property of a resource of the stack, found by its construct's path. */
export function overriding(id: string, path: string, value: unknown): StackChange {
  return ({ triage }) => {
    const construct = id.split('/').reduce<IConstruct>((part, name) => part.node.findChild(name), triage);
    (construct.node.defaultChild as CfnResource).addPropertyOverride(path, value);
  };
}

export function finding(title: string, members: object = {}): Finding {
  return {
    Id: randomUUID(),
    ProductArn: PRODUCT_ARN,
    AwsAccountId: '111122223333',
    Title: title,
    CreatedAt: '2026-06-01T00:00:00Z',
    UpdatedAt: '2026-06-01T00:00:00Z',
    Severity: { Label: 'LOW' },
    Workflow: { Status: 'NEW' },
    Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
    ...members,
  };
}

/** Security Hub holds these findings and sends an event of each. */
export function arrive(account: LocalAccount, ...findings: readonly Finding[]): void {
  arriveLate(account, 0, ...findings);
}

/** The same, of events that were made so many minutes ago. */
export function arriveLate(account: LocalAccount, minutes: number, ...findings: readonly Finding[]): void {
  account.hub.seed(findings);
  for (const one of findings)
    account.emit(
      importedEvent(one, {
        id: randomUUID(),
        account: account.accountId,
        region: account.region,
        nowMs: Date.now() - minutes * 60_000,
      }),
    );
}

export function many(title: string, count: number): readonly Finding[] {
  return Array.from({ length: count }, () => finding(title));
}

/** Clients of somebody who may do everything. */
export function operator(account: LocalAccount) {
  const { region, principals, endpoints } = account;
  const identity = { region, credentials: { ...principals.credentialsOf(principals.operatorArn) } };
  return {
    sqs: new SQSClient({ ...identity, endpoint: endpoints.sqs }),
    lambda: new LambdaClient({ ...identity, endpoint: endpoints.lambda }),
  };
}

/** What the commands in the outputs do. */
export async function setEnabled(account: LocalAccount, Enabled: boolean): Promise<void> {
  const UUID = account.resources.eventSourceMappings[0]?.uuid;
  await operator(account).lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
}

export function queue(account: LocalAccount, logicalIdPart: string) {
  const found = account.resources.queues.find(({ logicalId }) => logicalId.includes(logicalIdPart));
  return found ?? { name: '', url: '', attributes: {} };
}

/** Puts a policy on a queue that denies EventBridge to send; gives what puts the old one back. */
export async function keepOut(account: LocalAccount, logicalIdPart: string): Promise<() => Promise<void>> {
  const { url: QueueUrl, arn } = queue(account, logicalIdPart) as { url: string; arn: string };
  const policy = account.resources.queuePolicies.find(({ queueUrls }) => queueUrls.includes(QueueUrl));
  const setPolicy = async (document: object) => {
    const Attributes = { Policy: JSON.stringify(document) };
    await operator(account).sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  };
  const Principal = { Service: 'events.amazonaws.com' };
  await setPolicy({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal, Action: 'sqs:SendMessage', Resource: arn }],
  });
  return () => setPolicy(policy?.document ?? {});
}

export function suppressedCount(account: LocalAccount): number {
  const isSuppressed = ({ Workflow }: Finding) =>
    (Workflow as { Status?: string } | undefined)?.Status === 'SUPPRESSED';
  return account.hub.findings().filter(isSuppressed).length;
}
