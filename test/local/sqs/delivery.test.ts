import { describe, expect, it } from 'vitest';
import { bodiesIn, startQueues } from './queues.ts';

const withQueue = (attributes: Record<string, string> = {}) => {
  const queues = startQueues();
  queues.service.addQueue('q', attributes);
  return { ...queues, url: queues.service.queueUrl('q') };
};

describe('delivery', () => {
  it('hides a received message until its visibility timeout is over, then delivers it again', () => {
    const { send, receive, pass } = withQueue({ VisibilityTimeout: '10' });
    send('q', 'one');

    const counts = [0, 9_999, 1].map((ms) => {
      pass(ms);
      return receive('q').map(({ Attributes }) => Attributes.ApproximateReceiveCount);
    });

    expect(counts).toEqual([['1'], [], ['2']]);
  });

  it('lets the receiver choose the visibility timeout', () => {
    const { send, receive, pass } = withQueue();
    send('q', 'one');
    receive('q', { VisibilityTimeout: 2 });

    pass(2_000);

    expect(receive('q')).toHaveLength(1);
  });

  it("delays a message by the queue's delay unless the message has its own", () => {
    const { send, receive, pass } = withQueue({ DelaySeconds: '5' });
    send('q', 'slow');
    send('q', 'fast', { DelaySeconds: 0 });

    const first = receive('q').map(({ Body }) => Body);
    pass(5_000);
    const second = receive('q').map(({ Body }) => Body);

    expect([first, second]).toEqual([['fast'], ['slow']]);
  });

  it('delivers at most as many messages as asked for, one by default', () => {
    const { send, receive } = withQueue();
    for (const body of ['a', 'b', 'c']) send('q', body);

    const bodies = [undefined, 2].map((most) =>
      receive('q', { MaxNumberOfMessages: most }).map(({ Body }) => Body),
    );

    expect(bodies).toEqual([['a'], ['b', 'c']]);
  });

  it('drops a message when its retention period is over, in flight or not', () => {
    const { send, receive, pass, service } = withQueue({
      MessageRetentionPeriod: '60',
      VisibilityTimeout: '600',
    });
    send('q', 'old');
    receive('q');

    pass(60_000);

    expect(service.peek('q')).toEqual([]);
  });

  it('tells sender, times and receive count, if asked', () => {
    const { send, receive, pass } = withQueue();
    send('q', 'one', {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } },
    });
    pass(7);

    const [delivery] = receive('q');

    expect(delivery?.Attributes).toEqual({
      SenderId: 'arn:aws:iam::111122223333:root',
      SentTimestamp: '1800000000000',
      ApproximateFirstReceiveTimestamp: '1800000000007',
      ApproximateReceiveCount: '1',
      AWSTraceHeader: 'Root=1',
    });
  });

  it('counts visible, in-flight and delayed messages', () => {
    const { send, receive, call, url } = withQueue();
    for (const body of ['a', 'b', 'c']) send('q', body);
    send('q', 'd', { DelaySeconds: 9 });
    receive('q', { MaxNumberOfMessages: 1 });

    const reply = call('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });

    expect(reply).toMatchObject({
      Attributes: {
        ApproximateNumberOfMessages: '2',
        ApproximateNumberOfMessagesNotVisible: '1',
        ApproximateNumberOfMessagesDelayed: '1',
      },
    });
  });

  it('announces what happens to a message to its subscribers, until they leave', () => {
    const { send, receive, call, url, service } = withQueue();
    const kinds: string[] = [];
    const leave = service.subscribe(({ kind }) => kinds.push(kind));

    send('q', 'one');
    const [delivery] = receive('q');
    call('DeleteMessage', { QueueUrl: url, ReceiptHandle: delivery?.ReceiptHandle });
    leave();
    send('q', 'two');

    expect(kinds).toEqual(['sent', 'received', 'deleted']);
  });
});

describe('receipt handles', () => {
  it('delete the message of the latest delivery and are harmless when used again', () => {
    const { send, receive, call, url, service } = withQueue();
    send('q', 'one');
    const [delivery] = receive('q');
    const remove = () => call('DeleteMessage', { QueueUrl: url, ReceiptHandle: delivery?.ReceiptHandle });

    const replies = [remove(), remove()];

    expect(replies).toEqual([{}, {}]);
    expect(bodiesIn(service, 'q')).toEqual([]);
  });

  it('of an earlier delivery are accepted without deleting', () => {
    const { send, receive, call, url, service } = withQueue({ VisibilityTimeout: '0' });
    send('q', 'one');
    const [earlier] = receive('q');
    receive('q');

    const reply = call('DeleteMessage', { QueueUrl: url, ReceiptHandle: earlier?.ReceiptHandle });

    expect(reply).toEqual({});
    expect(bodiesIn(service, 'q')).toEqual(['one']);
  });

  it('of another queue or of nothing are refused', () => {
    const { send, receive, call, url, service } = withQueue();
    service.addQueue('other');
    send('other', 'one');
    const [foreign] = receive('other');

    const replies = [foreign?.ReceiptHandle, 'nonsense'].map((ReceiptHandle) =>
      call('DeleteMessage', { QueueUrl: url, ReceiptHandle }),
    );

    expect(replies).toMatchObject([
      { refused: 'ReceiptHandleIsInvalid' },
      { refused: 'ReceiptHandleIsInvalid' },
    ]);
  });

  it('change the visibility of a message in flight, also to none', () => {
    const { send, receive, call, url, pass } = withQueue({ VisibilityTimeout: '10' });
    const hide = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
      call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout });
    send('q', 'one');

    hide(receive('q')[0]?.ReceiptHandle, 60);
    pass(59_999);
    const early = receive('q').length;
    pass(1);
    hide(receive('q')[0]?.ReceiptHandle, 0);
    const returned = receive('q').length;

    expect([early, returned]).toEqual([0, 1]);
  });

  it('cannot hide a message that is not in flight, nor for longer than twelve hours in all', () => {
    const { send, receive, call, url, pass } = withQueue({ VisibilityTimeout: '10' });
    send('q', 'one');
    const ReceiptHandle = receive('q')[0]?.ReceiptHandle;
    const hide = (VisibilityTimeout: number) =>
      call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout });

    pass(1_000);
    const tooLong = hide(43_200);
    pass(9_000);
    const late = hide(10);

    expect(tooLong).toMatchObject({ refused: 'InvalidParameterValue' });
    expect(late).toMatchObject({ refused: 'MessageNotInflight' });
  });
});
