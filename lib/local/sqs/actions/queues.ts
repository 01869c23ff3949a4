import { checkAccess } from '../access.ts';
import { checkRange, readInput } from '../input.ts';
import { SQS_LIMITS } from '../limits.ts';
import type { Queue } from '../queue.ts';
import {
  type Action,
  announceAll,
  arnOf,
  findByArn,
  openQueue,
  type QueueAccount,
  urlOf,
} from '../queue-account.ts';
import { applyAttributes, type QueueSettings } from '../queue-settings.ts';
import { allowsSource } from '../redrive-policy.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';

const QUEUE_NAME = /^[A-Za-z0-9_-]{1,80}$/;

/** CreateQueue. The same name with the same attributes answers the queue that is there. Tags are not kept. */
export const createQueue: Action = (account, principal, input) => {
  const read = readInput(input, { QueueName: 'text', Attributes: 'textMap?', tags: 'textMap?' });
  if (isRefusal(read)) return read;
  const { QueueName: name, Attributes: attributes = {} } = read;
  const arn = arnOf(account, name);
  const denied = checkAccess(account.access, principal, 'CreateQueue', { arn, policyStatements: [] });
  if (denied !== undefined) return denied;
  return addQueue(account, name, attributes) ?? { QueueUrl: urlOf(account, name) };
};

/** Adds a queue, or says why not. */
export function addQueue(
  account: QueueAccount,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Refusal | undefined {
  if (!QUEUE_NAME.test(name)) {
    const rule = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
    return refuse('InvalidParameterValue', `${rule}; only standard queues are offered here.`);
  }
  const existing = account.queues.get(name);
  const settings = checkSettings(
    account,
    arnOf(account, name),
    applyAttributes(existing?.settings, attributes),
  );
  if (isRefusal(settings)) return settings;
  if (existing === undefined) {
    const nowMs = account.now();
    const queue = { name, arn: arnOf(account, name), createdAtMs: nowMs, modifiedAtMs: nowMs };
    account.queues.set(name, {
      ...queue,
      messages: new Map(),
      oldestSentAtMs: Number.POSITIVE_INFINITY,
      settings,
    });
    return undefined;
  }
  const isSame = Object.entries(attributes).every(
    ([key, value]) => existing.settings.attributes[key] === value,
  );
  if (isSame) return undefined;
  return refuse(
    'QueueAlreadyExists',
    'A queue already exists with the same name and a different value for an attribute.',
  );
}

export const getQueueUrl: Action = (account, principal, input) => {
  const read = readInput(input, { QueueName: 'text', QueueOwnerAWSAccountId: 'text?' });
  if (isRefusal(read)) return read;
  const url = urlOf(account, read.QueueName);
  const queue = openQueue(account, principal, 'GetQueueUrl', url);
  return isRefusal(queue) ? queue : { QueueUrl: url };
};

export const listQueues: Action = (account, principal, input) => {
  const read = readInput(input, { QueueNamePrefix: 'text?', MaxResults: 'integer?', NextToken: 'text?' });
  if (isRefusal(read)) return read;
  const denied = checkAccess(account.access, principal, 'ListQueues', { arn: '*', policyStatements: [] });
  const refusal = denied ?? checkRange('MaxResults', read.MaxResults, 1, 1000);
  if (refusal !== undefined) return refusal;
  const names = [...account.queues.keys()]
    .filter((name) => name.startsWith(read.QueueNamePrefix ?? ''))
    .sort();
  const rest = names.filter((name) => read.NextToken === undefined || name > read.NextToken);
  const page = rest.slice(0, read.MaxResults ?? 1000);
  const isCut = read.MaxResults !== undefined && rest.length > page.length;
  return { QueueUrls: page.map((name) => urlOf(account, name)), ...(isCut && { NextToken: page.at(-1) }) };
};

export const setQueueAttributes: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text', Attributes: 'textMap' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'SetQueueAttributes', read.QueueUrl);
  if (isRefusal(queue)) return queue;
  const settings = checkSettings(account, queue.arn, applyAttributes(queue.settings, read.Attributes));
  if (isRefusal(settings)) return settings;
  queue.settings = settings;
  queue.modifiedAtMs = account.now();
  return {};
};

/** PurgeQueue: everything goes, in flight or not, at most once a minute. */
export const purgeQueue: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'PurgeQueue', read.QueueUrl);
  if (isRefusal(queue)) return queue;
  const sincePurgeMs = account.now() - (queue.purgedAtMs ?? Number.NEGATIVE_INFINITY);
  if (sincePurgeMs < SQS_LIMITS.secondsBetweenPurges * 1000) {
    return refuse(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  }
  emptyQueue(account, queue);
  return {};
};

/** DeleteQueue: the queue goes with all that is in it, at once; on AWS that may take a minute. */
export const deleteQueue: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'DeleteQueue', read.QueueUrl);
  if (isRefusal(queue)) return queue;
  emptyQueue(account, queue);
  account.queues.delete(queue.name);
  return {};
};

function emptyQueue(account: QueueAccount, queue: Queue): void {
  const messages = [...queue.messages.values()].map(({ message }) => message);
  queue.messages.clear();
  queue.purgedAtMs = account.now();
  announceAll(account, 'purged', queue, messages);
}

/** What one queue's settings ask of another: a dead-letter queue must exist and accept this source. */
function checkSettings(
  account: QueueAccount,
  arn: string,
  settings: QueueSettings | Refusal,
): QueueSettings | Refusal {
  if (isRefusal(settings) || settings.redrivePolicy === undefined) return settings;
  const target = findByArn(account, settings.redrivePolicy.deadLetterTargetArn);
  const problem = (reason: string) =>
    refuse('InvalidParameterValue', `Parameter RedrivePolicy is invalid. Reason: ${reason}`);
  if (target === undefined) return problem('Dead letter target does not exist.');
  if (target.arn === arn) return problem('Dead letter target owner must not be the source queue itself.');
  return allowsSource(target.settings.redriveAllowPolicy, arn)
    ? settings
    : problem('Queue permissions on the source queue do not allow the redrive.');
}
