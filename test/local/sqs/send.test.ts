import { describe, expect, it } from 'vitest';
import { startQueues } from './queues.ts';

const MEBIBYTE = 1_048_576;

const withQueue = (attributes: Record<string, string> = {}) => {
  const queues = startQueues();
  queues.service.addQueue('q', attributes);
  const QueueUrl = queues.service.queueUrl('q');
  const sendBatch = (...Entries: object[]) => queues.call('SendMessageBatch', { QueueUrl, Entries });
  return { ...queues, sendBatch };
};

describe('SendMessage', () => {
  it('takes a message of exactly 1 MiB, attributes counted, and refuses one byte more', () => {
    const { send } = withQueue();
    const MessageAttributes = { code: { DataType: 'String', StringValue: 'x'.repeat(90) } };

    const replies = [0, 1].map((more) => send('q', 'b'.repeat(MEBIBYTE - 100 + more), { MessageAttributes }));

    expect(replies).toMatchObject([{ MessageId: 'id-1' }, { refused: 'InvalidParameterValue' }]);
  });

  it('measures bytes, not characters', () => {
    const { send } = withQueue({ MaximumMessageSize: '1024' });

    const replies = [256, 257].map((count) => send('q', '😀'.repeat(count)));

    expect(replies).toMatchObject([{ MessageId: 'id-1' }, { refused: 'InvalidParameterValue' }]);
  });

  it.each(['\t\r\n plain', 'emoji 😀 and 𝒜', '\u{fffd}', '\u{10ffff}', '\u{e000}'])('accepts %j', (body) => {
    const { send } = withQueue();

    const reply = send('q', body);

    expect(reply).toHaveProperty('MessageId');
  });

  it.each(['\u0000', '\u000b', '\u001f', '\ufffe', '\uffff', '\ud800', 'a\udc00b'])('refuses %j', (body) => {
    const { send } = withQueue();

    const reply = send('q', body);

    expect(reply).toMatchObject({ refused: 'InvalidMessageContents' });
  });

  it('refuses a control character in an attribute too', () => {
    const { send } = withQueue();

    const reply = send('q', 'x', { MessageAttributes: { a: { DataType: 'String', StringValue: '\u0001' } } });

    expect(reply).toMatchObject({ refused: 'InvalidMessageContents' });
  });

  it.each([
    ['no type', { a: { StringValue: 'x' } }],
    ['an unknown type', { a: { DataType: 'Text', StringValue: 'x' } }],
    ['an empty value', { a: { DataType: 'String', StringValue: '' } }],
    ['a number that is none', { a: { DataType: 'Number', StringValue: 'x' } }],
    ['a reserved name', { 'AWS.a': { DataType: 'String', StringValue: 'x' } }],
    ['two dots in a row', { 'a..b': { DataType: 'String', StringValue: 'x' } }],
    [
      'eleven',
      Object.fromEntries(
        Array.from({ length: 11 }, (_, i) => [`a${i}`, { DataType: 'String', StringValue: 'x' }]),
      ),
    ],
  ])('refuses attributes with %s', (_what, MessageAttributes) => {
    const { send } = withQueue();

    const reply = send('q', 'x', { MessageAttributes });

    expect(reply).toMatchObject({ refused: 'InvalidParameterValue' });
  });

  it('refuses an empty body and a delay above fifteen minutes', () => {
    const { send } = withQueue();

    const replies = [send('q', ''), send('q', 'x', { DelaySeconds: 901 })];

    expect(replies).toMatchObject([{ refused: 'MissingParameter' }, { refused: 'InvalidParameterValue' }]);
  });
});

describe('SendMessageBatch', () => {
  it('accounts for each entry by itself', () => {
    const { sendBatch, service } = withQueue();

    const reply = sendBatch({ Id: 'good', MessageBody: 'x' }, { Id: 'bad', MessageBody: '\uffff' });

    expect(reply).toMatchObject({
      Successful: [{ Id: 'good', MessageId: 'id-1' }],
      Failed: [{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }],
    });
    expect(service.peek('q')).toHaveLength(1);
  });

  it('takes 1 MiB in sum and refuses the whole batch for one byte more', () => {
    const { sendBatch, service } = withQueue();
    const half = 'x'.repeat(MEBIBYTE / 2);

    const tooLong = sendBatch({ Id: 'a', MessageBody: half }, { Id: 'b', MessageBody: `${half}x` });
    const full = sendBatch({ Id: 'a', MessageBody: half }, { Id: 'b', MessageBody: half });

    expect(tooLong).toMatchObject({ refused: 'BatchRequestTooLong' });
    expect(full).toMatchObject({ Successful: [{ Id: 'a' }, { Id: 'b' }] });
    expect(service.peek('q')).toHaveLength(2);
  });

  it('refuses none, eleven, repeated and malformed entries whole', () => {
    const { sendBatch, service } = withQueue();
    const entry = (Id: string) => ({ Id, MessageBody: 'x' });

    const replies = [
      sendBatch(),
      sendBatch(...Array.from({ length: 11 }, (_, i) => entry(`${i}`))),
      sendBatch(entry('a'), entry('a')),
      sendBatch(entry('a b')),
      sendBatch(entry('x'.repeat(81))),
    ];

    expect(replies).toMatchObject([
      { refused: 'EmptyBatchRequest' },
      { refused: 'TooManyEntriesInBatchRequest' },
      { refused: 'BatchEntryIdsNotDistinct' },
      { refused: 'InvalidBatchEntryId' },
      { refused: 'InvalidBatchEntryId' },
    ]);
    expect(service.peek('q')).toEqual([]);
  });

  it('fails as many entries, and as many calls, as were asked to fail', () => {
    const { sendBatch, send, service } = withQueue();
    const entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: Id }));

    service.failSendEntries('q', 2);
    const partial = sendBatch(...entries);
    service.failSends('q', 2);
    const replies = [send('q', 'x'), sendBatch(...entries), send('q', 'y')];

    expect(partial).toMatchObject({
      Successful: [{ Id: 'c' }],
      Failed: [
        { Id: 'a', Code: 'InternalError', SenderFault: false },
        { Id: 'b', Code: 'InternalError', SenderFault: false },
      ],
    });
    expect(replies).toMatchObject([
      { refused: 'InternalError' },
      { refused: 'InternalError' },
      { MessageId: 'id-2' },
    ]);
  });
});

describe('batches of receipts', () => {
  it('delete and hide each message by itself', () => {
    const { send, receive, call, service } = withQueue();
    const QueueUrl = service.queueUrl('q');
    for (const body of ['a', 'b']) send('q', body);
    const [first, second] = receive('q');

    const hidden = call('ChangeMessageVisibilityBatch', {
      QueueUrl,
      Entries: [{ Id: '1', ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 }],
    });
    const deleted = call('DeleteMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: '1', ReceiptHandle: first?.ReceiptHandle },
        { Id: '2', ReceiptHandle: 'nonsense' },
      ],
    });

    expect(hidden).toEqual({ Successful: [{ Id: '1' }] });
    expect(deleted).toMatchObject({
      Successful: [{ Id: '1' }],
      Failed: [{ Id: '2', Code: 'ReceiptHandleIsInvalid' }],
    });
    expect(receive('q').map(({ Body }) => Body)).toEqual(['b']);
  });
});
