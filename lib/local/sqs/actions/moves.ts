import { advanceMoveTasks } from '../advance-move-tasks.ts';
import { checkRange, readInput } from '../input.ts';
import { SQS_LIMITS } from '../limits.ts';
import type { MoveTask } from '../move-task.ts';
import { countMessages } from '../queue.ts';
import { type Action, checkQueueAccess, findByArn, type QueueAccount } from '../queue-account.ts';
import { isRefusal, refuse } from '../refusal.ts';

const NO_RESOURCE = refuse(
  'ResourceNotFoundException',
  "The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist.",
);

/** StartMessageMoveTask: the source must be the dead-letter queue of some queue, with no task running on it. */
export const startMessageMoveTask: Action = (account, principal, input) => {
  const read = readInput(input, {
    SourceArn: 'text',
    DestinationArn: 'text?',
    MaxNumberOfMessagesPerSecond: 'integer?',
  });
  if (isRefusal(read)) return read;
  const { SourceArn: sourceArn, DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: rate } = read;
  const source = findByArn(account, sourceArn);
  if (source === undefined) return NO_RESOURCE;
  const denied = checkQueueAccess(account, principal, 'StartMessageMoveTask', source);
  const refusal =
    denied ?? checkRange('MaxNumberOfMessagesPerSecond', rate, 1, SQS_LIMITS.movedMessagesPerSecond);
  if (refusal !== undefined) return refusal;
  if (destinationArn !== undefined && findByArn(account, destinationArn) === undefined) return NO_RESOURCE;
  if (!isDeadLetterQueue(account, sourceArn)) {
    return refuse('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
  }
  const running = account.moveTasks.filter(({ status }) => status === 'RUNNING');
  if (running.some((task) => task.sourceArn === sourceArn)) {
    return refuse(
      'UnsupportedOperation',
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  }
  if (running.length >= SQS_LIMITS.activeMoveTasks)
    return refuse('OverLimit', 'Too many message move tasks are active.');
  const nowMs = account.now();
  const task: MoveTask = {
    handle: Buffer.from(JSON.stringify({ taskId: account.newId(), sourceArn })).toString('base64'),
    sourceArn,
    ...(destinationArn !== undefined && { destinationArn }),
    ...(rate !== undefined && { messagesPerSecond: rate }),
    startedAtMs: nowMs,
    toMove: countMessages(source, nowMs).visible,
    principal,
    status: 'RUNNING',
    moved: 0,
  };
  account.moveTasks.push(task);
  advanceMoveTasks(account);
  return { TaskHandle: task.handle };
};

/** ListMessageMoveTasks: newest first, one unless more are asked for. */
export const listMessageMoveTasks: Action = (account, principal, input) => {
  const read = readInput(input, { SourceArn: 'text', MaxResults: 'integer?' });
  if (isRefusal(read)) return read;
  const source = findByArn(account, read.SourceArn);
  if (source === undefined) return NO_RESOURCE;
  const denied = checkQueueAccess(account, principal, 'ListMessageMoveTasks', source);
  const refusal = denied ?? checkRange('MaxResults', read.MaxResults, 1, 10);
  if (refusal !== undefined) return refusal;
  const tasks = account.moveTasks.filter(({ sourceArn }) => sourceArn === read.SourceArn).reverse();
  return { Results: tasks.slice(0, read.MaxResults ?? 1).map(describeTask) };
};

export const cancelMessageMoveTask: Action = (account, principal, input) => {
  const read = readInput(input, { TaskHandle: 'text' });
  if (isRefusal(read)) return read;
  const task = account.moveTasks.find(
    ({ handle, status }) => handle === read.TaskHandle && status === 'RUNNING',
  );
  const source = task && findByArn(account, task.sourceArn);
  if (task === undefined || source === undefined) {
    return refuse('ResourceNotFoundException', 'Task does not exist.');
  }
  const denied = checkQueueAccess(account, principal, 'CancelMessageMoveTask', source);
  if (denied !== undefined) return denied;
  task.status = 'CANCELLED';
  return { ApproximateNumberOfMessagesMoved: task.moved };
};

function isDeadLetterQueue(account: QueueAccount, arn: string): boolean {
  return [...account.queues.values()].some(
    ({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === arn,
  );
}

function describeTask(task: MoveTask) {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
    ...(task.messagesPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.messagesPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
    StartedTimestamp: Math.floor(task.startedAtMs),
  };
}
