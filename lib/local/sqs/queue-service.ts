import { randomUUID } from 'node:crypto';
import { type Principal, type QueueAccess, rootAccess } from './access.ts';
import { OPERATIONS } from './actions/operations.ts';
import { addQueue } from './actions/queues.ts';
import { advanceMoveTasks } from './advance-move-tasks.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Input, isInput } from './input.ts';
import { countMessages, type Message, type Queue, type Visibility, visibilityOf } from './queue.ts';
import {
  arnOf,
  checkQueueAccess,
  expireMessages,
  type QueueAccount,
  type QueueEvent,
  urlOf,
} from './queue-account.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from './refusal.ts';
import { checkSize, draftMessage, enqueue } from './send.ts';

export interface QueueServiceOptions {
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. A clock that runs faster shortens every timeout alike. */
  readonly now: () => number;
  /** Default: random UUIDs. */
  readonly newId?: () => string;
  /** Default: every access key is the root user's. */
  readonly access?: QueueAccess;
}

/** A message as it stands in a queue, for tests and demonstrations. */
export interface PeekedMessage extends Message {
  readonly visibility: Visibility;
  readonly receiveCount: number;
}

/** SQS for one account and Region: a state machine without I/O that `serveQueueService` puts on the network. */
export interface QueueService {
  /** Answers one API call at once; a long poll's wait is the server's. */
  readonly call: (operation: string, accessKeyId: string | undefined, input: unknown) => Input | Refusal;
  /** Adds a queue as the account's owner. Throws on what SQS would refuse: a queue that is set up wrong is a bug. */
  readonly addQueue: (name: string, attributes?: Readonly<Record<string, string>>) => void;
  /** How long a ReceiveMessage call may wait for a message: what it says, else what its queue says. */
  readonly receiveWaitSeconds: (input: unknown) => number;
  /** Sends as a service would, from within the account; the queue's policy decides. */
  readonly sendAs: (
    principal: Principal,
    queueName: string,
    body: string,
    attributes?: Readonly<Record<string, Input>>,
  ) => SendResult;
  /** All messages of a queue, whatever their state. Throws for an unknown queue. */
  readonly peek: (queueName: string) => readonly PeekedMessage[];
  /**
   * Counts of a queue, and when its oldest message was sent; messages received `poisonReceives` times or oftener are
   * no longer counted as the oldest.
   */
  readonly observe: (queueName: string, poisonReceives: number) => QueueObservation;
  /** Returns what ends the subscription. Called after each change; must not call back into the service. */
  readonly subscribe: (listener: (event: QueueEvent) => void) => () => void;
  /** The next `calls` SendMessage and SendMessageBatch API calls to a queue fail whole with InternalError. */
  readonly failSends: Faults['failSends'];
  /** The next `entries` batch entries for a queue come back in `Failed`. */
  readonly failSendEntries: Faults['failSendEntries'];
  readonly queueArn: (queueName: string) => string;
  /** On the host the service is served at. */
  readonly queueUrl: (queueName: string) => string;
  /** Told by the server where it is. */
  readonly setEndpoint: (endpoint: string) => void;
}

export interface QueueObservation {
  readonly visible: number;
  readonly inFlight: number;
  readonly oldestSentAtMs: number | undefined;
}

export type SendResult =
  | { readonly ok: true; readonly messageId: string }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string };

