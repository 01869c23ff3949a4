import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { TriageConfiguration } from './configuration.ts';

/** How one setting is read: from text (`-c key=value`) or from its JSON type (cdk.json, construct props). */
export interface ConfigurationKey<T> {
  /** The allowed values in words, for error messages. */
  readonly allowed: string;
  /** The value, or undefined where the raw one is not allowed. */
  readonly read: (raw: unknown) => T | undefined;
}

type Keys = {
  readonly [K in keyof Required<TriageConfiguration>]: ConfigurationKey<Required<TriageConfiguration>[K]>;
};

/** Every setting there is, with its allowed values: an unlisted key is a typing mistake. */
export const CONFIGURATION_KEYS: Keys = {
  mode: oneOf('observe', 'enforce'),
  rulesDir: text(/\S/, 'the path of a folder'),
  accountFacts: text(/\S/, 'the path of a file'),
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
  batchSize: whole(1, 10_000),
  batchingWindowSeconds: whole(0, 300),
  // https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html
  maxConcurrency: whole(2, 1000),
  callsPerSecond: whole(1, 10),
  callBurst: whole(1, 30),
  suppressionsPerHour: orNone(whole(1, 1_000_000)),
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html: 1 takes no plural, all else does.
  sweepSchedule: text(
    /^(?:off|rate\(1 (?:minute|hour|day)\)|rate\((?:[2-9]|[1-9]\d{1,3}) (?:minutes|hours|days)\)|cron\((?:\S+ ){5}\S+\))$/,
    'off, or a schedule of EventBridge such as rate(1 day) or rate(12 hours)',
  ),
  memoryMb: whole(128, 10_240),
  logRetentionDays: listed(logRetentionDays()),
  logLevel: oneOf('DEBUG', 'INFO', 'WARN', 'ERROR'),
  oldestEventAlarmSeconds: whole(60, 345_600),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: a week at most.
  silenceAlarmHours: orNone(whole(1, 168)),
  runbookUrl: text(/^https?:\/\/[^\s#]{1,500}$/, 'an https address without anchor'),
  alarmTopicArn: text(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]+$/, 'the ARN of an SNS topic'),
  // IAM names no ARN but of what is there: a condition on the caller's ARN takes those of single sign-on, by pattern.
  redrivePrincipals: several(
    /^arn:[\w-]+:iam::\d{12}:(?:role|user)\/[\w+=.@/*-]{1,500}$/,
    'ARNs of IAM roles or users, with commas between',
  ),
  reservedConcurrency: whole(2, 1000),
  // No alias: policies name keys.
  encryptionKey: text(
    /^(?:create|arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+)$/,
    '"create" or the ARN of a KMS key',
  ),
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html: only partners' have a slash.
  decisionBus: text(
    /^(?:arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/)?(?!default$|aws\.)[\w.-]{1,256}$/,
    'the name or ARN of an event bus of yours, not the default one',
  ),
  tracing: flag(),
  removalPolicy: oneOf('retain', 'destroy'),
};

function oneOf<T extends string>(...values: readonly T[]): ConfigurationKey<T> {
  return { allowed: values.join(' or '), read: (raw) => values.find((value) => value === raw) };
}

function text(pattern: RegExp, allowed: string): ConfigurationKey<string> {
  return { allowed, read: (raw) => (typeof raw === 'string' && pattern.test(raw) ? raw : undefined) };
}

/** From text with commas, or from a list. */
function several(pattern: RegExp, allowed: string): ConfigurationKey<readonly string[]> {
  return {
    allowed,
    read: (raw) => {
      const values: readonly unknown[] =
        typeof raw === 'string' ? raw.split(',') : Array.isArray(raw) ? raw : [];
      const texts = values.filter((value) => typeof value === 'string').map((value) => value.trim());
      return texts.length > 0 && texts.length === values.length && texts.every((text) => pattern.test(text))
        ? texts
        : undefined;
    },
  };
}

function flag(): ConfigurationKey<boolean> {
  return {
    allowed: 'true or false',
    read: (raw) =>
      raw === true || raw === 'true' ? true : raw === false || raw === 'false' ? false : undefined,
  };
}

function whole(least: number, most: number): ConfigurationKey<number> {
  return {
    allowed: `a whole number from ${least} to ${most}`,
    read: (raw) => {
      const value = wholeNumber(raw);
      return value !== undefined && value >= least && value <= most ? value : undefined;
    },
  };
}

function orNone<T>({ allowed, read }: ConfigurationKey<T>): ConfigurationKey<T | 'none'> {
  return { allowed: `${allowed}, or none`, read: (raw) => (raw === 'none' ? 'none' : read(raw)) };
}

function listed(values: readonly number[]): ConfigurationKey<number> {
  return {
    allowed: `one of ${values.join(', ')}`,
    read: (raw) => values.find((value) => value === wholeNumber(raw)),
  };
}

function wholeNumber(raw: unknown): number | undefined {
  if (typeof raw === 'string') return /^\d{1,9}$/.test(raw) ? Number(raw) : undefined;
  return typeof raw === 'number' && Number.isInteger(raw) ? raw : undefined;
}

function logRetentionDays(): readonly number[] {
  const days = Object.values(RetentionDays).filter((value) => typeof value === 'number');
  // CDK's own sentinel for "never expire"; a log without an end is not offered.
  return days.filter((value) => value !== RetentionDays.INFINITE).sort((a, b) => a - b);
}
