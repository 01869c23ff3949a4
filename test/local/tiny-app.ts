import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';

export interface TinyApp {
  readonly assemblyDir: string;
  readonly remove: () => void;
}

export interface TinyAppOptions {
  /** The text of index.mjs: no dependencies, for nothing bundles it. */
  readonly handler: string;
  readonly timeoutSeconds?: number;
  readonly batchSize?: number;
  readonly windowSeconds?: number;
  readonly maxReceiveCount?: number;
  readonly partialResponse?: boolean;
  /** Changes or adds to the stack before it is synthesized. */
  readonly extend?: (stack: Stack, parts: TinyParts) => void;
}

export interface TinyParts {
  readonly ingest: Queue;
  readonly deadLetters: Queue;
  readonly lambda: LambdaFunction;
  readonly rule: Rule;
}

/**
 * Synthesizes a small app of the product's shape (rule → queue → function, with both dead-letter queues) into a
 * new folder, so that reading an assembly is tested against what CDK really writes.
 */
export function synthesizeTinyApp(options: TinyAppOptions): TinyApp {
  const dir = mkdtempSync(join(tmpdir(), 'tiny-app-'));
  const assetDir = join(dir, 'asset');
  mkdirSync(assetDir);
  writeFileSync(join(assetDir, 'index.mjs'), options.handler);
  const assemblyDir = join(dir, 'cdk.out');
  const app = new App({ outdir: assemblyDir, analyticsReporting: false });
  const stack = new Stack(app, 'Tiny');
  const parts = addParts(stack, assetDir, options);
  options.extend?.(stack, parts);
  app.synth();
  return { assemblyDir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

function addParts(stack: Stack, assetDir: string, options: TinyAppOptions): TinyParts {
  const deadLetters = new Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) });
  const targetDeadLetters = new Queue(stack, 'TargetDeadLetters');
  const ingest = new Queue(stack, 'Ingest', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: options.maxReceiveCount ?? 3 },
  });
  const lambda = new LambdaFunction(stack, 'Triage', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(assetDir),
    timeout: Duration.seconds(options.timeoutSeconds ?? 10),
    memorySize: 256,
    environment: { DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl, GREETING: `from ${stack.stackName}` },
  });
  deadLetters.grantSendMessages(lambda);
  lambda.addEventSource(
    new SqsEventSource(ingest, {
      batchSize: options.batchSize ?? 100,
      maxBatchingWindow: Duration.seconds(options.windowSeconds ?? 1),
      maxConcurrency: 2,
      reportBatchItemFailures: options.partialResponse ?? true,
    }),
  );
  const rule = new Rule(stack, 'Findings', {
    eventPattern: { source: ['aws.securityhub'], detail: { findings: { RecordState: ['ACTIVE'] } } },
    targets: [
      new SqsQueue(ingest, {
        deadLetterQueue: targetDeadLetters,
        retryAttempts: 10,
        maxEventAge: Duration.hours(1),
      }),
    ],
  });
  return { ingest, deadLetters, lambda, rule };
}