/** Creates an account without queues. */
export function createQueueService(options: QueueServiceOptions): QueueService {
  const listeners = new Set<(event: QueueEvent) => void>();
  const account: QueueAccount = {
    region: options.region,
    accountId: options.accountId,
    access: options.access ?? rootAccess(options.accountId),
    now: options.now,
    newId: options.newId ?? randomUUID,
    queues: new Map(),
    moveTasks: [],
    faults: createFaults(),
    announce: (event) => {
      for (const listener of listeners) listener(event);
    },
    endpoint: `https://sqs.${options.region}.amazonaws.com`,
  };
  return {
    call: (operation, accessKeyId, input) => call(account, operation, accessKeyId, input),
    addQueue: (name, attributes = {}) => {
      const refusal = addQueue(account, name, attributes);
      if (refusal !== undefined) throw new Error(`Queue ${name} cannot be added: ${refusal.message}`);
    },
    receiveWaitSeconds: (input) => receiveWaitSeconds(account, input),
    sendAs: (...message) => sendAs(account, ...message),
    peek: (queueName) => peek(account, queueName),
    observe: (queueName, poisonReceives) => observe(account, queueName, poisonReceives),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    failSends: account.faults.failSends,
    failSendEntries: account.faults.failSendEntries,
    queueArn: (queueName) => arnOf(account, queueName),
    queueUrl: (queueName) => urlOf(account, queueName),
    setEndpoint: (endpoint) => {
      account.endpoint = endpoint;
    },
  };
}

function call(
  account: QueueAccount,
  operation: string,
  accessKeyId: string | undefined,
  input: unknown,
): Input | Refusal {
  if (accessKeyId === undefined)
    return refuse('MissingAuthenticationToken', 'Request is missing Authentication Token.');
  const principal = account.access.principalOf(accessKeyId);
  if (principal === undefined) {
    return refuse('InvalidClientTokenId', 'The security token included in the request is invalid.');
  }
  const action = OPERATIONS.get(operation);
  if (action === undefined) return refuse('InvalidAction', `The action ${operation} is not offered here.`);
  if (!isInput(input)) return refuse('MalformedInput', 'The request is not a JSON object.');
  passTime(account);
  return action(account, principal, input);
}

function sendAs(
  account: QueueAccount,
  principal: Principal,
  queueName: string,
  body: string,
  attributes: Readonly<Record<string, Input>> = {},
): SendResult {
  passTime(account);
  const queue = account.queues.get(queueName);
  if (queue === undefined) return failed(refuse('NonExistentQueue', 'The specified queue does not exist.'));
  const denied = checkQueueAccess(account, principal, 'SendMessage', queue);
  if (denied !== undefined) return failed(denied);
  const draft = draftMessage({ MessageBody: body, MessageAttributes: attributes });
  if (isRefusal(draft)) return failed(draft);
  const tooLarge = checkSize(queue, draft);
  if (tooLarge !== undefined) return failed(tooLarge);
  const message = enqueue(account, queue, draft, principal.arn ?? principal.service ?? 'anonymous');
  return { ok: true, messageId: message.id };
}

function peek(account: QueueAccount, queueName: string): readonly PeekedMessage[] {
  passTime(account);
  const queue: Queue | undefined = account.queues.get(queueName);
  if (queue === undefined) throw new Error(`There is no queue ${queueName}.`);
  const nowMs = account.now();
  return [...queue.messages.values()].map((queued) => ({
    ...queued.message,
    visibility: visibilityOf(queued, nowMs),
    receiveCount: queued.receiveCount,
  }));
}

function observe(account: QueueAccount, queueName: string, poisonReceives: number): QueueObservation {
  passTime(account);
  const queue = account.queues.get(queueName);
  if (queue === undefined) throw new Error(`There is no queue ${queueName}.`);
  let oldestSentAtMs: number | undefined;
  for (const { message, receiveCount } of queue.messages.values())
    if (receiveCount < poisonReceives)
      oldestSentAtMs = Math.min(oldestSentAtMs ?? message.sentAtMs, message.sentAtMs);
  const { visible, inFlight } = countMessages(queue, account.now());
  return { visible, inFlight, oldestSentAtMs };
}

function receiveWaitSeconds(account: QueueAccount, input: unknown): number {
  if (!isInput(input)) return 0;
  if (typeof input.WaitTimeSeconds === 'number') return input.WaitTimeSeconds;
  const name = typeof input.QueueUrl === 'string' ? input.QueueUrl.split('/').at(-1) : undefined;
  return account.queues.get(name ?? '')?.settings.receiveWaitSeconds ?? 0;
}

function passTime(account: QueueAccount): void {
  expireMessages(account);
  advanceMoveTasks(account);
}

function failed({ refused, message }: Refusal): SendResult {
  return { ok: false, code: refused, message };
}
