import type { Principal, QueueAccess } from './access.ts';
import { checkAccess } from './access.ts';
import type { Faults } from './faults.ts';
import type { MoveTask } from './move-task.ts';
import { dropExpired, type Message, type Queue } from './queue.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What happened to a message, for those who watch. */
export interface QueueEvent {
  readonly kind:
    | 'sent'
    | 'received'
    | 'deleted'
    | 'returned'
    | 'deadLettered'
    | 'redriven'
    | 'expired'
    | 'purged';
  /** The queue it happened in; for `deadLettered` and `redriven` the queue the message is in now. */
  readonly queueName: string;
  readonly messageId: string;
}

/** All the queues of one account in one Region, with the account's own sense of time. */
export interface QueueAccount {
  readonly region: string;
  readonly accountId: string;
  readonly access: QueueAccess;
  readonly now: () => number;
  readonly newId: () => string;
  readonly queues: Map<string, Queue>;
  /** Newest last. */
  readonly moveTasks: MoveTask[];
  readonly faults: Faults;
  readonly announce: (event: QueueEvent) => void;
  /** Base of queue URLs, once served. */
  endpoint: string;
}

/** One API action: answers at once, from the account's state. */
export type Action = (
  account: QueueAccount,
  principal: Principal,
  input: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>> | Refusal;

export function arnOf(account: QueueAccount, queueName: string): string {
  return `arn:aws:sqs:${account.region}:${account.accountId}:${queueName}`;
}

export function urlOf(account: QueueAccount, queueName: string): string {
  return `${account.endpoint}/${account.accountId}/${queueName}`;
}

export function findByArn(account: QueueAccount, arn: string): Queue | undefined {
  const queue = account.queues.get(arn.slice(arn.lastIndexOf(':') + 1));
  return queue?.arn === arn ? queue : undefined;
}

/** The queue behind a URL of any host, if the caller may do this to it. Only account and name in the URL count. */
export function openQueue(
  account: QueueAccount,
  principal: Principal,
  action: string,
  queueUrl: string,
): Queue | Refusal {
  const [owner, name] = queueUrl.split('/').slice(-2);
  const queue = owner === account.accountId ? account.queues.get(name ?? '') : undefined;
  if (queue === undefined) return refuse('NonExistentQueue', 'The specified queue does not exist.');
  return checkQueueAccess(account, principal, action, queue) ?? queue;
}

export function checkQueueAccess(
  account: QueueAccount,
  principal: Principal,
  action: string,
  queue: Queue,
): Refusal | undefined {
  const { policyStatements } = queue.settings;
  return checkAccess(account.access, principal, action, { arn: queue.arn, policyStatements });
}

export function announceAll(
  account: QueueAccount,
  kind: QueueEvent['kind'],
  queue: Queue,
  messages: Iterable<Message>,
): void {
  for (const { id } of messages) account.announce({ kind, queueName: queue.name, messageId: id });
}

/** Lets time pass: messages past their retention go. */
export function expireMessages(account: QueueAccount): void {
  for (const queue of account.queues.values()) {
    announceAll(account, 'expired', queue, dropExpired(queue, account.now()));
  }
}
