import { createHash } from 'node:crypto';
import { checkRange, type Input, readInput } from './input.ts';
import { SQS_LIMITS } from './limits.ts';
import {
  bytesOfAttributes,
  checkMessageAttributes,
  type MessageAttributes,
  md5OfAttributes,
} from './message-attributes.ts';
import { findRefusedCharacter } from './message-text.ts';
import { type Message, putMessage, type Queue } from './queue.ts';
import type { QueueAccount } from './queue-account.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

/** A message that the queue would take. */
export interface Draft {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly systemAttributes: Readonly<Record<string, string>>;
  /** Undefined: the queue's own delay. */
  readonly delayMs: number | undefined;
  /** Body and attributes, in bytes. */
  readonly sizeBytes: number;
}

/**
 * Checks the members of a SendMessage request, or of one entry of a batch, but for the queue's size limit.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function draftMessage(input: Input): Draft | Refusal {
  const read = readInput(input, {
    MessageBody: 'text',
    DelaySeconds: 'integer?',
    MessageAttributes: 'inputMap?',
    MessageSystemAttributes: 'inputMap?',
    MessageGroupId: 'text?',
    MessageDeduplicationId: 'text?',
  });
  if (isRefusal(read)) return read;
  const { MessageBody: body, DelaySeconds, MessageGroupId } = read;
  if (body === '') return refuse('MissingParameter', 'The request must contain the parameter MessageBody.');
  const refused = findRefusedCharacter(body);
  if (refused !== null)
    return refuse('InvalidMessageContents', `The message holds ${refused}, which is not allowed.`);
  const badDelay = checkRange('DelaySeconds', DelaySeconds, 0, SQS_LIMITS.delaySeconds);
  if (badDelay !== undefined) return badDelay;
  if (read.MessageDeduplicationId !== undefined) {
    return refuse('InvalidParameterValue', 'MessageDeduplicationId is not valid for a standard queue.');
  }
  const attributes = checkMessageAttributes(read.MessageAttributes ?? {});
  if (isRefusal(attributes)) return attributes;
  const traceHeader = read.MessageSystemAttributes?.AWSTraceHeader?.StringValue;
  return {
    body,
    attributes,
    systemAttributes: {
      ...(typeof traceHeader === 'string' && { AWSTraceHeader: traceHeader }),
      ...(MessageGroupId !== undefined && { MessageGroupId }),
    },
    delayMs: DelaySeconds === undefined ? undefined : DelaySeconds * 1000,
    sizeBytes: Buffer.byteLength(body) + bytesOfAttributes(attributes),
  };
}

/** Refuses a message larger than the queue takes; system attributes do not count. */
export function checkSize(queue: Queue, draft: Draft): Refusal | undefined {
  const limit = queue.settings.maximumMessageBytes;
  if (draft.sizeBytes <= limit) return undefined;
  return refuse(
    'InvalidParameterValue',
    `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
  );
}

/** Puts a message in the queue, visible after its delay. */
export function enqueue(account: QueueAccount, queue: Queue, draft: Draft, senderId: string): Message {
  const { body, attributes, systemAttributes } = draft;
  const sentAtMs = account.now();
  const message: Message = { id: account.newId(), body, attributes, systemAttributes, senderId, sentAtMs };
  putMessage(queue, message, sentAtMs + (draft.delayMs ?? queue.settings.delayMs));
  account.announce({ kind: 'sent', queueName: queue.name, messageId: message.id });
  return message;
}

/** What a sender is told of a message it sent, digests included, which SDKs compare with their own. */
export function receiptOf(message: Message): Readonly<Record<string, string>> {
  const attributesDigest = md5OfAttributes(message.attributes);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(message.body),
    ...(attributesDigest !== undefined && { MD5OfMessageAttributes: attributesDigest }),
    ...systemDigest(message),
  };
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function systemDigest(message: Message): Readonly<Record<string, string>> {
  const { AWSTraceHeader } = message.systemAttributes;
  if (AWSTraceHeader === undefined) return {};
  const digest = md5OfAttributes({ AWSTraceHeader: { DataType: 'String', StringValue: AWSTraceHeader } });
  return { MD5OfMessageSystemAttributes: digest ?? '' };
}
