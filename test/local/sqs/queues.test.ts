import { describe, expect, it } from 'vitest';
import { startQueues } from './queues.ts';

describe('CreateQueue', () => {
  it('answers the same queue again for the same attributes and refuses others', () => {
    const { call } = startQueues();
    const create = (VisibilityTimeout: string) =>
      call('CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout } });

    const replies = ['60', '60', '61'].map(create);

    const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/q';
    expect(replies).toMatchObject([{ QueueUrl }, { QueueUrl }, { refused: 'QueueAlreadyExists' }]);
  });

  it.each(['', 'a b', 'x'.repeat(81), 'orders.fifo'])('refuses the name "%s"', (QueueName) => {
    const { call } = startQueues();

    const reply = call('CreateQueue', { QueueName });

    expect(reply).toMatchObject({ refused: 'InvalidParameterValue' });
  });

  it.each([
    ['VisibilityTimeout', '43201', 'InvalidAttributeValue'],
    ['MessageRetentionPeriod', '59', 'InvalidAttributeValue'],
    ['MaximumMessageSize', '1048577', 'InvalidAttributeValue'],
    ['ReceiveMessageWaitTimeSeconds', '21', 'InvalidAttributeValue'],
    ['DelaySeconds', '1.5', 'InvalidAttributeValue'],
    ['RedrivePolicy', '{"maxReceiveCount":3}', 'InvalidAttributeValue'],
    ['RedriveAllowPolicy', '{"redrivePermission":"byQueue"}', 'InvalidAttributeValue'],
    ['Policy', '{"Statement":[{"Effect":"Perhaps"}]}', 'InvalidAttributeValue'],
    ['Policy', 'none', 'InvalidAttributeValue'],
    ['FifoQueue', 'true', 'InvalidAttributeName'],
  ])('refuses %s %s', (name, value, refused) => {
    const { call } = startQueues();

    const reply = call('CreateQueue', { QueueName: 'q', Attributes: { [name]: value } });

    expect(reply).toMatchObject({ refused });
  });
});

describe('DeleteQueue', () => {
  it('takes the queue away with all that is in it, and knows it no more', () => {
    const { call, service } = startQueues();
    service.addQueue('q');
    const QueueUrl = service.queueUrl('q');
    call('SendMessage', { QueueUrl, MessageBody: 'x' });

    const replies = ['DeleteQueue', 'DeleteQueue', 'ReceiveMessage'].map((name) => call(name, { QueueUrl }));

    expect(replies).toMatchObject([{}, { refused: 'NonExistentQueue' }, { refused: 'NonExistentQueue' }]);
  });
});

describe('queue attributes', () => {
  it('can be set, shown one by one, and documents taken away by an empty value', () => {
    const { call, service } = startQueues();
    service.addQueue('q', { Policy: '{"Statement":[]}' });
    const QueueUrl = service.queueUrl('q');

    call('SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '7', Policy: '' } });
    const reply = call('GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['VisibilityTimeout', 'Policy', 'QueueArn'],
    });

    expect(reply).toEqual({
      Attributes: { VisibilityTimeout: '7', QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:q' },
    });
  });

  it('refuse names that SQS does not know', () => {
    const { call, service } = startQueues();
    service.addQueue('q');

    const reply = call('GetQueueAttributes', { QueueUrl: service.queueUrl('q'), AttributeNames: ['Colour'] });

    expect(reply).toMatchObject({ refused: 'InvalidAttributeName' });
  });
});

describe('queues', () => {
  it('are listed by prefix, page by page', () => {
    const { call, service } = startQueues();
    for (const name of ['b2', 'a', 'b1']) service.addQueue(name);

    const first = call('ListQueues', { QueueNamePrefix: 'b', MaxResults: 1 });
    const second = call('ListQueues', { QueueNamePrefix: 'b', MaxResults: 1, NextToken: 'b1' });

    expect(first).toEqual({ QueueUrls: [service.queueUrl('b1')], NextToken: 'b1' });
    expect(second).toEqual({ QueueUrls: [service.queueUrl('b2')] });
  });

  it('are found by account and name in a URL of any host', () => {
    const { call, service } = startQueues();
    service.addQueue('q');
    const attributesAt = (QueueUrl: string) =>
      call('GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });

    const replies = [
      attributesAt('http://localhost:1234/111122223333/q'),
      attributesAt('https://sqs.eu-west-1.amazonaws.com/999999999999/q'),
      attributesAt('https://sqs.eu-west-1.amazonaws.com/111122223333/none'),
    ];

    expect(replies).toMatchObject([
      { Attributes: { QueueArn: service.queueArn('q') } },
      { refused: 'NonExistentQueue' },
      { refused: 'NonExistentQueue' },
    ]);
  });

  it('are purged at most once a minute', () => {
    const { call, service, send, pass } = startQueues();
    service.addQueue('q');
    send('q', 'one');
    const purge = () => call('PurgeQueue', { QueueUrl: service.queueUrl('q') });

    const first = purge();
    const second = purge();
    pass(60_000);
    const third = purge();

    expect([first, third]).toEqual([{}, {}]);
    expect(second).toMatchObject({ refused: 'PurgeQueueInProgress' });
    expect(service.peek('q')).toEqual([]);
  });
});
