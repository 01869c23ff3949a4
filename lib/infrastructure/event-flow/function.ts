import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Ruleset } from '../../rules/ruleset.ts';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { decisionBusArn } from '../permissions/decision-bus.ts';
import { createFunctionRole } from '../permissions/function-role.ts';
import type { TriageQueues } from '../queues/queues.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../queues/timings.ts';

/** Text can never become code in a function. */
export const NODE_OPTIONS = '--disallow-code-generation-from-strings';

/** The function with its log and its role, all named apart so that nothing is created implicitly at run time. */
export function createFunction(
  scope: Construct,
  configuration: TriageConfiguration,
  queues: TriageQueues,
  ruleset: Ruleset,
  code: lambda.Code,
): { readonly triage: lambda.Function; readonly role: iam.Role; readonly logGroup: logs.LogGroup } {
  const { reservedConcurrency, tracing, mode } = configuration;
  const logGroup = new logs.LogGroup(scope, 'Log', {
    ...(queues.key && { encryptionKey: queues.key }),
    retention: configuration.logRetentionDays,
    removalPolicy: configuration.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  const busArn = decisionBusArn(scope, configuration);
  const role = createFunctionRole(scope, { queues, logGroup, tracing, mode, ruleset, busArn });
  const triage = new lambda.Function(scope, 'Function', {
    description: 'Decides on Security Hub findings by rules and updates them',
    code,
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS),
    memorySize: configuration.memoryMb,
    environment: environment(configuration, queues, busArn),
    logGroup,
    // Its policy is complete: what CDK would add by itself is left out.
    role: role.withoutPolicyUpdates(),
    tracing: tracing ? lambda.Tracing.ACTIVE : lambda.Tracing.DISABLED,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
  });
  return { triage, role, logGroup };
}

/**
 * GetFindings calls a second of all environments together. The account has 3, and the sweep takes 1 of them:
 * https://docs.aws.amazon.com/general/latest/gr/sechub.html
 */
const READS_TOGETHER = 2;

/** Rounded down, so that the shares never add up to more. */
function readShare({ maxConcurrency }: TriageConfiguration): number {
  return Math.floor((READS_TOGETHER / maxConcurrency) * 1000) / 1000;
}

/** Each environment counts alone, so each has an equal share: together they stay within the budget. */
function suppressionShare({ suppressionsPerHour, maxConcurrency }: TriageConfiguration): number | 'none' {
  return suppressionsPerHour === 'none' ? 'none' : Math.floor(suppressionsPerHour / maxConcurrency);
}

/** The variables lambdas/triage reads at its cold start. */
function environment(
  configuration: TriageConfiguration,
  queues: TriageQueues,
  busArn: string | null,
): Record<string, string> {
  return {
    TRIAGE_MODE: configuration.mode,
    DEAD_LETTER_QUEUE_URL: queues.deadLetter.queueUrl,
    INGEST_QUEUE_URL: queues.ingest.queueUrl,
    CALLS_PER_SECOND: String(configuration.callsPerSecond),
    CALL_BURST: String(configuration.callBurst),
    READS_PER_SECOND: String(readShare(configuration)),
    SUPPRESSIONS_PER_HOUR: String(suppressionShare(configuration)),
    ...(busArn !== null && { DECISION_BUS_ARN: busArn }),
    POWERTOOLS_LOG_LEVEL: configuration.logLevel,
    NODE_OPTIONS,
  };
}
