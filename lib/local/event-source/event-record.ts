import type { Message } from '@aws-sdk/client-sqs';
import { MAX_REQUEST_PAYLOAD_BYTES } from '../lambda/invocation.ts';

/** A received message and its record in the invocation's event. */
export interface BatchItem {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** JSON text. */
  readonly record: string;
  readonly recordBytes: number;
}

const HEAD = '{"Records":[';
const TAIL = ']}';

/** What records may add up to, commas included, for the event to stay within an invocation's payload limit. */
export const MAX_RECORDS_BYTES = MAX_REQUEST_PAYLOAD_BYTES - HEAD.length - TAIL.length;

/** One message as the event source hands it over. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function batchItem(message: Message, queueArn: string): BatchItem {
  const { MessageId: messageId = '', ReceiptHandle: receiptHandle = '' } = message;
  const record = JSON.stringify({
    messageId,
    receiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: recordAttributes(message.MessageAttributes),
    ...(message.MD5OfMessageAttributes === undefined
      ? {}
      : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  });
  return { messageId, receiptHandle, record, recordBytes: Buffer.byteLength(record) + 1 };
}

/** The invocation's payload: `{Records: […]}` as JSON text. */
export function batchPayload(items: readonly BatchItem[]): string {
  return HEAD + items.map((item) => item.record).join(',') + TAIL;
}

function recordAttributes(attributes: Message['MessageAttributes'] = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue, BinaryValue, DataType }]) => [
      name,
      {
        ...(StringValue === undefined ? {} : { stringValue: StringValue }),
        ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );
}
