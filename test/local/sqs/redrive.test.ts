import { describe, expect, it } from 'vitest';
import { bodiesIn, startQueues } from './queues.ts';

const DAY_MS = 86_400_000;

const withDeadLetterQueue = (maxReceiveCount: number, deadLetterAttributes: Record<string, string> = {}) => {
  const queues = startQueues();
  const { service } = queues;
  service.addQueue('dead', { MessageRetentionPeriod: '1209600', ...deadLetterAttributes });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: service.queueArn('dead'), maxReceiveCount });
  service.addQueue('q', { VisibilityTimeout: '0', RedrivePolicy });
  const start = (more: object = {}) =>
    queues.call('StartMessageMoveTask', { SourceArn: service.queueArn('dead'), ...more });
  const tasks = () =>
    queues.call('ListMessageMoveTasks', { SourceArn: service.queueArn('dead'), MaxResults: 10 });
  /** Lets one message fail its way to the dead-letter queue. */
  const bury = (body: string) => {
    queues.send('q', body);
    for (let time = 0; time <= maxReceiveCount; time += 1) queues.receive('q');
  };
  return {
    ...queues,
    start,
    tasks,
    bury,
    to: (name: string) => ({ DestinationArn: service.queueArn(name) }),
  };
};

describe('the redrive policy', () => {
  it('moves a message once it was delivered as often as allowed', () => {
    const { send, receive, service } = withDeadLetterQueue(2);
    send('q', 'poison');

    const deliveries = [1, 2, 3].map(() => receive('q').length);

    expect(deliveries).toEqual([1, 1, 0]);
    expect(bodiesIn(service, 'dead')).toEqual(['poison']);
    expect(service.peek('q')).toEqual([]);
  });

  it('keeps the id and the original enqueue time, from which retention goes on counting', () => {
    const { pass, receive, send, service } = withDeadLetterQueue(1);
    send('q', 'aging');
    pass(3 * DAY_MS);
    receive('q');
    receive('q');

    const [buried] = service.peek('dead');
    const [delivery] = receive('dead');
    pass(11 * DAY_MS);

    expect(buried).toMatchObject({ id: 'id-1', sentAtMs: 1_800_000_000_000 });
    expect(delivery?.Attributes).toMatchObject({ DeadLetterQueueSourceArn: service.queueArn('q') });
    expect(service.peek('dead')).toEqual([]);
  });

  it('moves nothing once the dead-letter queue has stopped accepting the source', () => {
    const { send, receive, call, service } = withDeadLetterQueue(1);
    const Attributes = { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) };
    call('SetQueueAttributes', { QueueUrl: service.queueUrl('dead'), Attributes });
    send('q', 'stays');

    const deliveries = [1, 2].map(() => receive('q').length);

    expect(deliveries).toEqual([1, 1]);
    expect(service.peek('dead')).toEqual([]);
  });

  it.each([
    ['no such queue', { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:none', maxReceiveCount: 3 }],
    ['the queue itself', { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:q', maxReceiveCount: 3 }],
  ])('is refused for %s', (_what, policy) => {
    const { call, service } = withDeadLetterQueue(1);
    const Attributes = { RedrivePolicy: JSON.stringify(policy) };

    const reply = call('SetQueueAttributes', { QueueUrl: service.queueUrl('q'), Attributes });

    expect(reply).toMatchObject({ refused: 'InvalidParameterValue' });
  });

  it('is refused where the dead-letter queue does not accept the source', () => {
    const { call, service } = withDeadLetterQueue(1);
    service.addQueue('closed', { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) });
    const sourceQueueArns = [service.queueArn('q')];
    service.addQueue('picky', {
      RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns }),
    });
    const point = (from: string, to: string) => {
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: service.queueArn(to), maxReceiveCount: 1 });
      return call('SetQueueAttributes', { QueueUrl: service.queueUrl(from), Attributes: { RedrivePolicy } });
    };

    const replies = [point('q', 'closed'), point('dead', 'picky'), point('q', 'picky')];

    expect(replies).toMatchObject([
      { refused: 'InvalidParameterValue' },
      { refused: 'InvalidParameterValue' },
      {},
    ]);
    expect(replies[2]).toEqual({});
  });
});

describe('StartMessageMoveTask', () => {
  it('moves messages back to where they came from, as new messages', () => {
    const { bury, start, tasks, pass, service } = withDeadLetterQueue(1);
    bury('one');
    pass(5);

    start();

    expect(service.peek('q')).toMatchObject([
      { id: 'id-3', body: 'one', sentAtMs: 1_800_000_000_005, receiveCount: 0 },
    ]);
    expect(service.peek('dead')).toEqual([]);
    expect(tasks()).toMatchObject({
      Results: [
        { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 1 },
      ],
    });
  });

  it('fails without a destination at a message that was sent to the dead-letter queue itself', () => {
    const { bury, send, start, tasks, service } = withDeadLetterQueue(1);
    bury('buried');
    send('dead', 'sent');

    start();

    expect(tasks()).toMatchObject({
      Results: [{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }],
    });
    expect(bodiesIn(service, 'dead')).toEqual(['sent']);
  });

  it('moves such a message to a destination that is named', () => {
    const { send, start, tasks, to, service } = withDeadLetterQueue(1);
    send('dead', 'sent');

    start(to('q'));

    expect(bodiesIn(service, 'q')).toEqual(['sent']);
    expect(tasks()).toMatchObject({ Results: [{ Status: 'COMPLETED' }] });
  });

  it('keeps its rate, refuses a second task meanwhile, and can be cancelled', () => {
    const { send, start, tasks, to, pass, call, service } = withDeadLetterQueue(1);
    for (let n = 0; n < 30; n += 1) send('dead', `${n}`);

    const started = start({ ...to('q'), MaxNumberOfMessagesPerSecond: 10 });
    const second = start(to('q'));
    pass(1_500);
    const moved = service.peek('q').length;
    const cancelled = call('CancelMessageMoveTask', { ...started });
    pass(10_000);

    expect(second).toMatchObject({ refused: 'UnsupportedOperation' });
    expect(moved).toBe(15);
    expect(cancelled).toEqual({ ApproximateNumberOfMessagesMoved: 15 });
    expect(service.peek('dead')).toHaveLength(15);
    expect(tasks()).toMatchObject({ Results: [{ Status: 'CANCELLED' }] });
  });

  it('refuses a source that is no dead-letter queue, unknown queues and rates above 500', () => {
    const { call, start, to, service } = withDeadLetterQueue(1);

    const replies = [
      call('StartMessageMoveTask', { SourceArn: service.queueArn('q') }),
      call('StartMessageMoveTask', { SourceArn: service.queueArn('none') }),
      start(to('none')),
      start({ MaxNumberOfMessagesPerSecond: 501 }),
    ];

    expect(replies).toMatchObject([
      { refused: 'InvalidParameterValue' },
      { refused: 'ResourceNotFoundException' },
      { refused: 'ResourceNotFoundException' },
      { refused: 'InvalidParameterValue' },
    ]);
  });

  it('leaves messages in flight where they are', () => {
    const { send, receive, start, to, service } = withDeadLetterQueue(1, { VisibilityTimeout: '30' });
    send('dead', 'held');
    receive('dead');
    send('dead', 'free');

    start(to('q'));

    expect(bodiesIn(service, 'q')).toEqual(['free']);
    expect(bodiesIn(service, 'dead')).toEqual(['held']);
  });
});
