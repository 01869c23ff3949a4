import type { MoveTask } from './move-task.ts';
import { type Message, putMessage, type Queue, visibilityOf } from './queue.ts';
import { checkQueueAccess, findByArn, type QueueAccount } from './queue-account.ts';

/**
 * Brings every running redrive to where it would be by now. A moved message is a new one: new id, new enqueue time.
 * Its mover must be allowed to receive and delete in the source and to send to the destination.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function advanceMoveTasks(account: QueueAccount): void {
  for (const task of account.moveTasks) {
    if (task.status === 'RUNNING') advance(account, task);
  }
}

function advance(account: QueueAccount, task: MoveTask): void {
  const nowMs = account.now();
  const source = findByArn(account, task.sourceArn);
  if (source === undefined) {
    fail(task, 'NonExistentQueue');
    return;
  }
  const seconds = (nowMs - task.startedAtMs) / 1000;
  const due =
    task.messagesPerSecond === undefined ? Number.POSITIVE_INFINITY : seconds * task.messagesPerSecond;
  const waiting = [...source.messages.values()].filter((queued) => visibilityOf(queued, nowMs) === 'visible');
  for (const { message } of waiting) {
    if (task.moved + 1 > due) return;
    const failure = moveMessage(account, task, source, message);
    if (failure !== undefined) {
      fail(task, failure);
      return;
    }
    task.moved += 1;
  }
  task.status = 'COMPLETED';
}

function moveMessage(
  account: QueueAccount,
  task: MoveTask,
  source: Queue,
  message: Message,
): MoveTask['failureReason'] {
  const destinationArn = task.destinationArn ?? message.deadLetterSourceArn;
  // A message that was sent to the dead-letter queue has no queue to go back to.
  if (destinationArn === undefined) return 'CouldNotDetermineMessageSource';
  const destination = findByArn(account, destinationArn);
  if (destination === undefined) return 'NonExistentQueue';
  const permitted = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].every(
    (action) => checkQueueAccess(account, task.principal, action, source) === undefined,
  );
  if (!permitted || checkQueueAccess(account, task.principal, 'SendMessage', destination) !== undefined) {
    return 'AccessDenied';
  }
  const { deadLetterSourceArn: _source, ...kept } = message;
  const moved: Message = { ...kept, id: account.newId(), sentAtMs: account.now() };
  source.messages.delete(message.id);
  putMessage(destination, moved, moved.sentAtMs);
  account.announce({ kind: 'redriven', queueName: destination.name, messageId: moved.id });
  return undefined;
}

function fail(task: MoveTask, reason: NonNullable<MoveTask['failureReason']>): void {
  task.status = 'FAILED';
  task.failureReason = reason;
}
