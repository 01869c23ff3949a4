import type { Statement } from '../iam/evaluate.ts';
import type { LocalRetrier } from './retriers.ts';

/** Everything of a synthesized app that the local account acts out. */
export interface LocalResources {
  readonly queues: readonly LocalQueue[];
  readonly queuePolicies: readonly LocalQueuePolicy[];
  readonly eventBuses: readonly LocalEventBus[];
  readonly eventRules: readonly LocalEventRule[];
  readonly schedules: readonly LocalSchedule[];
  readonly functions: readonly LocalFunctionSpec[];
  readonly eventSourceMappings: readonly LocalEventSourceMapping[];
  readonly alarms: readonly LocalAlarm[];
  readonly stateMachines: readonly LocalStateMachine[];
  readonly roles: readonly LocalRole[];
  readonly actionTargets: readonly LocalActionTarget[];
  readonly stacks: readonly LocalStack[];
  /** What was left out, so that nobody takes silence for cover. */
  readonly ignored: readonly IgnoredResource[];
}

export interface LocalQueue {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** As CreateQueue takes them: attribute names of the SQS API, values as text, policies as JSON text. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LocalQueuePolicy {
  readonly logicalId: string;
  readonly queueUrls: readonly string[];
  readonly statements: readonly Statement[];
  /** The whole document, resolved. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Beside the default one, which every account has. */
export interface LocalEventBus {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

export interface LocalEventRule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly LocalEventTarget[];
}

/** A rule that takes no events but fires by the clock. */
export interface LocalSchedule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  /** `rate(…)` or `cron(…)`. */
  readonly expression: string;
  readonly targets: readonly (Pick<LocalEventTarget, 'id' | 'arn' | 'roleArn'> & {
    readonly input: unknown;
  })[];
}

export interface LocalEventTarget {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn?: string;
  /** Whom EventBridge becomes to start the target; a queue's own policy says who may send. */
  readonly roleArn?: string;
  readonly maxRetryAttempts: number;
  readonly maxEventAgeSeconds: number;
}

export interface LocalFunctionSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The folder that would be zipped and uploaded. */
  readonly assetDir: string;
  /** `<file without extension>.<export>`. */
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  /** Undefined: the account's whole concurrency. */
  readonly reservedConcurrency?: number;
  readonly logGroupName: string;
}

export interface LocalEventSourceMapping {
  readonly logicalId: string;
  readonly uuid: string;
  readonly arn: string;
  readonly queueArn: string;
  /** Of the function: name or ARN in the template, always the name here. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Concurrent invocations. */
  readonly maxConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
  readonly enabled: boolean;
}

export interface LocalAlarm {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly metrics: readonly LocalAlarmMetric[];
  readonly comparison:
    | 'GreaterThanThreshold'
    | 'GreaterThanOrEqualToThreshold'
    | 'LessThanThreshold'
    | 'LessThanOrEqualToThreshold';
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** How a period without data counts. */
  readonly missing: 'breaching' | 'notBreaching';
}

/** What an alarm looks at: the one that is returned is compared with the threshold. */
export type LocalAlarmMetric = { readonly id: string; readonly returned: boolean } & (
  | {
      readonly kind: 'statistic';
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: Readonly<Record<string, string>>;
      readonly periodMinutes: number;
      readonly statistic: 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount';
    }
  | { readonly kind: 'sum'; readonly of: readonly string[] }
);

export interface LocalStateMachine {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** In the Amazon States Language: https://states-language.net/spec.html */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Its tasks, in the order they are written. */
  readonly tasks: readonly LocalTask[];
}

export interface LocalTask {
  readonly name: string;
  /** `<service>:<action>`, called by Step Functions itself: of the SDK, or `lambda:invoke`. */
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly retries: readonly LocalRetrier[];
}

export interface LocalRole {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Inline, attached and managed policies of the template together. */
  readonly statements: readonly Statement[];
  /** Who may assume it. */
  readonly trust: readonly Statement[];
}

export interface LocalStack {
  readonly name: string;
  /** The stack's ARN. */
  readonly id: string;
  /** By the name in the template; each as text. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A custom action of Security Hub. */
export interface LocalActionTarget {
  readonly logicalId: string;
  readonly arn: string;
  readonly id: string;
  /** What stands on the button, and in the events it sends. */
  readonly name: string;
  readonly description: string;
}

export interface IgnoredResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}
