import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from './configuration.ts';
import { createFunctionRole } from './function-role.ts';
import type { TriageQueues } from './queues.ts';
import { FUNCTION_TIMEOUT_SECONDS } from './timings.ts';
import { triageCode } from './triage-code.ts';

/** Text can never become code in the function. */
const NODE_OPTIONS = '--disallow-code-generation-from-strings';

/** The function with its log and its role, all named apart so that nothing is created implicitly at run time. */
export function createFunction(
  scope: Construct,
  configuration: TriageConfiguration,
  queues: TriageQueues,
): { readonly triage: lambda.Function; readonly role: iam.Role; readonly logGroup: logs.LogGroup } {
  const { reservedConcurrency, tracing } = configuration;
  const logGroup = new logs.LogGroup(scope, 'Log', {
    retention: configuration.logRetentionDays,
    removalPolicy: configuration.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  const role = createFunctionRole(scope, { queues, logGroup, tracing });
  const triage = new lambda.Function(scope, 'Function', {
    description: 'Decides on Security Hub findings by rules and updates them',
    code: triageCode(scope, configuration.rulesDir),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS),
    memorySize: configuration.memoryMb,
    environment: environment(configuration, queues),
    logGroup,
    // Its policy is complete: what CDK would add by itself is left out.
    role: role.withoutPolicyUpdates(),
    tracing: tracing ? lambda.Tracing.ACTIVE : lambda.Tracing.DISABLED,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
  });
  return { triage, role, logGroup };
}

/** The variables lambdas/triage reads at its cold start. */
function environment(configuration: TriageConfiguration, queues: TriageQueues): Record<string, string> {
  return {
    TRIAGE_MODE: configuration.mode,
    DEAD_LETTER_QUEUE_URL: queues.deadLetter.queueUrl,
    INGEST_QUEUE_URL: queues.ingest.queueUrl,
    CALLS_PER_SECOND: String(configuration.callsPerSecond),
    CALL_BURST: String(configuration.callBurst),
    POWERTOOLS_LOG_LEVEL: configuration.logLevel,
    NODE_OPTIONS,
  };
}
