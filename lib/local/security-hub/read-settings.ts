import type { HubSettings } from './hub-settings.ts';
import { isObject, type JsonObject, listAt, textAt } from './json.ts';
import type { SettingOperation } from './limits.ts';
import { done, invalidInput, type Reply, refused } from './reply.ts';

/** Whose settings are read. */
export interface SettingsOwner {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** Of lists; the least of the documented ones, so that a reader who forgets the token shows. */
const PAGE = 20;

/**
 * What Security Hub tells of how it is set up. Which error an account gets that is not the one that may ask is
 * documented by its kinds alone; texts are those that were seen.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Operations.html
 */
export function readSettings(
  operation: SettingOperation,
  request: unknown,
  settings: HubSettings,
  owner: SettingsOwner,
): Reply {
  const { accountId } = owner;
  switch (operation) {
    case 'DescribeSecurityHubV2':
      return settings.newHub
        ? done({ HubV2Arn: arnOf(owner, 'hubv2/local'), SubscribedAt: SUBSCRIBED_AT })
        : refused('ResourceNotFoundException', 404, 'The specified resource could not be found.');
    case 'ListAutomationRulesV2':
      return settings.newHub
        ? page('Rules', settings.automationRulesV2, request)
        : refused('AccessDeniedException', 403, `Account ${accountId} is not subscribed to Security Hub`);
    // Asked of the organization, which needs no Security Hub.
    case 'ListOrganizationAdminAccounts':
      return organizationAdmins(settings, accountId, request);
    default:
      return settings.cspm ? readCspm(operation, request, settings, owner) : notSubscribed(accountId);
  }
}

/** What every operation of Security Hub CSPM answers where it is not enabled. */
export function notSubscribed(accountId: string): Reply {
  return refused('InvalidAccessException', 401, `Account ${accountId} is not subscribed to AWS Security Hub`);
}

type CspmOperation = Exclude<
  SettingOperation,
  'DescribeSecurityHubV2' | 'ListAutomationRulesV2' | 'ListOrganizationAdminAccounts'
>;

function readCspm(
  operation: CspmOperation,
  request: unknown,
  settings: HubSettings,
  owner: SettingsOwner,
): Reply {
  const { administrator, members, isDelegated, aggregation, automationRules } = settings;
  switch (operation) {
    case 'DescribeHub':
      return done({
        HubArn: arnOf(owner, 'hub/default'),
        SubscribedAt: SUBSCRIBED_AT,
        AutoEnableControls: true,
        ControlFindingGenerator: settings.controlFindings,
      });
    case 'GetAdministratorAccount':
      return done(administrator === null ? {} : { Administrator: membership(administrator) });
    case 'ListMembers':
      return page('Members', members.map(membership), request);
    case 'DescribeOrganizationConfiguration':
      return isDelegated
        ? done({ AutoEnable: true, MemberAccountLimitReached: false, AutoEnableStandards: 'NONE' })
        : refused(
            'InvalidAccessException',
            401,
            `Account ${owner.accountId} is not an administrator for this organization`,
          );
    case 'ListFindingAggregators':
      return page(
        'FindingAggregators',
        aggregation === null ? [] : [{ FindingAggregatorArn: aggregatorArn(owner, aggregation.homeRegion) }],
        request,
      );
    case 'GetFindingAggregator':
      return findingAggregator(request, settings, owner);
    case 'ListAutomationRules':
      return page('AutomationRulesMetadata', automationRules.map(withoutContent), request);
    case 'BatchGetAutomationRules':
      return automationRulesNamed(request, automationRules);
    default:
      return operation satisfies never;
  }
}

const SUBSCRIBED_AT = '2026-01-01T00:00:00.000Z';

/** The ARN of something of this hub. */
export function arnOf({ accountId, region, partition }: SettingsOwner, resource: string): string {
  return `arn:${partition}:securityhub:${region}:${accountId}:${resource}`;
}

function aggregatorArn(owner: SettingsOwner, homeRegion: string): string {
  return arnOf({ ...owner, region: homeRegion }, 'finding-aggregator/local');
}

function membership(AccountId: string): JsonObject {
  return { AccountId, MemberStatus: 'Enabled' };
}

function organizationAdmins({ management }: HubSettings, accountId: string, request: unknown): Reply {
  if (management === null)
    return refused(
      'InvalidAccessException',
      401,
      `Account ${accountId} is not the management account of an organization`,
    );
  const { delegatedTo } = management;
  return page(
    'AdminAccounts',
    delegatedTo === null ? [] : [{ AccountId: delegatedTo, Status: 'ENABLED' }],
    request,
  );
}

function findingAggregator(request: unknown, { aggregation }: HubSettings, owner: SettingsOwner): Reply {
  const arn = textAt(request, 'FindingAggregatorArn');
  if (aggregation === null || arn !== aggregatorArn(owner, aggregation.homeRegion))
    return refused('ResourceNotFoundException', 404, `There is no finding aggregator ${arn}`);
  return done({
    FindingAggregatorArn: arn,
    FindingAggregationRegion: aggregation.homeRegion,
    RegionLinkingMode: aggregation.mode,
    Regions: aggregation.regions,
  });
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchGetAutomationRules.html: 1–100 ARNs. */
const RULES_PER_CALL = 100;

function automationRulesNamed(request: unknown, rules: readonly JsonObject[]): Reply {
  const arns = listAt(request, 'AutomationRulesArns');
  if (arns.length < 1 || arns.length > RULES_PER_CALL)
    return invalidInput(`AutomationRulesArns must have 1 to ${RULES_PER_CALL} items, not ${arns.length}`);
  const found = rules.filter(({ RuleArn }) => arns.includes(RuleArn));
  const missing = arns.filter((arn) => !rules.some(({ RuleArn }) => RuleArn === arn));
  return done({
    Rules: found,
    UnprocessedAutomationRules: missing.map((RuleArn) => ({
      ...{ RuleArn, ErrorCode: 404, ErrorMessage: 'Rule not found' },
    })),
  });
}

function withoutContent({ Criteria: _criteria, Actions: _actions, ...metadata }: JsonObject): JsonObject {
  return metadata;
}

/** A page of a list from where the token says; the token is that place. */
function page(member: string, items: readonly JsonObject[], request: unknown): Reply {
  const { MaxResults, NextToken } = isObject(request) ? request : {};
  const from = NextToken === undefined ? 0 : Number(NextToken);
  const size = MaxResults === undefined ? PAGE : Number(MaxResults);
  if (!Number.isInteger(from) || !Number.isInteger(size) || size < 1 || size > RULES_PER_CALL)
    return invalidInput('NextToken is not one that this list returned, or MaxResults is not 1 to 100');
  const end = from + size;
  return done({ [member]: items.slice(from, end), ...(end < items.length && { NextToken: String(end) }) });
}
