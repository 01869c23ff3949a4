import { CfnCondition, CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { AssemblyError } from '../../../lib/local/assembly/assembly-error.ts';
import { readCloudAssembly } from '../../../lib/local/assembly/cloud-assembly.ts';
import { resolveResources } from '../../../lib/local/assembly/resolve-resources.ts';
import { synthesizeTinyApp, type TinyApp, type TinyParts } from '../tiny-app.ts';

const DEPLOYMENT = {
  accountId: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  queueUrl: (name: string) => `http://127.0.0.1:9324/111122223333/${name}`,
};

const apps: TinyApp[] = [];
afterEach(() => {
  for (const app of apps.splice(0)) {
    app.remove();
  }
});

function resolved(extend?: (stack: Stack, parts: TinyParts) => void) {
  const app = synthesizeTinyApp({
    handler: 'export const handler = async () => {};',
    ...(extend && { extend }),
  });
  apps.push(app);
  return resolveResources(readCloudAssembly(app.assemblyDir), DEPLOYMENT);
}

describe('resolveResources', () => {
  it('makes concrete resources of what CDK synthesized', () => {
    const { queues, queuePolicies, eventRules, functions, eventSourceMappings, roles } = resolved();

    const ingest = queues.find((queue) => queue.logicalId.startsWith('Ingest'));
    const deadLetters = queues.find((queue) => queue.logicalId.startsWith('DeadLetters'));
    const targetDeadLetters = queues.find((queue) => queue.logicalId.startsWith('TargetDeadLetters'));
    expect(queues).toHaveLength(3);
    expect(ingest?.arn).toBe(`arn:aws:sqs:eu-west-1:111122223333:${ingest?.name}`);
    expect(ingest?.attributes).toEqual({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters?.arn, maxReceiveCount: 3 }),
      SqsManagedSseEnabled: 'true',
      VisibilityTimeout: '60',
    });
    expect(eventRules).toEqual([
      expect.objectContaining({
        enabled: true,
        pattern: { source: ['aws.securityhub'], detail: { findings: { RecordState: ['ACTIVE'] } } },
        targets: [
          {
            id: 'Target0',
            arn: ingest?.arn,
            deadLetterArn: targetDeadLetters?.arn,
            maxRetryAttempts: 10,
            maxEventAgeSeconds: 3600,
          },
        ],
      }),
    ]);
    const policy = queuePolicies.find((candidate) => candidate.queueUrls.includes(ingest?.url ?? ''));
    expect(policy?.statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Resource: ingest?.arn,
        Condition: { ArnEquals: { 'aws:SourceArn': eventRules[0]?.arn } },
      }),
    );
    const role = roles[0];
    expect(functions).toEqual([
      expect.objectContaining({
        handler: 'index.handler',
        runtime: 'nodejs24.x',
        timeoutMs: 10_000,
        memoryMb: 256,
        roleArn: role?.arn,
        environment: { DEAD_LETTER_QUEUE_URL: deadLetters?.url, GREETING: 'from Tiny' },
      }),
    ]);
    expect(eventSourceMappings).toEqual([
      expect.objectContaining({
        queueArn: ingest?.arn,
        functionName: functions[0]?.name,
        batchSize: 100,
        batchingWindowSeconds: 1,
        maxConcurrency: 2,
        reportsBatchItemFailures: true,
        enabled: true,
      }),
    ]);
    expect(role?.statements).toContainEqual({
      Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      Effect: 'Allow',
      Resource: deadLetters?.arn,
    });
  });

  it('lists what it leaves out', () => {
    const { ignored } = resolved((stack) => new CfnTopic(stack, 'Alarms'));

    expect(ignored).toContainEqual({
      logicalId: 'Alarms',
      type: 'AWS::SNS::Topic',
      reason: 'not acted out by the local account',
    });
    expect(ignored).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('AWSLambdaBasicExecutionRole') }),
    );
  });

  it('leaves out a resource whose condition is false, and takes the branch of Fn::If that holds', () => {
    const { queues } = resolved((stack) => {
      const never = new CfnCondition(stack, 'Never', {
        expression: Fn.conditionEquals(stack.region, 'nowhere'),
      });
      const absent = new CfnQueue(stack, 'Absent');
      absent.cfnOptions.condition = never;
      const chosen = new CfnQueue(stack, 'Chosen');
      chosen.addPropertyOverride('QueueName', Fn.conditionIf('Never', 'left', 'right'));
    });

    expect(queues.map((queue) => queue.logicalId)).not.toContain('Absent');
    expect(queues.find((queue) => queue.logicalId === 'Chosen')?.name).toBe('right');
  });

  it('names the logical id of a resource that refers to what it cannot know', () => {
    const synthesizing = () =>
      resolved((stack) => {
        const unknown = new CfnResource(stack, 'Stream', { type: 'AWS::Kinesis::Stream' });
        new CfnQueue(stack, 'Dependent', { queueName: unknown.getAtt('Arn').toString() });
      });

    expect(synthesizing).toThrow(AssemblyError);
    expect(synthesizing).toThrow(/Dependent: Stream: .*AWS::Kinesis::Stream/);
  });

  it('refuses a batch size that Lambda refuses without a window', () => {
    const synthesizing = () =>
      resolved((_stack, { lambda }) => {
        const mapping = lambda.node.findAll().find((node) => node instanceof CfnEventSourceMapping);
        mapping?.addPropertyOverride('MaximumBatchingWindowInSeconds', 0);
      });

    expect(synthesizing).toThrow(/BatchSize 100 is outside 1–10/);
  });
});

describe('readCloudAssembly', () => {
  it('says so when a folder is no cloud assembly', () => {
    expect(() => readCloudAssembly(import.meta.dirname)).toThrow(
      /is the folder a synthesized cloud assembly/,
    );
  });
});
