import type { Action } from '../queue-account.ts';
import { getQueueAttributes } from './attributes.ts';
import * as messages from './messages.ts';
import * as moves from './moves.ts';
import * as queues from './queues.ts';

/** Every operation offered, by its name in `X-Amz-Target: AmazonSQS.<name>`. */
export const OPERATIONS: ReadonlyMap<string, Action> = new Map([
  ['CreateQueue', queues.createQueue],
  ['GetQueueUrl', queues.getQueueUrl],
  ['ListQueues', queues.listQueues],
  ['GetQueueAttributes', getQueueAttributes],
  ['SetQueueAttributes', queues.setQueueAttributes],
  ['PurgeQueue', queues.purgeQueue],
  ['DeleteQueue', queues.deleteQueue],
  ['SendMessage', messages.sendMessage],
  ['SendMessageBatch', messages.sendMessageBatch],
  ['ReceiveMessage', messages.receiveMessage],
  ['DeleteMessage', messages.deleteMessage],
  ['DeleteMessageBatch', messages.deleteMessageBatch],
  ['ChangeMessageVisibility', messages.changeMessageVisibility],
  ['ChangeMessageVisibilityBatch', messages.changeMessageVisibilityBatch],
  ['StartMessageMoveTask', moves.startMessageMoveTask],
  ['ListMessageMoveTasks', moves.listMessageMoveTasks],
  ['CancelMessageMoveTask', moves.cancelMessageMoveTask],
]);
