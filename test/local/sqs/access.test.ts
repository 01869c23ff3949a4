import { describe, expect, it } from 'vitest';
import type { QueueAccess } from '../../../lib/local/sqs/access.ts';
import { ACCOUNT, bodiesIn, REGION, startQueues } from './queues.ts';

const RULE = `arn:aws:events:${REGION}:${ACCOUNT}:rule/findings`;
const FUNCTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/function`;
const REDRIVE_ROLE = `arn:aws:iam::${ACCOUNT}:role/redrive`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

const ROLES: Readonly<Record<string, string>> = { FUNCTION: FUNCTION_ROLE, REDRIVE: REDRIVE_ROLE, ROOT };
const access: QueueAccess = {
  principalOf: (accessKeyId) => (ROLES[accessKeyId] === undefined ? undefined : { arn: ROLES[accessKeyId] }),
  identityStatements: ({ arn }) => {
    if (arn === FUNCTION_ROLE) return [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }];
    return arn === undefined ? [] : [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }];
  },
};

/** As the product's ingest queue: only its rule and the redrive role may send, and only over TLS. */
const ingestPolicy = (Resource: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource,
      Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource,
      Condition: { ArnNotEquals: { 'aws:SourceArn': RULE, 'aws:PrincipalArn': REDRIVE_ROLE } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

const withIngestQueue = () => {
  const queues = startQueues({ access });
  const { service } = queues;
  service.addQueue('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: service.queueArn('dead'), maxReceiveCount: 3 });
  service.addQueue('ingest', {
    Policy: JSON.stringify(ingestPolicy(service.queueArn('ingest'))),
    RedrivePolicy,
  });
  const send = (queueName: string, accessKeyId: string) =>
    queues.call(
      'SendMessage',
      { QueueUrl: service.queueUrl(queueName), MessageBody: accessKeyId },
      accessKeyId,
    );
  const redrive = (accessKeyId: string) =>
    queues.call(
      'StartMessageMoveTask',
      { SourceArn: service.queueArn('dead'), DestinationArn: service.queueArn('ingest') },
      accessKeyId,
    );
  const lastTask = () => queues.call('ListMessageMoveTasks', { SourceArn: service.queueArn('dead') }, 'ROOT');
  return { ...queues, send, redrive, lastTask };
};

describe('the queue policy', () => {
  it('lets in what its own EventBridge rule sends', () => {
    const { service } = withIngestQueue();

    const result = service.sendAs({ service: 'events.amazonaws.com', sourceArn: RULE }, 'ingest', '{}');

    expect(result).toEqual({ ok: true, messageId: 'id-1' });
    expect(bodiesIn(service, 'ingest')).toEqual(['{}']);
  });

  it.each([
    ['another rule', { service: 'events.amazonaws.com', sourceArn: `${RULE}-other` }],
    ['another service', { service: 'sns.amazonaws.com', sourceArn: RULE }],
    ['a role with permission of its own', { arn: FUNCTION_ROLE }],
    ['nobody', {}],
  ])('keeps out %s', (_who, principal) => {
    const { service } = withIngestQueue();

    const result = service.sendAs(principal, 'ingest', '{}');

    expect(result).toMatchObject({ ok: false, code: 'AccessDenied' });
    expect(service.peek('ingest')).toEqual([]);
  });

  it('denies over the API what it denies in process, whatever the identity may do', () => {
    const { send } = withIngestQueue();

    const replies = ['ROOT', 'FUNCTION', 'REDRIVE'].map((key) => send('ingest', key));

    expect(replies).toMatchObject([
      { refused: 'AccessDenied' },
      { refused: 'AccessDenied' },
      { MessageId: 'id-1' },
    ]);
  });

  it('fails a redrive by one who may not send to the destination, and lets the redrive role through', () => {
    const { send, redrive, lastTask, service } = withIngestQueue();
    send('dead', 'FUNCTION');

    redrive('ROOT');
    const denied = lastTask();
    redrive('REDRIVE');

    expect(denied).toMatchObject({ Results: [{ Status: 'FAILED', FailureReason: 'AccessDenied' }] });
    expect(lastTask()).toMatchObject({ Results: [{ Status: 'COMPLETED' }] });
    expect(bodiesIn(service, 'ingest')).toEqual(['FUNCTION']);
  });
});

describe('identities', () => {
  it('may do what their policies allow and no more', () => {
    const { send, call, service } = withIngestQueue();

    const sent = send('dead', 'FUNCTION');
    const purged = call('PurgeQueue', { QueueUrl: service.queueUrl('dead') }, 'FUNCTION');

    expect(sent).toHaveProperty('MessageId');
    expect(purged).toMatchObject({
      refused: 'AccessDenied',
      message: expect.stringContaining(`${FUNCTION_ROLE} is not authorized to perform: sqs:purgequeue`),
    });
  });

  it('must be known', () => {
    const { service } = withIngestQueue();

    const replies = ['STRANGER', undefined].map((key) => service.call('ListQueues', key, {}));

    expect(replies).toMatchObject([
      { refused: 'InvalidClientTokenId' },
      { refused: 'MissingAuthenticationToken' },
    ]);
  });
});
