import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { writePermissionsOf } from '../../rules/permissions/write-permissions.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { useEncryptionKey } from '../queues/encryption-key.ts';
import type { TriageQueues } from '../queues/queues.ts';
import { mayTellDecisions } from './decision-bus.ts';
import { findingsStatements } from './findings-access.ts';

/**
 * What the function may do, complete in one managed policy that exists before the function: nothing is added by
 * CDK behind it, so this file is the whole answer to "what can a compromised function do".
 */
export function createFunctionRole(
  scope: Construct,
  reach: {
    readonly queues: TriageQueues;
    readonly logGroup: ILogGroup;
    readonly tracing: boolean;
    readonly mode: 'observe' | 'enforce';
    readonly ruleset: Ruleset;
    /** Where decisions are told; null for nowhere. */
    readonly busArn: string | null;
  },
): iam.Role {
  const { queues, logGroup, tracing, mode, ruleset, busArn } = reach;
  const findings = findingsStatements(writePermissionsOf(ruleset), { mode, hubArn: hubArn(scope) });
  const policy = new iam.ManagedPolicy(scope, 'FunctionPolicy', {
    description: 'Reads events, updates findings, sends dead letters, writes its own log',
    statements: [
      ...findings.map((statement) => iam.PolicyStatement.fromJson(statement)),
      allow(
        'TakeEvents',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        [queues.ingest.queueArn],
      ),
      allow('SendDeadLetters', ['sqs:SendMessage'], [queues.deadLetter.queueArn]),
      ...useEncryptionKey(scope, queues.key),
      ...(busArn === null ? [] : [mayTellDecisions(busArn)]),
      allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
      // X-Ray's write actions know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
      ...(tracing
        ? [allow('WriteTraces', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*'])]
        : []),
    ],
  });
  return new iam.Role(scope, 'FunctionRole', {
    description: 'The triage function',
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [policy],
  });
}

/** The caller's own hub stands for every finding it can see: member accounts' and linked Regions' ones too. */
function hubArn(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
}
