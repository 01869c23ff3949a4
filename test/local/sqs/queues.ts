import {
  createQueueService,
  type QueueService,
  type QueueServiceOptions,
} from '../../../lib/local/sqs/queue-service.ts';
import { isRefusal } from '../../../lib/local/sqs/refusal.ts';

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

/** A service with a clock that only the test moves, and ids that count. */
export function startQueues(options: Partial<QueueServiceOptions> = {}) {
  const time = { nowMs: 1_800_000_000_000 };
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const service = createQueueService({
    region: REGION,
    accountId: ACCOUNT,
    now: () => time.nowMs,
    newId,
    ...options,
  });
  const call = (operation: string, input: object, accessKeyId = 'KEY') =>
    service.call(operation, accessKeyId, input);
  return {
    service,
    call,
    pass: (ms: number) => {
      time.nowMs += ms;
    },
    send: (queueName: string, MessageBody: string, more: object = {}) =>
      call('SendMessage', { QueueUrl: service.queueUrl(queueName), MessageBody, ...more }),
    receive: (queueName: string, more: object = {}) =>
      messagesOf(
        call('ReceiveMessage', {
          QueueUrl: service.queueUrl(queueName),
          MaxNumberOfMessages: 10,
          AttributeNames: ['All'],
          ...more,
        }),
      ),
  };
}

export interface Delivery {
  readonly MessageId: string;
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

export function bodiesIn(service: QueueService, queueName: string): readonly string[] {
  return service.peek(queueName).map(({ body }) => body);
}

function messagesOf(reply: ReturnType<QueueService['call']>): readonly Delivery[] {
  if (isRefusal(reply)) throw new Error(`${reply.refused}: ${reply.message}`);
  return (reply.Messages ?? []) as readonly Delivery[];
}
