import { Validations } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

/** A finding of cdk-nag that stands, and why. */
interface Acknowledgement {
  /** Below the construct, by path. */
  readonly of: readonly string[];
  /** As cdk-nag names them: the pack, and the rule in it. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/** What the packs AwsSolutions, NIST.800.53.R5, HIPAA.Security, PCI.DSS.321 and Serverless say of every deployment. */
const ALWAYS: readonly Acknowledgement[] = [
  {
    of: ['DeadLetterQueue', 'UndeliveredQueue'],
    rules: ['AwsSolutions::AwsSolutions-SQS3', 'Serverless::Serverless-SQSRedrivePolicy'],
    reason:
      'These queues are where dead letters end: SQS and EventBridge put them there, and an alarm watches each.',
  },
  {
    of: ['Function'],
    rules: [
      'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
      'HIPAA.Security::HIPAA.Security-LambdaDLQ',
      'Serverless::Serverless-LambdaDLQ',
    ],
    reason:
      'A dead-letter queue of the function serves asynchronous invocations; this one is fed by a queue that has its own.',
  },
  {
    of: ['EventSource'],
    rules: ['Serverless::Serverless-LambdaEventSourceMappingDestination'],
    reason:
      'Destinations are for streams; messages of a queue return to it one by one and end in its dead-letter queue.',
  },
  {
    of: ['Sweep/Function'],
    rules: [
      'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
      'HIPAA.Security::HIPAA.Security-LambdaDLQ',
      'Serverless::Serverless-LambdaDLQ',
      'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
      'HIPAA.Security::HIPAA.Security-LambdaConcurrency',
      'Serverless::Serverless-LambdaTracing',
    ],
    reason:
      'Its state machine runs it one at a time, waits for its answer and tries again; what it does stands in that history.',
  },
  {
    of: ['Function', 'Sweep/Function'],
    rules: [
      'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC',
      'HIPAA.Security::HIPAA.Security-LambdaInsideVPC',
      'PCI.DSS.321::PCI.DSS.321-LambdaInsideVPC',
    ],
    reason:
      "It speaks to AWS's own APIs alone and reads nothing in a network of yours, so a VPC would only add a way out of one.",
  },
  {
    of: ['BreakerMachine'],
    rules: [
      'AwsSolutions::AwsSolutions-SF1',
      'AwsSolutions::AwsSolutions-SF2',
      'Serverless::Serverless-StepFunctionStateMachineXray',
    ],
    reason:
      'Its one call stands in CloudTrail and in its history of 90 days; logs and traces of their own would need rights on all of the account.',
  },
  {
    of: ['BreakerTrips'],
    rules: ['Serverless::Serverless-EventBusDLQ'],
    reason:
      'EventBridge tries for a day, and the alarms that trip the breaker notify an operator all the same.',
  },
  {
    of: ['Sweep/Machine'],
    rules: [
      'AwsSolutions::AwsSolutions-SF1',
      'AwsSolutions::AwsSolutions-SF2',
      'Serverless::Serverless-StepFunctionStateMachineXray',
    ],
    reason:
      'Each stretch of a sweep stands in its history of 90 days and in the log of its function; a log or traces of its own would need rights on all of the account.',
  },
  {
    of: ['Sweep/Schedule'],
    rules: ['Serverless::Serverless-EventBusDLQ'],
    reason: 'EventBridge tries for a day, and by then the schedule starts the next sweep.',
  },
];

/** What a setting that was left out adds, and the setting. */
const UNLESS_SET = {
  alarmTopicArn: {
    of: [],
    rules: [
      'NIST.800.53.R5::NIST.800.53.R5-CloudWatchAlarmAction',
      'HIPAA.Security::HIPAA.Security-CloudWatchAlarmAction',
    ],
    reason: 'Whom alarms notify is for the owner to say: triage:alarmTopicArn.',
  },
  reservedConcurrency: {
    of: ['Function'],
    rules: [
      'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
      'HIPAA.Security::HIPAA.Security-LambdaConcurrency',
    ],
    reason:
      'The event source caps it at triage:maxConcurrency; a new account may have no concurrency to reserve (triage:reservedConcurrency).',
  },
  encryptionKey: {
    of: ['Log', 'Sweep/Log'],
    rules: [
      'NIST.800.53.R5::NIST.800.53.R5-CloudWatchLogGroupEncrypted',
      'HIPAA.Security::HIPAA.Security-CloudWatchLogGroupEncrypted',
      'PCI.DSS.321::PCI.DSS.321-CloudWatchLogGroupEncrypted',
    ],
    reason: 'CloudWatch Logs encrypts it by a key of its own; triage:encryptionKey sets one of the customer.',
  },
} as const satisfies Readonly<Record<string, Acknowledgement>>;

const WHERE_TRACED: readonly Acknowledgement[] = [
  {
    of: ['FunctionPolicy'],
    rules: ['AwsSolutions::AwsSolutions-IAM5[Resource::*]'],
    reason:
      "X-Ray's actions that write know no resources, and nothing else in this policy is for all of them.",
  },
];

const WHERE_UNTRACED: readonly Acknowledgement[] = [
  {
    of: ['Function'],
    rules: ['Serverless::Serverless-LambdaTracing'],
    reason: 'Traces cost money and say little of batches; triage:tracing turns them on.',
  },
];

/**
 * Says to cdk-nag what was looked at and left, each with a sentence, so that an app with its packs on synthesizes
 * this construct without work of its own. The packs themselves run in the tests.
 */
export function acknowledge(
  scope: Construct,
  settings: { readonly [K in keyof typeof UNLESS_SET]?: unknown } & { readonly tracing: boolean },
): void {
  const unset = Object.entries(UNLESS_SET)
    .filter(([setting]) => settings[setting as keyof typeof UNLESS_SET] === undefined)
    .map(([, acknowledgement]): Acknowledgement => acknowledgement);
  const all = [...ALWAYS, ...unset, ...(settings.tracing ? WHERE_TRACED : WHERE_UNTRACED)];
  for (const { of, rules, reason } of all) {
    const named = of.map((path) => findBelow(scope, path)).filter((child) => child !== undefined);
    for (const construct of of.length === 0 ? [scope] : named)
      Validations.of(construct).acknowledge(...rules.map((id) => ({ id, reason })));
  }
}

function findBelow(scope: Construct, path: string): IConstruct | undefined {
  return path
    .split('/')
    .reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope);
}
