import fc from 'fast-check';
import type { Finding } from '../../lib/findings/finding.ts';
import type { NativeRule } from './native-reference.ts';
import { inside, labelOf, list } from './state.ts';

type Filter = Readonly<Record<string, unknown>>;
type Criterion = readonly [name: string, filters: readonly Filter[]];

/** Criteria on texts, and what a finding holds there: rules drawn from findings match some of them. */
const TEXTS: Readonly<Record<string, (finding: Finding) => unknown>> = {
  AwsAccountId: ({ AwsAccountId }) => AwsAccountId,
  GeneratorId: ({ GeneratorId }) => GeneratorId,
  Title: ({ Title }) => Title,
  Description: ({ Description }) => Description,
  ProductName: ({ ProductName }) => ProductName,
  CompanyName: ({ CompanyName }) => CompanyName,
  ProductArn: ({ ProductArn }) => ProductArn,
  Id: ({ Id }) => Id,
  Type: ({ Types }) => list(Types)[0],
  SeverityLabel: ({ Severity }) => labelOf(Severity),
  ComplianceStatus: ({ Compliance }) => inside(Compliance, 'Status'),
  ComplianceSecurityControlId: ({ Compliance }) => inside(Compliance, 'SecurityControlId'),
  ComplianceAssociatedStandardsId: ({ Compliance }) =>
    inside(list(inside(Compliance, 'AssociatedStandards'))[0], 'StandardsId'),
  WorkflowStatus: ({ Workflow }) => inside(Workflow, 'Status'),
  VerificationState: ({ VerificationState }) => VerificationState,
  RecordState: ({ RecordState }) => RecordState,
  NoteText: ({ Note }) => inside(Note, 'Text'),
  ResourceType: ({ Resources }) => inside(list(Resources).at(-1), 'Type'),
  ResourceId: ({ Resources }) => inside(list(Resources)[0], 'Id'),
  ResourceRegion: ({ Resources }) => inside(list(Resources)[0], 'Region'),
  ResourcePartition: ({ Resources }) => inside(list(Resources)[0], 'Partition'),
};
const NAMES = Object.keys(TEXTS);

/** Comparisons that Security Hub takes together on one field. */
const TOGETHER = [
  ['EQUALS', 'PREFIX'],
  ['CONTAINS'],
  ['NOT_CONTAINS'],
  ['PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'],
];

function textCriterion(findings: readonly Finding[]): fc.Arbitrary<Criterion> {
  return fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.constantFrom(...TOGETHER),
      fc.array(fc.constantFrom(...findings), { minLength: 1, maxLength: 3 }),
      fc.nat(7),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([name, comparisons, chosen, turn, length]) => {
      const filters = chosen.map((finding, i) => {
        const found = TEXTS[name]?.(finding);
        const whole = typeof found === 'string' && found.trim() !== '' ? found : 'nothing of the kind';
        const Comparison = comparisons[(i + turn) % comparisons.length] ?? 'EQUALS';
        return { Value: partOf(whole, Comparison, length), Comparison };
      });
      return [name, filters];
    });
}

function partOf(text: string, comparison: string, length: number): string {
  if (comparison.endsWith('CONTAINS')) return nonBlank(text.slice(1, 1 + length), text);
  return comparison.startsWith('PREFIX') ? nonBlank(text.slice(0, length), text) : text;
}

function nonBlank(part: string, text: string): string {
  return part.trim() === '' ? text : part;
}

const mapCriterion: fc.Arbitrary<Criterion> = fc
  .tuple(
    fc.constantFrom('ResourceTags', 'UserDefinedFields', 'ResourceDetailsOther'),
    fc.constantFrom(['EQUALS'], ['CONTAINS'], ['NOT_EQUALS'], ['NOT_CONTAINS']),
    fc.array(
      fc.tuple(
        fc.constantFrom('env', 'team', 'role', 'aws:created-by', 'a "quoted" key'),
        fc.constantFrom('prod', 'dev', 'shop', 'ci', 'e'),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([name, [Comparison], pairs]) => [name, pairs.map(([Key, Value]) => ({ Key, Value, Comparison }))]);

const numberCriterion: fc.Arbitrary<Criterion> = fc
  .tuple(
    fc.constantFrom('Confidence', 'Criticality'),
    fc.array(
      fc.record(
        {
          Gte: fc.nat(100),
          Lte: fc.nat(100),
          Eq: fc.constantFrom(42, 90, 99),
          Gt: fc.nat(99),
          Lt: fc.nat(99),
        },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([name, filters]) => [
    name,
    filters.map((filter) => (Object.keys(filter).length === 0 ? { Gte: 0 } : filter)),
  ]);

const DAY = fc
  .integer({ min: 0, max: 900 })
  .map((days) => new Date(Date.parse('2024-06-01T00:00:00Z') + days * 86_400_000).toISOString());
const dateCriterion: fc.Arbitrary<Criterion> = fc.tuple(
  fc.constantFrom('CreatedAt', 'UpdatedAt', 'FirstObservedAt', 'LastObservedAt', 'NoteUpdatedAt'),
  fc.array(
    fc.oneof(
      fc.record({
        DateRange: fc.record({
          Value: fc.integer({ min: 1, max: 1500 }),
          Unit: fc.constant('DAYS'),
          Comparison: fc.constantFrom('WITHIN', 'OLDER_THAN'),
        }),
      }),
      fc.record({ Start: DAY, End: DAY }),
    ),
    { minLength: 1, maxLength: 2 },
  ),
);

const action = fc
  .record(
    {
      Workflow: fc.constantFrom('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED').map((Status) => ({ Status })),
      Severity: fc.oneof(
        fc.constantFrom('INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL').map((Label) => ({ Label })),
        fc.nat(100).map((Normalized) => ({ Normalized })),
      ),
      VerificationState: fc.constantFrom('UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'),
      Confidence: fc.nat(100),
      Criticality: fc.nat(100),
      Types: fc.constantFrom(['Effects/Example'], ['TTPs/Discovery', 'Effects']),
      RelatedFindings: fc.constant([
        { Id: 'related', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/macie' },
      ]),
      Note: fc.constantFrom('first', 'second', 'third').map((Text) => ({ Text, UpdatedBy: 'rule' })),
      UserDefinedFields: fc.dictionary(fc.constantFrom('env', 'team', 'x'), fc.constantFrom('1', '2'), {
        minKeys: 1,
      }),
    },
    { requiredKeys: [] },
  )
  .map((fields) => (Object.keys(fields).length === 0 ? { Confidence: 7 } : fields));

/** Sets of native rules in all their forms, on what these findings hold. */
export function nativeRules(findings: readonly Finding[]): fc.Arbitrary<readonly NativeRule[]> {
  const text = textCriterion(findings);
  const criterion = fc.oneof({ weight: 6, arbitrary: text }, mapCriterion, numberCriterion, dateCriterion);
  const rule = fc.record({
    RuleOrder: fc.integer({ min: 1, max: 20 }),
    RuleStatus: fc.constantFrom('ENABLED', 'ENABLED', 'ENABLED', 'DISABLED'),
    IsTerminal: fc.constantFrom(false, false, true),
    Criteria: fc.array(criterion, { minLength: 1, maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
    Actions: action.map((FindingFieldsUpdate) => [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }]),
  });
  return fc.array(rule, { minLength: 3, maxLength: 8 }).map((rules) =>
    rules.map(
      (one, i): NativeRule => ({
        ...one,
        RuleName: `Rule ${i}`,
        UpdatedAt: new Date(Date.UTC(2026, 0, 1) + ((i * 7) % 11) * 1000).toISOString(),
      }),
    ),
  );
}
