import { answerBatch, checkEntries } from '../batch.ts';
import { checkRange, firstRefusal, type Input, readInput } from '../input.ts';
import { SQS_LIMITS } from '../limits.ts';
import type { Queue } from '../queue.ts';
import { type Action, openQueue, type QueueAccount } from '../queue-account.ts';
import { readReceiptHandle } from '../receipt-handle.ts';
import { deliveryOf, takeMessages } from '../receive.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { checkSize, draftMessage, enqueue, receiptOf } from '../send.ts';

const FAULT = refuse('InternalError', 'We encountered an internal error. Please try again.');

export const sendMessage: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'SendMessage', read.QueueUrl);
  if (isRefusal(queue)) return queue;
  if (account.faults.takeSendFault(queue.name)) return FAULT;
  return send(account, queue, input, senderIdOf(principal.arn));
};

/** SendMessageBatch: at most 1 MiB in sum; each entry succeeds or fails by itself. */
export const sendMessageBatch: Action = (account, principal, input) => {
  const opened = openBatch(account, principal, 'SendMessage', input);
  if (isRefusal(opened)) return opened;
  const { queue, entries } = opened;
  if (account.faults.takeSendFault(queue.name)) return FAULT;
  const drafts = entries.map(draftMessage);
  const totalBytes = drafts.reduce((sum, draft) => sum + (isRefusal(draft) ? 0 : draft.sizeBytes), 0);
  if (totalBytes > SQS_LIMITS.batchBytes) {
    return refuse(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${SQS_LIMITS.batchBytes} bytes. You have sent ${totalBytes} bytes.`,
    );
  }
  return answerBatch(entries, (entry) =>
    account.faults.takeEntryFault(queue.name)
      ? FAULT
      : send(account, queue, entry, senderIdOf(principal.arn)),
  );
};

/** ReceiveMessage without its wait, which is the server's. */
export const receiveMessage: Action = (account, principal, input) => {
  const read = readInput(input, {
    QueueUrl: 'text',
    MaxNumberOfMessages: 'integer?',
    VisibilityTimeout: 'integer?',
    WaitTimeSeconds: 'integer?',
    AttributeNames: 'texts?',
    MessageSystemAttributeNames: 'texts?',
    MessageAttributeNames: 'texts?',
  });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'ReceiveMessage', read.QueueUrl);
  if (isRefusal(queue)) return queue;
  const { MaxNumberOfMessages: most = 1, VisibilityTimeout: seconds } = read;
  const refusal = firstRefusal(
    checkRange('MaxNumberOfMessages', most, 1, SQS_LIMITS.messagesPerReceive),
    checkRange('VisibilityTimeout', seconds, 0, SQS_LIMITS.visibilitySeconds),
    checkRange('WaitTimeSeconds', read.WaitTimeSeconds, 0, SQS_LIMITS.longPollSeconds),
  );
  if (refusal !== undefined) return refusal;
  const visibilityMs = seconds === undefined ? queue.settings.visibilityMs : seconds * 1000;
  const taken = takeMessages(account, queue, most, visibilityMs);
  if (isRefusal(taken)) return taken;
  const asked = {
    systemAttributes: [...(read.AttributeNames ?? []), ...(read.MessageSystemAttributeNames ?? [])],
    attributes: read.MessageAttributeNames ?? [],
  };
  return taken.length === 0 ? {} : { Messages: taken.map((queued) => deliveryOf(queue, queued, asked)) };
};

export const deleteMessage: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text', ReceiptHandle: 'text' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'DeleteMessage', read.QueueUrl);
  return isRefusal(queue) ? queue : remove(account, queue, input);
};

export const deleteMessageBatch: Action = (account, principal, input) => {
  const opened = openBatch(account, principal, 'DeleteMessage', input);
  if (isRefusal(opened)) return opened;
  return answerBatch(opened.entries, (entry) => remove(account, opened.queue, entry));
};

export const changeMessageVisibility: Action = (account, principal, input) => {
  const read = readInput(input, { QueueUrl: 'text', ReceiptHandle: 'text', VisibilityTimeout: 'integer' });
  if (isRefusal(read)) return read;
  const queue = openQueue(account, principal, 'ChangeMessageVisibility', read.QueueUrl);
  return isRefusal(queue) ? queue : hide(account, queue, input);
};

export const changeMessageVisibilityBatch: Action = (account, principal, input) => {
  const opened = openBatch(account, principal, 'ChangeMessageVisibility', input);
  if (isRefusal(opened)) return opened;
  return answerBatch(opened.entries, (entry) => hide(account, opened.queue, entry));
};

function openBatch(account: QueueAccount, principal: Parameters<Action>[1], action: string, input: Input) {
  const read = readInput(input, { QueueUrl: 'text', Entries: 'inputs' });
  if (isRefusal(read)) return read;
  // Each batch action is permitted by the permission of its single one.
  const queue = openQueue(account, principal, action, read.QueueUrl);
  if (isRefusal(queue)) return queue;
  return checkEntries(read.Entries) ?? { queue, entries: read.Entries };
}

function send(account: QueueAccount, queue: Queue, input: Input, senderId: string) {
  const draft = draftMessage(input);
  if (isRefusal(draft)) return draft;
  return checkSize(queue, draft) ?? receiptOf(enqueue(account, queue, draft, senderId));
}

/** A handle of an earlier delivery is accepted without effect, as a standard queue does. */
function remove(account: QueueAccount, queue: Queue, input: Input): Input | Refusal {
  const read = readInput(input, { ReceiptHandle: 'text' });
  if (isRefusal(read)) return read;
  const receipt = readReceiptHandle(queue, read.ReceiptHandle);
  if (isRefusal(receipt)) return receipt;
  if (queue.messages.get(receipt.messageId)?.receipt === receipt.receipt) {
    queue.messages.delete(receipt.messageId);
    account.announce({ kind: 'deleted', queueName: queue.name, messageId: receipt.messageId });
  }
  return {};
}

function hide(account: QueueAccount, queue: Queue, input: Input): Input | Refusal {
  const read = readInput(input, { ReceiptHandle: 'text', VisibilityTimeout: 'integer?' });
  if (isRefusal(read)) return read;
  const seconds = read.VisibilityTimeout ?? 0;
  const badRange = checkRange('VisibilityTimeout', seconds, 0, SQS_LIMITS.visibilitySeconds);
  if (badRange !== undefined) return badRange;
  const receipt = readReceiptHandle(queue, read.ReceiptHandle);
  if (isRefusal(receipt)) return receipt;
  const nowMs = account.now();
  const queued = queue.messages.get(receipt.messageId);
  if (queued === undefined) {
    return refuse(
      'InvalidParameterValue',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (queued.receipt !== receipt.receipt || nowMs >= queued.visibleFromMs) {
    return refuse('MessageNotInflight', 'The message is not in flight.');
  }
  const sinceReceiptMs = nowMs - (queued.lastReceivedAtMs ?? nowMs);
  if (sinceReceiptMs + seconds * 1000 > SQS_LIMITS.visibilitySeconds * 1000) {
    return refuse(
      'InvalidParameterValue',
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
    );
  }
  queued.visibleFromMs = nowMs + seconds * 1000;
  account.announce({ kind: 'returned', queueName: queue.name, messageId: receipt.messageId });
  return {};
}

/** Real ids (AIDA…, AROA…:session) are not known here: the ARN stands for them. */
function senderIdOf(arn: string | undefined): string {
  return arn ?? 'anonymous';
}
