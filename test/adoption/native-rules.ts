import type { NativeRule } from '../import/native-reference.ts';

/** The native rules of a team that moves: what `aws securityhub batch-get-automation-rules` prints of them. */
export const NATIVE: readonly NativeRule[] = [
  rule(
    'Hardening is not asked of sandboxes',
    1,
    {
      ComplianceSecurityControlId: controls(1, 10),
      AwsAccountId: accounts(0, 20),
    },
    {
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'Sandboxes live for a day', UpdatedBy: 'secops' },
    },
  ),
  rule(
    'Low in test accounts',
    2,
    { AwsAccountId: accounts(20, 19), SeverityLabel: [equals('MEDIUM')] },
    { Severity: { Label: 'LOW' } },
  ),
  rule(
    'Networking has an owner',
    3,
    { ComplianceSecurityControlId: controls(20, 5) },
    { Criticality: 70, UserDefinedFields: { team: 'networking' } },
  ),
];

/** What the files of the imported rules are called, in the order above. */
export const IMPORTED_RULES = [
  'hardening-is-not-asked-of-sandboxes',
  'low-in-test-accounts',
  'networking-has-an-owner',
] as const;

function rule(
  RuleName: string,
  RuleOrder: number,
  Criteria: NativeRule['Criteria'],
  FindingFieldsUpdate: Readonly<Record<string, unknown>>,
): NativeRule {
  return {
    ...{ RuleName, RuleOrder, RuleStatus: 'ENABLED', IsTerminal: false, Description: RuleName },
    ...{ UpdatedAt: '2026-07-01T00:00:00Z', Criteria },
    Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate } as NativeRule['Actions'][number]],
  };
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesFindingFilters.html: 20 values at most. */
function controls(first: number, count: number): NativeRule['Criteria'][string] {
  return Array.from({ length: count }, (_, n) => equals(`EC2.${first + n}`));
}

function accounts(first: number, count: number): NativeRule['Criteria'][string] {
  return Array.from({ length: count }, (_, n) => equals(String(111100000000 + first + n)));
}

function equals(Value: string): Readonly<Record<string, string>> {
  return { Value, Comparison: 'EQUALS' };
}
