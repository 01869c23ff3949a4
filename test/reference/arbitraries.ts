import fc from 'fast-check';
import type { Finding } from '../../lib/findings/finding.ts';
import type { LeafCondition, Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';
import { findingWith, rulesetOf, WITHDRAWING_ALL } from './fixtures.ts';
import { inWinningOrder } from './merge.ts';

const label = fc.constantFrom('INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL');
const status = fc.constantFrom('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED');
const verification = fc.constantFrom('UNKNOWN', 'TRUE_POSITIVE', 'BENIGN_POSITIVE');
const score = fc.constantFrom(10, 20, 30);
const types = fc.subarray(['t1', 't2', 't3'], { minLength: 1 });
const related = fc.subarray(
  [
    { ProductArn: 'arn', Id: 'r1' },
    { ProductArn: 'arn', Id: 'r2' },
  ],
  { minLength: 1 },
);
const note = fc.constantFrom('n1', 'n2', 'a {{Severity.Label}} finding');
const keys = fc.dictionary(fc.constantFrom('k1', 'k2'), fc.constantFrom('a', 'b'), { minKeys: 1 });

const providedMembers = fc.record(
  {
    Severity: fc.record({ Label: label }),
    Types: types,
    Confidence: score,
    Criticality: score,
    RelatedFindings: related,
  },
  { requiredKeys: [] },
);

const changedMembers = fc.record(
  {
    Workflow: fc.record({ Status: status }),
    Severity: fc.record({ Label: label }),
    VerificationState: verification,
    Confidence: score,
    Criticality: score,
    Types: types,
    RelatedFindings: related,
    Note: fc.record({ Text: note }),
  },
  { requiredKeys: [] },
);

/** One thing that happens to a finding between two decisions. */
export type Incident =
  | { readonly by: 'person'; readonly members: object; readonly keys: Readonly<Record<string, string>> }
  | { readonly by: 'provider'; readonly members: Readonly<Record<string, unknown>> }
  | { readonly by: 'us'; readonly ruleset: Ruleset };

/** A finding as providers import it: what FindingProviderFields holds stands on top as well. */
export const freshFinding: fc.Arbitrary<Finding> = fc
  .record({ provided: providedMembers, separate: fc.boolean(), status: fc.constantFrom('PASSED', 'FAILED') })
  .map(({ provided, separate, status: Status }) =>
    findingWith({
      ...provided,
      Compliance: { Status },
      ...(separate ? { FindingProviderFields: provided } : {}),
    }),
  );

const leaf: fc.Arbitrary<LeafCondition> = fc.oneof(
  fc.record({
    fact: fc.constant('Severity.Label'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: label,
  }),
  fc.record({
    fact: fc.constant('Workflow.Status'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: status,
  }),
  fc.record({ fact: fc.constant('VerificationState'), operator: fc.constant('equal'), value: verification }),
  fc.record({ fact: fc.constant('Confidence'), operator: fc.constant('greaterThan'), value: score }),
  fc.record({
    fact: fc.constant('Types'),
    operator: fc.constantFrom('contains', 'not:contains'),
    value: fc.constant('t1'),
  }),
  fc.record({ fact: fc.constant('Note.Text'), operator: fc.constant('exists'), value: fc.boolean() }),
  fc.record({
    fact: fc.constant('UserDefinedFields.k1'),
    operator: fc.constant('exists'),
    value: fc.boolean(),
  }),
);

const params = fc.record(
  {
    Workflow: fc.record({ Status: status }),
    Severity: fc.record({ Label: label }),
    VerificationState: verification,
    Confidence: score,
    Criticality: score,
    Types: types,
    RelatedFindings: related,
    Note: fc.record({ Text: note }),
    UserDefinedFields: keys,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<UpdateTemplate>;

/** Rules may overwrite all but notes and user-defined fields: those vanish from the view, so others may read them. */
const rule = fc
  .record({
    params,
    conditions: fc.oneof(
      fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
      fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
    ),
    priority: fc.constantFrom(1, 2, 3),
    overwrite: fc.subarray(['Workflow', 'Severity', 'Confidence', 'Types', 'RelatedFindings'] as const),
    stop: fc.boolean(),
    allowCritical: fc.boolean(),
    mode: fc.constantFrom('enforce', 'enforce', 'observe'),
  })
  .map(({ params: written, ...members }) => ({
    ...members,
    owner: '@acme/secops',
    event: { type: 'update', params: written },
  }));

export const someRuleset: fc.Arbitrary<Ruleset> = fc
  .tuple(fc.array(rule, { maxLength: 4 }), fc.constantFrom(DEFAULT_CONFIG, WITHDRAWING_ALL))
  .map(([rules, config]) =>
    rulesetOf(inWinningOrder(rules.map((one, index) => ({ ...one, name: `rule-${index}` }) as Rule)), {
      config,
    }),
  );

export const someIncident: fc.Arbitrary<Incident> = fc.oneof(
  fc.record({
    by: fc.constant('person' as const),
    members: changedMembers,
    keys: fc.oneof(fc.constant({}), keys),
  }),
  fc.record({ by: fc.constant('provider' as const), members: providedMembers }),
  fc.record({ by: fc.constant('us' as const), ruleset: someRuleset }),
);
