import type { PolicyDocument } from '../account/policy-document.ts';

/**
 * What an identity needs for all that is looked at. Each action stands on the narrowest resource that it has.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 *
 * @param at partition, account and Region; any where they are `*`
 */
export function doctorPolicy(at: {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly stack: string;
}): PolicyDocument {
  const { partition, accountId, region, stack } = at;
  const arn = (service: string, resource: string, where = region) =>
    `arn:${partition}:${service}:${where}:${accountId}:${resource}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadHub',
        Effect: 'Allow',
        Action: [
          'securityhub:DescribeHub',
          'securityhub:DescribeOrganizationConfiguration',
          'securityhub:GetAdministratorAccount',
          'securityhub:GetFindings',
          'securityhub:ListMembers',
          'securityhub:ListOrganizationAdminAccounts',
        ],
        Resource: arn('securityhub', 'hub/default'),
      },
      {
        Sid: 'ListWithoutResource',
        Effect: 'Allow',
        Action: [
          'events:ListRules',
          'securityhub:DescribeSecurityHubV2',
          'securityhub:ListAutomationRules',
          'securityhub:ListAutomationRulesV2',
          'securityhub:ListFindingAggregators',
        ],
        Resource: '*',
      },
      {
        Sid: 'ReadAggregation',
        Effect: 'Allow',
        Action: ['securityhub:GetFindingAggregator'],
        // It lies in the home Region, which may be another.
        Resource: arn('securityhub', 'finding-aggregator/*', '*'),
      },
      {
        Sid: 'ReadAutomationRules',
        Effect: 'Allow',
        Action: ['securityhub:BatchGetAutomationRules'],
        Resource: arn('securityhub', 'automation-rule/*'),
      },
      {
        Sid: 'ReadTargets',
        Effect: 'Allow',
        Action: ['events:ListTargetsByRule'],
        Resource: arn('events', 'rule/*'),
      },
      {
        Sid: 'ReadDecisionBus',
        Effect: 'Allow',
        Action: ['events:DescribeEventBus'],
        Resource: arn('events', 'event-bus/*'),
      },
      {
        Sid: 'ReadStack',
        Effect: 'Allow',
        Action: ['cloudformation:DescribeStacks'],
        Resource: arn('cloudformation', `stack/${stack}/*`),
      },
    ],
  };
}
