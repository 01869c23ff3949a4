import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BatchUpdateFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { ChangeMessageVisibilityBatchCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

/**
 * Bundled in two ways by a test: makes every kind of call the product makes and tells what came of it. The read is
 * imported late, as in the product, from a module that shares nothing with this one but the client.
 */
export async function makeCalls(where: {
  readonly hub: string;
  readonly sqs: string;
  readonly events: string;
  readonly queueUrl: string;
  readonly findings: readonly { readonly Id: string; readonly ProductArn: string }[];
}): Promise<readonly unknown[]> {
  const hub = new SecurityHubClient({ endpoint: where.hub, region: 'us-west-1', maxAttempts: 1 });
  const sqs = new SQSClient({ endpoint: where.sqs, region: 'eu-west-1', maxAttempts: 1 });
  const events = new EventBridgeClient({ endpoint: where.events, region: 'eu-west-1', maxAttempts: 1 });
  const { readAll } = await import('./sdk-reads.ts');
  const update = (members: object) =>
    told(hub.send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [...where.findings], ...members })));
  const send = (entries: readonly object[], QueueUrl = where.queueUrl) =>
    told(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries as never })));
  const put = (entries: readonly object[]) =>
    told(events.send(new PutEventsCommand({ Entries: entries as never })));
  const results = [
    await update({
      Note: { Text: 'Ångström "quoted" 😀', UpdatedBy: 'triage' },
      Severity: { Label: 'LOW' },
      VerificationState: 'BENIGN_POSITIVE',
      Confidence: 42,
      Criticality: 7,
      Types: ['TTPs/Discovery'],
      UserDefinedFields: { triageSet: '"v":1', key: 'value' },
      Workflow: { Status: 'NOTIFIED' },
      RelatedFindings: where.findings,
    }),
    await update({ FindingIdentifiers: [] }),
    await readAll(hub, where.findings),
    await readAll(hub, []),
    await send([
      {
        Id: '0',
        MessageBody: 'letter 😀',
        MessageAttributes: { causeCode: { DataType: 'String', StringValue: 'InvalidInput' } },
      },
      { Id: '1', MessageBody: '' },
    ]),
    await send([]),
    await send([{ Id: '0', MessageBody: 'lost' }], `${where.queueUrl}-unknown`),
    await told(
      sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: where.queueUrl,
          Entries: [{ Id: '0', ReceiptHandle: 'no such handle', VisibilityTimeout: 30 }],
        }),
      ),
    ),
    await put([
      {
        EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/decisions',
        Source: 'securityhub-triage',
        DetailType: 'Finding Triaged',
        Detail: '{"text":"Ångström 😀"}',
        Time: new Date(1_500),
      },
      { Source: 'securityhub-triage' },
    ]),
    await put([]),
  ];
  hub.destroy();
  sqs.destroy();
  events.destroy();
  return results;
}

/** An answer, or all that an error says of itself, in the words of JSON. */
export async function told(answer: Promise<object>): Promise<unknown> {
  try {
    return plain(await answer);
  } catch (error) {
    const prototypes: string[] = [];
    for (let at = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at))
      prototypes.push(String(at.name ?? ''));
    const { name, message } = error as Error;
    return { name, message, prototypes, ...(plain(error as object) as object) };
  }
}

const PASSING = new Set(['requestId', 'RequestId', 'MessageId', 'EventId', '$response']);

/** Without what differs from call to call. */
function plain(value: object): unknown {
  const text = JSON.stringify(value, (key, member: unknown) => (PASSING.has(key) ? undefined : member));
  return JSON.parse(text);
}
