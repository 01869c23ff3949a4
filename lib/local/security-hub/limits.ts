/**
 * What Security Hub accepts. Calls, sizes and rates:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html
 * Lengths: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export const FINDING_LIMITS = {
  findingsPerCall: 100,
  findingBytes: 240 * 1024,
  requestBytes: 6 * 1024 * 1024,
  idCharacters: 512,
  productArnMinCharacters: 12,
  productArnCharacters: 2048,
  generatorIdCharacters: 512,
  titleCharacters: 256,
  descriptionCharacters: 1024,
  resources: 32,
  resourceTypeCharacters: 256,
  productFields: 50,
  productFieldValueCharacters: 2048,
  /** Of native rules: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-securityhub-automationrule-noteupdate.html */
  noteAuthorCharacters: 512,
} as const;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
export const QUERY_LIMITS = { results: 100, filteredAttributes: 10, valuesPerFilter: 20 } as const;

/** What reads how Security Hub is set up. */
export const SETTING_OPERATIONS = [
  'DescribeHub',
  'DescribeSecurityHubV2',
  'GetAdministratorAccount',
  'ListMembers',
  'DescribeOrganizationConfiguration',
  'ListOrganizationAdminAccounts',
  'ListFindingAggregators',
  'GetFindingAggregator',
  'ListAutomationRules',
  'BatchGetAutomationRules',
  'ListAutomationRulesV2',
] as const;
export type SettingOperation = (typeof SETTING_OPERATIONS)[number];

/** What changes how it is set up. */
export const RULE_OPERATIONS = ['CreateAutomationRule', 'BatchDeleteAutomationRules'] as const;
export type RuleOperation = (typeof RULE_OPERATIONS)[number];

export const FINDING_OPERATIONS = ['BatchUpdateFindings', 'BatchImportFindings', 'GetFindings'] as const;
export type Operation = (typeof FINDING_OPERATIONS)[number] | SettingOperation | RuleOperation;
export const OPERATIONS: readonly Operation[] = [
  ...FINDING_OPERATIONS,
  ...SETTING_OPERATIONS,
  ...RULE_OPERATIONS,
];

interface Quota {
  readonly callsPerSecond: number;
  readonly burst: number;
}
const ALL_OTHERS: Quota = { callsPerSecond: 10, burst: 30 };

/** Calls of an operation per account and Region. */
export function quotaOf(operation: Operation): Quota {
  return operation === 'GetFindings' ? { callsPerSecond: 3, burst: 6 } : ALL_OTHERS;
}
