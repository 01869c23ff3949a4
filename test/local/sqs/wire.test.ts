import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedQueues, serveQueueService } from '../../../lib/local/sqs/queue-server.ts';
import { createQueueService, type QueueService } from '../../../lib/local/sqs/queue-service.ts';
import { ACCOUNT, REGION } from './queues.ts';

let service: QueueService;
let served: ServedQueues;
let sqs: SQSClient;

beforeAll(async () => {
  service = createQueueService({ region: REGION, accountId: ACCOUNT, now: Date.now });
  served = await serveQueueService(service);
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  sqs = new SQSClient({ region: REGION, endpoint: served.endpoint, credentials, maxAttempts: 3 });
});

afterAll(async () => {
  sqs.destroy();
  await served.close();
});

const queueNamed = (name: string) => {
  service.addQueue(name);
  return service.queueUrl(name);
};

describe('the AWS SDK against the served queues', () => {
  it('sends, receives and deletes, with every digest as the SDK computes it', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'sdk' }));
    const MessageAttributes = {
      code: { DataType: 'String', StringValue: 'InvalidInput 😀' },
      count: { DataType: 'Number.int', StringValue: '3' },
      raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    };

    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'emoji 😀', MessageAttributes }),
    );
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));

    expect(QueueUrl).toBe(`${served.endpoint}/${ACCOUNT}/sdk`);
    expect(Messages).toMatchObject([{ MessageId: sent.MessageId, Body: 'emoji 😀', MessageAttributes }]);
    expect(Messages[0]?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(service.peek('sdk')).toEqual([]);
  });

  it('finds the queue by a URL of the real host when the endpoint is set', async () => {
    queueNamed('real');
    const QueueUrl = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/real`;

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));

    expect(service.peek('real')).toHaveLength(1);
  });

  it('gets only the message attributes it asks for', async () => {
    const QueueUrl = queueNamed('chosen');
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const MessageAttributes = { 'cause.code': text('a'), 'cause.message': text('b'), at: text('c') };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }));

    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['cause.*'] }),
    );

    expect(Object.keys(Messages[0]?.MessageAttributes ?? {})).toEqual(['cause.code', 'cause.message']);
  });

  it('waits for a message that comes during a long poll', async () => {
    const QueueUrl = queueNamed('awaited');
    const polled = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));

    const sent = service.sendAs({ arn: `arn:aws:iam::${ACCOUNT}:root` }, 'awaited', 'late');
    const { Messages = [] } = await polled;

    expect(sent.ok).toBe(true);
    expect(Messages).toMatchObject([{ Body: 'late' }]);
  });

  it('gets a message that becomes visible by time alone during a long poll', async () => {
    const QueueUrl = queueNamed('delayed');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'slow', DelaySeconds: 1 }));

    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));

    expect(Messages).toMatchObject([{ Body: 'slow' }]);
  });

  it('takes no message for a caller that has gone away', async () => {
    const QueueUrl = queueNamed('abandoned');
    const caller = new AbortController();
    const polled = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: caller.signal,
    });
    setTimeout(() => caller.abort(), 50);
    await expect(polled).rejects.toThrow();
    // The server sees the closed connection a moment after the client closed it.
    await new Promise((resolve) => setTimeout(resolve, 100));

    service.sendAs({ arn: `arn:aws:iam::${ACCOUNT}:root` }, 'abandoned', 'kept');
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(service.peek('abandoned')).toMatchObject([{ visibility: 'visible', receiveCount: 0 }]);
  });

  it('sees Failed entries of a batch, and retries a call that fails whole', async () => {
    const QueueUrl = queueNamed('faulty');
    const Entries = [
      { Id: 'a', MessageBody: 'a' },
      { Id: 'b', MessageBody: 'b' },
    ];
    service.failSendEntries('faulty', 1);
    service.failSends('faulty', 2);

    const reply = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    expect(reply).toMatchObject({
      $metadata: { attempts: 3 },
      Failed: [{ Id: 'a', Code: 'InternalError', SenderFault: false }],
      Successful: [{ Id: 'b' }],
    });
  });

  it.each([
    ['QueueDoesNotExist', new GetQueueUrlCommand({ QueueName: 'none' })],
    ['InvalidAttributeName', new CreateQueueCommand({ QueueName: 'q', Attributes: { FifoQueue: 'true' } })],
    ['ResourceNotFoundException', new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:x:y:z' })],
  ] as const)('names the error %s', async (name, command) => {
    const attempt = sqs.send(command as GetQueueUrlCommand);

    await expect(attempt).rejects.toMatchObject({ name });
  });

  it('names a refused character and a bad receipt handle as SQS does', async () => {
    const QueueUrl = queueNamed('named');

    const body = sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '\uffff' }));
    await expect(body).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    const handle = sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' }));
    await expect(handle).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is slowed neither by a queue it may not wait on nor by a wait of none', async () => {
    const QueueUrl = queueNamed('empty');
    const startedMs = performance.now();

    const reply = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

    expect(reply.Messages).toBeUndefined();
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

describe('the served queues', () => {
  it('refuse what is not JSON, not the JSON protocol, unsigned or no action', async () => {
    const post = async (body: string, headers: Record<string, string>) => {
      const response = await fetch(served.endpoint, { method: 'POST', body, headers });
      return [response.status, response.headers.get('x-amzn-query-error')];
    };
    const authorization =
      'AWS4-HMAC-SHA256 Credential=KEY/20270101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0';
    const target = (name: string) => ({ 'x-amz-target': `AmazonSQS.${name}` });

    const replies = [
      await post('{', { ...target('ListQueues'), authorization }),
      await post('Action=ListQueues', { authorization }),
      await post('{}', target('ListQueues')),
      await post('{}', { ...target('Juggle'), authorization }),
    ];

    expect(replies).toEqual([
      [400, 'MalformedInput;Sender'],
      [400, 'MalformedInput;Sender'],
      [403, 'MissingAuthenticationToken;Sender'],
      [400, 'InvalidAction;Sender'],
    ]);
  });

  it('say what is wrong where a policy cannot be judged', async () => {
    const Statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:*',
      Resource: '*',
      Condition: { Sounds: { 'aws:Like': 'x' } },
    };
    service.addQueue('odd', { Policy: JSON.stringify({ Statement }) });

    const purged = sqs.send(new PurgeQueueCommand({ QueueUrl: service.queueUrl('odd') }));

    await expect(purged).rejects.toMatchObject({
      message: expect.stringContaining('Sounds'),
      $metadata: { httpStatusCode: 500 },
    });
  });
});

const hasCli = spawnSync('aws', ['--version']).status === 0;
if (!hasCli) {
  console.log('The AWS CLI is not installed: its test against the local SQS is not registered.');
} else {
  describe('the AWS CLI against the served queues', () => {
    it('sends, redrives and shows errors by their codes', async () => {
      queueNamed('cli-dead');
      const deadLetterTargetArn = service.queueArn('cli-dead');
      service.addQueue('cli', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }) });
      const env = {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ACCESS_KEY_ID: 'KEY',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_DEFAULT_REGION: REGION,
      };
      const aws = (...args: string[]) =>
        promisify(execFile)('aws', ['sqs', ...args, '--output', 'json', '--endpoint-url', served.endpoint], {
          env,
        });

      await aws(
        'send-message',
        '--queue-url',
        service.queueUrl('cli-dead'),
        '--message-body',
        'from the CLI',
      );
      await aws(
        'start-message-move-task',
        '--source-arn',
        deadLetterTargetArn,
        '--destination-arn',
        service.queueArn('cli'),
      );
      const tasks = await aws('list-message-move-tasks', '--source-arn', deadLetterTargetArn);
      const missing = aws('get-queue-url', '--queue-name', 'none');

      await expect(missing).rejects.toThrow('(AWS.SimpleQueueService.NonExistentQueue)');
      expect(JSON.parse(tasks.stdout)).toMatchObject({ Results: [{ Status: 'COMPLETED' }] });
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: service.queueUrl('cli'),
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    });
  });
}
