import { beforeAll, describe, expect, it } from 'vitest';
import { PAGES_PER_SECOND } from '../../lambdas/sweep/finding-pages.ts';
import { delaySeconds } from '../../lambdas/triage/acknowledge.ts';
import { readEnvironment } from '../../lambdas/triage/environment.ts';
import { writeRules } from './fixture-rules.ts';
import {
  findingRule,
  only,
  redrivePolicy,
  type Synthesized,
  synthesize,
  triageFunction,
} from './synthesized.ts';

const DAY_SECONDS = 86_400;
let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ rulesDir: writeRules() });
});

describe('the queues', () => {
  it('are three', () => {
    const { ingest, deadLetter, undelivered } = stack;

    expect(new Set([ingest.arn, deadLetter.arn, undelivered.arn]).size).toBe(3);
    expect(stack.resources.queues).toHaveLength(3);
  });

  it('are encrypted by SQS, so that EventBridge needs no key', () => {
    for (const queue of stack.resources.queues) {
      expect(queue.attributes.SqsManagedSseEnabled).toBe('true');
      expect(queue.attributes.KmsMasterKeyId).toBeUndefined();
    }
  });

  it('hide a message for six timeouts and the window', () => {
    const visibilitySeconds = Number(stack.ingest.attributes.VisibilityTimeout);
    const timeoutSeconds = triageFunction(stack.resources).timeoutMs / 1000;
    const { batchingWindowSeconds } = only(stack.resources.eventSourceMappings);

    expect(visibilitySeconds).toBeGreaterThanOrEqual(6 * timeoutSeconds + batchingWindowSeconds);
    expect(visibilitySeconds).toBe(1810);
  });

  it('keep dead letters longer than a message can wait before it becomes one', () => {
    const waits = Number(stack.ingest.attributes.MessageRetentionPeriod);

    expect(waits).toBe(4 * DAY_SECONDS);
    for (const queue of [stack.deadLetter, stack.undelivered])
      expect(Number(queue.attributes.MessageRetentionPeriod)).toBe(14 * DAY_SECONDS);
  });

  it('give a message up after fourteen deliveries, and not before it waited out an outage of two hours', () => {
    const { maxReceiveCount = 0 } = redrivePolicy(stack.ingest);
    const visibilitySeconds = Number(stack.ingest.attributes.VisibilityTimeout);

    const delaysSeconds = Array.from({ length: maxReceiveCount }, (_, n) => delaySeconds(n + 1));

    expect(maxReceiveCount).toBe(14);
    // The first half hour to spare is for a batch that is collected, and tried, while the outage begins or ends.
    expect(delaysSeconds.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(2.5 * 3600);
    expect(maxReceiveCount * visibilitySeconds).toBeLessThan(
      Number(stack.ingest.attributes.MessageRetentionPeriod),
    );
  });

  it('take dead letters from the ingest queue alone', () => {
    const allowed = JSON.parse(stack.deadLetter.attributes.RedriveAllowPolicy ?? '{}');
    const undelivered = JSON.parse(stack.undelivered.attributes.RedriveAllowPolicy ?? '{}');

    expect(allowed).toEqual({ redrivePermission: 'byQueue', sourceQueueArns: [stack.ingest.arn] });
    expect(undelivered).toEqual({ redrivePermission: 'denyAll' });
  });

  it('outlive the stack where they hold dead letters, as the log and the key do; nothing else does', () => {
    const keyed = synthesize({ rulesDir: writeRules(), encryptionKey: 'create' });
    const resources = Object.entries(
      keyed.template.toJSON().Resources as Record<
        string,
        { readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string }
      >,
    );
    const stays = resources.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');

    expect(stays.map(([id]) => id.replace(/^Triage|[0-9A-F]{8}$/g, '')).sort()).toEqual([
      'DeadLetterQueue',
      'EncryptionKey',
      'Log',
      'SweepLog',
      'UndeliveredQueue',
    ]);
    for (const [, { UpdateReplacePolicy }] of stays) expect(UpdateReplacePolicy).toBe('Retain');
  });

  it('keep dead letters for the longest time there is', () => {
    const kept = stack.template.findResources('AWS::SQS::Queue', { DeletionPolicy: 'Retain' });
    const retentions = Object.values(kept).map((queue) => queue.Properties.MessageRetentionPeriod);

    expect(retentions).toEqual([14 * DAY_SECONDS, 14 * DAY_SECONDS]);
  });
});

describe('the event rule', () => {
  it('sends findings to the ingest queue, and to its own dead-letter queue after a day', () => {
    const rule = findingRule(stack.resources);

    expect(rule.enabled).toBe(true);
    expect(only(rule.targets)).toMatchObject({
      arn: stack.ingest.arn,
      deadLetterArn: stack.undelivered.arn,
      maxEventAgeSeconds: DAY_SECONDS,
      maxRetryAttempts: 185,
    });
  });
});

describe('the event source', () => {
  it('collects large batches, two at a time, and tells failures apart', () => {
    const mapping = only(stack.resources.eventSourceMappings);

    expect(mapping).toMatchObject({
      batchSize: 1000,
      batchingWindowSeconds: 10,
      maxConcurrency: 2,
      reportsBatchItemFailures: true,
      enabled: true,
    });
  });
});

describe('the function', () => {
  it('has an environment that its own code accepts', () => {
    const { environment } = triageFunction(stack.resources);

    const read = readEnvironment(environment);

    expect(read).toEqual({
      mode: 'observe',
      deadLetterQueueUrl: stack.deadLetter.url,
      ingestQueueUrl: stack.ingest.url,
      callsPerSecond: 3,
      callBurst: 10,
      readsPerSecond: 1,
      suppressionsPerHour: 500,
      decisionBusArn: null,
    });
  });

  it('stays within the update quota at full concurrency', () => {
    const { callsPerSecond, callBurst } = readEnvironment(triageFunction(stack.resources).environment);
    const { maxConcurrency } = only(stack.resources.eventSourceMappings);

    expect(callsPerSecond * maxConcurrency).toBeLessThanOrEqual(10);
    expect(callBurst * maxConcurrency).toBeLessThanOrEqual(30);
  });

  it.each([2, 3, 7, 10])(
    'reads within the quota, beside the sweep, at a concurrency of %i',
    (maxConcurrency) => {
      const { resources } = synthesize({
        rulesDir: writeRules(),
        maxConcurrency,
        callsPerSecond: 1,
        callBurst: 3,
      });

      const { readsPerSecond } = readEnvironment(triageFunction(resources).environment);

      expect(only(resources.eventSourceMappings).maxConcurrency).toBe(maxConcurrency);
      expect(readsPerSecond).toBeGreaterThan(0);
      expect(readsPerSecond * maxConcurrency + PAGES_PER_SECOND).toBeLessThanOrEqual(3);
    },
  );

  it('runs on Node 24 on Arm and cannot turn text into code', () => {
    const fn = triageFunction(stack.resources);

    expect(fn.runtime).toBe('nodejs24.x');
    expect(fn.environment.NODE_OPTIONS?.split(' ')).toEqual(['--disallow-code-generation-from-strings']);
    stack.template.hasResourceProperties('AWS::Lambda::Function', { Architectures: ['arm64'] });
  });

  it('and the sweep each write to a log of their own, which ends', () => {
    const groups = Object.entries(stack.template.findResources('AWS::Logs::LogGroup'));
    const functions = Object.values(stack.template.findResources('AWS::Lambda::Function'));

    expect(groups.map(([, { Properties }]) => Properties.RetentionInDays)).toEqual([90, 90]);
    expect(functions.map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref).sort()).toEqual(
      groups.map(([id]) => id).sort(),
    );
  });
});

