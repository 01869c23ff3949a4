import { asked } from '../../account/call-failed.ts';
import type { FindingIdentifier } from '../../findings/finding.ts';
import type { Connection } from './connect.ts';

/** An event of the synthetic finding. */
export interface TappedEvent {
  /** Of the event: a second delivery has the same. */
  readonly id: string;
  readonly finding: Readonly<Record<string, unknown>>;
}

/** A queue and a rule of the account that take events of one finding, for the time of a run. Calls throw CallFailed. */
export interface EventTap {
  /** Events that have come since the last call, waiting some seconds for one. */
  readonly take: () => Promise<readonly TappedEvent[]>;
  /** Puts a disabled rule with this pattern on the bus, in the place of the one before; throws what EventBridge answers. */
  readonly tryPattern: (pattern: string) => Promise<void>;
  /** Takes rule and queue away; what could not be taken away is returned, for a person to do. */
  readonly close: () => Promise<readonly string[]>;
}

/** The longest there is: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MOST_WAIT_SECONDS = 20;
const MESSAGES_PER_CALL = 10;
const TARGET = 'queue';

/**
 * Opens a tap. Both things are named `triage-verify-<run>`, and the queue takes messages from this rule alone.
 *
 * @param owner the account, twelve digits, and its partition
 * @param waitSeconds how long one `take` waits; SQS waits 20 at most
 */
export async function openEventTap(
  connection: Connection,
  finding: FindingIdentifier,
  owner: {
    readonly partition: string;
    readonly accountId: string;
    readonly runId: string;
    /** Told what could not be taken away where the tap could not be opened. */
    readonly onLeft: (what: string) => void;
  },
  waitSeconds: number,
): Promise<EventTap> {
  const { region, events, eventsSdk, sqs, sqsSdk } = connection;
  const name = `triage-verify-${owner.runId.slice(0, 8)}`;
  const arn = (service: string, resource: string) =>
    `arn:${owner.partition}:${service}:${region}:${owner.accountId}:${resource}`;
  const [queueArn, ruleArn] = [arn('sqs', name), arn('events', `rule/${name}`)];
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      },
    ],
  };
  const pattern = {
    source: ['aws.securityhub'],
    'detail-type': ['Security Hub Findings - Imported'],
    detail: { findings: { Id: [finding.Id] } },
  };
  /** What was made, in the order in which it has to go. */
  const made: { readonly what: string; readonly remove: () => Promise<unknown> }[] = [];
  const close: EventTap['close'] = async () => {
    const left: string[] = [];
    for (const { what, remove } of made.splice(0))
      await remove().catch((error: Error) => left.push(`${what} (${error.name})`));
    return left;
  };
  const make = async <Reply>(
    what: string,
    create: () => Promise<Reply>,
    remove: (reply: Reply) => Promise<unknown>,
  ): Promise<Reply> => {
    const reply = await create();
    // What takes the place of the one before goes once.
    if (!made.some((one) => one.what === what)) made.unshift({ what, remove: () => remove(reply) });
    return reply;
  };

  const open = async (): Promise<string | undefined> => {
    const createQueue = new sqsSdk.CreateQueueCommand({
      QueueName: name,
      Attributes: { Policy: JSON.stringify(policy), SqsManagedSseEnabled: 'true' },
    });
    const { QueueUrl } = await make(
      `the SQS queue ${name}`,
      () => asked('sqs:CreateQueue', queueArn, () => sqs.send(createQueue)),
      (queue) => sqs.send(new sqsSdk.DeleteQueueCommand({ QueueUrl: queue.QueueUrl })),
    );
    const putRule = new eventsSdk.PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) });
    await make(
      `the EventBridge rule ${name}`,
      () => asked('events:PutRule', ruleArn, () => events.send(putRule)),
      () => events.send(new eventsSdk.DeleteRuleCommand({ Name: name })),
    );
    const Targets = [{ Id: TARGET, Arn: queueArn }];
    const putTargets = new eventsSdk.PutTargetsCommand({ Rule: name, Targets });
    await make(
      `the target of the rule ${name}`,
      () => asked('events:PutTargets', ruleArn, () => events.send(putTargets)),
      () => events.send(new eventsSdk.RemoveTargetsCommand({ Rule: name, Ids: [TARGET] })),
    );
    return QueueUrl;
  };
  let url: string | undefined;
  try {
    url = await open();
  } catch (error) {
    for (const what of await close()) owner.onLeft(what);
    throw error;
  }

  return {
    close,
    async take() {
      const receive = new sqsSdk.ReceiveMessageCommand({
        ...{
          QueueUrl: url,
          MaxNumberOfMessages: MESSAGES_PER_CALL,
          WaitTimeSeconds: Math.min(waitSeconds, MOST_WAIT_SECONDS),
        },
      });
      const { Messages = [] } = await asked('sqs:ReceiveMessage', queueArn, () => sqs.send(receive));
      for (const { ReceiptHandle } of Messages) {
        const remove = new sqsSdk.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle });
        await asked('sqs:DeleteMessage', queueArn, () => sqs.send(remove));
      }
      return Messages.map(({ Body = '{}' }) => {
        const { id, detail } = JSON.parse(Body);
        return { id, finding: detail?.findings?.[0] ?? {} };
      });
    },
    async tryPattern(text) {
      const tried = `${name}-pattern`;
      await make(
        `the EventBridge rule ${tried}`,
        () =>
          events.send(new eventsSdk.PutRuleCommand({ Name: tried, EventPattern: text, State: 'DISABLED' })),
        () => events.send(new eventsSdk.DeleteRuleCommand({ Name: tried })),
      );
    },
  };
}
