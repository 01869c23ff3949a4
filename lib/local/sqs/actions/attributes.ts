import { readInput } from '../input.ts';
import { countMessages, type Queue } from '../queue.ts';
import { type Action, openQueue } from '../queue-account.ts';
import { isRefusal, refuse } from '../refusal.ts';

const SETTABLE = [
  ...['DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds'],
  ...['VisibilityTimeout', 'Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'SqsManagedSseEnabled'],
  ...['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
];

/** GetQueueAttributes. The approximate counts are exact here. Attributes that are not set are left out. */
export const getQueueAttributes: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text', AttributeNames: 'texts?' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'GetQueueAttributes', read.QueueUrl);
  if (isRefusal(queue)) return queue;
  const all: Readonly<Record<string, string>> = {
    ...queue.settings.attributes,
    ...observe(queue, account.now()),
  };
  const asked = read.AttributeNames ?? [];
  const unknown = asked.find(
    (name) => name !== 'All' && !Object.hasOwn(all, name) && !SETTABLE.includes(name),
  );
  if (unknown !== undefined) return refuse('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const shown = Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name));
  return shown.length === 0 ? {} : { Attributes: Object.fromEntries(shown) };
};

function observe(queue: Queue, nowMs: number): Readonly<Record<string, string>> {
  const { visible, inFlight, delayed } = countMessages(queue, nowMs);
  return {
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAtMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAtMs / 1000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}