describe('the outputs', () => {
  it('hand an operator the queues, the function, the redrive role and the commands that pause and resume', () => {
    const outputs = stack.template.toJSON().Outputs as Record<string, { Value: object }>;
    const names = Object.keys(outputs).map((name) => name.replace(/^Triage|[0-9A-F]{8}$/g, ''));
    const commands = JSON.stringify(Object.values(outputs));
    const mapping = only(stack.resources.eventSourceMappings).logicalId;

    expect(names.sort()).toEqual([
      'DeadLetterQueueArn',
      'DeadLetterQueueUrl',
      'FunctionName',
      'IngestQueueArn',
      'IngestQueueUrl',
      'PauseCommand',
      'RedriveRoleArn',
      'ResumeCommand',
      'SweepMachineArn',
      'UndeliveredQueueUrl',
    ]);
    for (const flag of ['--no-enabled', '--enabled'])
      expect(commands).toContain(
        `["aws lambda update-event-source-mapping --uuid ",{"Ref":"${mapping}"}," ${flag}"]`,
      );
  });
});

describe('optional settings', () => {
  let tuned: Synthesized;

  beforeAll(() => {
    tuned = synthesize({
      rulesDir: writeRules({ prefix: 'acme', customActions: ['acmeEscalate'] }),
      mode: 'enforce',
      batchSize: 5,
      batchingWindowSeconds: 120,
      reservedConcurrency: 4,
      tracing: true,
      alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:oncall',
      removalPolicy: 'destroy',
      encryptionKey: 'create',
      decisionBus: 'decisions',
    });
  });

  it('name the decision bus among the outputs, for doctor to look at', () => {
    const outputs = Object.entries(tuned.template.toJSON().Outputs as Record<string, { Value: object }>);
    const [bus] = outputs.filter(([name]) => name.includes('DecisionBusArn'));

    expect(JSON.stringify(bus)).toMatch(/:event-bus\/decisions"/);
  });

  it('reach the resources they speak of', () => {
    const fn = triageFunction(tuned.resources);

    expect(readEnvironment(fn.environment).mode).toBe('enforce');
    expect(fn.reservedConcurrency).toBe(4);
    expect(only(tuned.resources.eventSourceMappings)).toMatchObject({
      batchSize: 5,
      batchingWindowSeconds: 120,
    });
    tuned.template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  });

  it('keep the visibility above six timeouts and the longer window', () => {
    expect(Number(tuned.ingest.attributes.VisibilityTimeout)).toBe(6 * 300 + 120);
  });

  it('let everything go with the stack', () => {
    const kept = Object.values(
      tuned.template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>,
    );

    expect(kept.filter((resource) => resource.DeletionPolicy === 'Retain')).toEqual([]);
  });

  it('notify the topic from every alarm', () => {
    const alarms = Object.values(tuned.template.findResources('AWS::CloudWatch::Alarm'));

    expect(alarms.length).toBeGreaterThanOrEqual(6);
    for (const alarm of alarms)
      expect(alarm.Properties.AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:oncall']);
  });

  it('name the actions of the ruleset in the event pattern', () => {
    expect(JSON.stringify(findingRule(tuned.resources).pattern)).toContain(
      '"resources":[{"suffix":":action/custom/acmeEscalate"},{"suffix":":action/custom/acmeRetriage"}]',
    );
  });
});
