import {
  BatchGetAutomationRulesCommand,
  DescribeHubCommand,
  DescribeOrganizationConfigurationCommand,
  DescribeSecurityHubV2Command,
  GetAdministratorAccountCommand,
  GetFindingAggregatorCommand,
  GetFindingsCommand,
  ListAutomationRulesCommand,
  ListAutomationRulesV2Command,
  ListFindingAggregatorsCommand,
  ListMembersCommand,
  ListOrganizationAdminAccountsCommand,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import type { Access } from '../../../lib/local/security-hub/access.ts';
import { accountId, region, serveTestHub } from './account.ts';

const RULE = {
  RuleArn: `arn:aws:securityhub:${region}:${accountId}:automation-rule/1`,
  RuleStatus: 'ENABLED',
  RuleOrder: 1,
  RuleName: 'Sandbox is low',
  IsTerminal: false,
  CreatedBy: 'arn:aws:iam::123456789012:user/one',
  Criteria: { AwsAccountId: [{ Value: '777788889999', Comparison: 'EQUALS' }] },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Severity: { Label: 'LOW' } } }],
};

describe('how Security Hub is set up', () => {
  it('is an account of its own, unless something else is said', async () => {
    const { client } = await serveTestHub();

    expect(await client.send(new DescribeHubCommand())).toMatchObject({
      HubArn: `arn:aws:securityhub:${region}:${accountId}:hub/default`,
      ControlFindingGenerator: 'SECURITY_CONTROL',
    });
    expect(await client.send(new GetAdministratorAccountCommand())).not.toHaveProperty('Administrator');
    expect(await client.send(new ListMembersCommand({ OnlyAssociated: true }))).toMatchObject({
      Members: [],
    });
    expect(await client.send(new ListFindingAggregatorsCommand({}))).toMatchObject({
      FindingAggregators: [],
    });
    expect(await client.send(new ListAutomationRulesCommand({}))).toMatchObject({
      AutomationRulesMetadata: [],
    });
    await expect(client.send(new DescribeSecurityHubV2Command())).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
    await expect(client.send(new ListAutomationRulesV2Command({}))).rejects.toThrow(/not subscribed/);
    await expect(client.send(new DescribeOrganizationConfigurationCommand())).rejects.toThrow(
      /is not an administrator for this organization/,
    );
    await expect(client.send(new ListOrganizationAdminAccountsCommand({}))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidAccessException' }),
    );
  });

  it('has members, an organization and aggregated Regions where the test says so', async () => {
    const { hub, client } = await serveTestHub();
    const members = Array.from({ length: 45 }, (_, n) => String(200_000_000_000 + n));
    hub.set({ members, isDelegated: true, management: { delegatedTo: '111122223333' } });
    hub.set({
      aggregation: { homeRegion: 'eu-central-1', mode: 'SPECIFIED_REGIONS', regions: [region] },
    });

    const found: unknown[] = [];
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const { Members = [], NextToken } = await client.send(new ListMembersCommand({ NextToken: token }));
      found.push(...Members.map(({ AccountId }) => AccountId));
      token = NextToken;
    }
    const { FindingAggregators = [] } = await client.send(new ListFindingAggregatorsCommand({}));
    const { FindingAggregatorArn } = FindingAggregators[0] ?? {};

    expect(found).toEqual(members);
    expect(await client.send(new DescribeOrganizationConfigurationCommand())).toMatchObject({
      AutoEnable: true,
    });
    expect(await client.send(new ListOrganizationAdminAccountsCommand({}))).toMatchObject({
      AdminAccounts: [{ AccountId: '111122223333' }],
    });
    expect(await client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn }))).toMatchObject({
      FindingAggregationRegion: 'eu-central-1',
      RegionLinkingMode: 'SPECIFIED_REGIONS',
      Regions: [region],
    });
    await expect(
      client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn: 'arn:aws:securityhub:x' })),
    ).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }));
  });

  it('lists automation rules by name, and tells what they do where it is asked for them', async () => {
    const { hub, client } = await serveTestHub();
    hub.set({ automationRules: [RULE], newHub: true, automationRulesV2: [{ RuleName: 'new', RuleId: '1' }] });

    const { AutomationRulesMetadata } = await client.send(new ListAutomationRulesCommand({}));
    const { Rules, UnprocessedAutomationRules } = await client.send(
      new BatchGetAutomationRulesCommand({ AutomationRulesArns: [RULE.RuleArn, 'arn:of:another'] }),
    );

    expect(AutomationRulesMetadata).toEqual([expect.not.objectContaining({ Criteria: expect.anything() })]);
    expect(Rules).toMatchObject([RULE]);
    expect(UnprocessedAutomationRules).toMatchObject([{ RuleArn: 'arn:of:another' }]);
    expect(await client.send(new ListAutomationRulesV2Command({}))).toMatchObject({
      Rules: [{ RuleName: 'new' }],
    });
    await expect(
      client.send(new BatchGetAutomationRulesCommand({ AutomationRulesArns: [] })),
    ).rejects.toThrow(expect.objectContaining({ name: 'InvalidInputException' }));
  });

  it('knows nothing of findings where only the new Security Hub is enabled', async () => {
    const { hub, client } = await serveTestHub();
    hub.set({ cspm: false, newHub: true });

    // The overloads of send take one kind of command each.
    for (const command of [new DescribeHubCommand(), new GetFindingsCommand({}), new ListMembersCommand({})])
      await expect(client.send(command as GetFindingsCommand)).rejects.toThrow(
        /123456789012 is not subscribed to AWS Security Hub/,
      );
    expect(await client.send(new DescribeSecurityHubV2Command())).toMatchObject({
      HubV2Arn: expect.stringContaining(':hubv2/'),
    });
  });

  it('asks IAM for the resource that each operation has', async () => {
    const asked: Pick<Access, 'action' | 'resourceArn'>[] = [];
    const { hub, client } = await serveTestHub(
      {},
      {
        authorize: ({ action, resourceArn }) => {
          asked.push({ action, resourceArn });
          return action === 'securityhub:ListAutomationRules' ? 'denied' : 'allowed';
        },
      },
    );
    hub.set({ aggregation: { homeRegion: region, mode: 'ALL_REGIONS', regions: [] } });
    const aggregator = `arn:aws:securityhub:${region}:${accountId}:finding-aggregator/local`;

    await client.send(new DescribeHubCommand());
    await client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn: aggregator }));
    await client.send(new BatchGetAutomationRulesCommand({ AutomationRulesArns: [RULE.RuleArn] }));

    await expect(client.send(new ListAutomationRulesCommand({}))).rejects.toThrow(/is not authorized/);
    expect(asked).toEqual([
      {
        action: 'securityhub:DescribeHub',
        resourceArn: `arn:aws:securityhub:${region}:${accountId}:hub/default`,
      },
      { action: 'securityhub:GetFindingAggregator', resourceArn: aggregator },
      { action: 'securityhub:BatchGetAutomationRules', resourceArn: RULE.RuleArn },
      { action: 'securityhub:ListAutomationRules', resourceArn: '*' },
    ]);
  });
});
