import type { PolicyDocument } from '../account/policy-document.ts';

/**
 * What an identity needs for every question of `triage verify-account`; the role named with --role needs
 * `UpdateHub` alone, and to admit this identity.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export function verificationPolicy(at: {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}): PolicyDocument {
  const { partition, accountId, region } = at;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'UpdateHub',
        Effect: 'Allow',
        Action: ['securityhub:BatchUpdateFindings', 'securityhub:DescribeHub', 'securityhub:GetFindings'],
        Resource: arn('securityhub', 'hub/default'),
      },
      {
        Sid: 'ImportFinding',
        Effect: 'Allow',
        Action: ['securityhub:BatchImportFindings'],
        Resource: arn('securityhub', `product/${accountId}/default`),
      },
      {
        Sid: 'TapEvents',
        Effect: 'Allow',
        Action: ['events:DeleteRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'],
        Resource: arn('events', 'rule/triage-verify-*'),
      },
      {
        Sid: 'TryPatterns',
        Effect: 'Allow',
        Action: ['events:TestEventPattern'],
        Resource: '*',
      },
      {
        Sid: 'MakeNativeRule',
        Effect: 'Allow',
        Action: ['securityhub:CreateAutomationRule'],
        Resource: '*',
      },
      {
        Sid: 'DeleteNativeRule',
        Effect: 'Allow',
        Action: ['securityhub:BatchDeleteAutomationRules'],
        Resource: arn('securityhub', 'automation-rule/*'),
      },
      {
        Sid: 'KeepEvents',
        Effect: 'Allow',
        Action: ['sqs:CreateQueue', 'sqs:DeleteMessage', 'sqs:DeleteQueue', 'sqs:ReceiveMessage'],
        Resource: arn('sqs', 'triage-verify-*'),
      },
    ],
  };
}
