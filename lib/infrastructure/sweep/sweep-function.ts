import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { NODE_OPTIONS } from '../event-flow/function.ts';
import { useEncryptionKey } from '../queues/encryption-key.ts';
import type { TriageQueues } from '../queues/queues.ts';

/** A stretch of four minutes and one to finish: each ends with a checkpoint, so a crash costs no more than that. */
const TIMEOUT = Duration.minutes(5);
/** A page may have 24 MB of findings, as text and as objects. */
const MEMORY_MB = 512;

/**
 * Reads findings and sends events to the ingest queue. It cannot write to Security Hub: what is written is decided
 * again by the triage function.
 */
export function createSweepFunction(
  scope: Construct,
  configuration: TriageConfiguration,
  queues: TriageQueues,
  code: lambda.Code,
): { readonly sweep: lambda.Function; readonly role: iam.Role } {
  const logGroup = new logs.LogGroup(scope, 'Log', {
    ...(queues.key && { encryptionKey: queues.key }),
    retention: configuration.logRetentionDays,
    removalPolicy: configuration.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  const role = sweepRole(scope, queues, logGroup);
  const sweep = new lambda.Function(scope, 'Function', {
    description: 'Sends existing Security Hub findings on which rules would act to triage',
    code,
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    timeout: TIMEOUT,
    memorySize: MEMORY_MB,
    environment: {
      TRIAGE_MODE: configuration.mode,
      INGEST_QUEUE_URL: queues.ingest.queueUrl,
      ACCOUNT_ID: Stack.of(scope).account,
      SUPPRESSIONS_PER_HOUR: String(sweepShare(configuration)),
      POWERTOOLS_LOG_LEVEL: configuration.logLevel,
      NODE_OPTIONS,
    },
    logGroup,
    role: role.withoutPolicyUpdates(),
  });
  return { sweep, role };
}

/** Half of one execution environment's share: one may get all that a sweep sends, and events want some too. */
export function sweepShare({
  suppressionsPerHour,
  maxConcurrency,
}: Pick<TriageConfiguration, 'suppressionsPerHour' | 'maxConcurrency'>): number | 'none' {
  if (suppressionsPerHour === 'none') return 'none';
  return Math.max(1, Math.floor(suppressionsPerHour / maxConcurrency / 2));
}

function sweepRole(scope: Construct, queues: TriageQueues, logGroup: logs.ILogGroup): iam.Role {
  const hub = Stack.of(scope).formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
  const policy = new iam.ManagedPolicy(scope, 'Policy', {
    description: 'Reads findings, sends events to the ingest queue, writes its own log',
    statements: [
      allow('ReadFindings', ['securityhub:GetFindings'], [hub]),
      allow('SendEvents', ['sqs:SendMessage'], [queues.ingest.queueArn]),
      ...useEncryptionKey(scope, queues.key),
      allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    ],
  });
  return new iam.Role(scope, 'Role', {
    description: 'The sweep of the triage of Security Hub findings',
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [policy],
  });
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
}
