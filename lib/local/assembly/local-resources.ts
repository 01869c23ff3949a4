import type { Statement } from '../iam/evaluate.ts';

/** Everything of a synthesized app that the local account acts out. */
export interface LocalResources {
  readonly queues: readonly LocalQueue[];
  readonly queuePolicies: readonly LocalQueuePolicy[];
  readonly eventRules: readonly LocalEventRule[];
  readonly functions: readonly LocalFunctionSpec[];
  readonly eventSourceMappings: readonly LocalEventSourceMapping[];
  readonly roles: readonly LocalRole[];
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

export interface LocalEventRule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly LocalEventTarget[];
}

export interface LocalEventTarget {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn?: string;
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

export interface LocalRole {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Inline, attached and managed policies of the template together. */
  readonly statements: readonly Statement[];
}

export interface IgnoredResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}
