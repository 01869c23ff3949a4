import fc from 'fast-check';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Condition, Rule } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import type { Decision } from '../../../lib/triage/decision.ts';
import { parts, rulesetOf, sightingOf, someRecipe } from '../../contract/generate/case.ts';
import { applyUpdate } from '../../reference/apply-update.ts';
import { IMPORTED, NOW, ruleset as someRuleset } from '../../triage/generators.ts';
import { history, play } from '../../triage/history.ts';

/** Rulesets with findings to try their patterns on, and the room that a pattern has. */
export interface PatternCase {
  readonly rulesets: readonly Ruleset[];
  readonly findings: () => Promise<readonly { readonly finding: Finding; readonly nowMs: number }[]>;
  readonly mostBytes: number;
}

/** Findings of one case. */
const EACH = 40;
/** Rulesets that are tried on the same findings. */
const RULESETS = 5;
const room = fc.constantFrom(2000, 2000, 900, 600, 450, 350);

/** An earlier ruleset of this instance or, where the later one succeeds it, of another. */
async function decidedBefore(
  finding: Finding,
  earlier: Ruleset,
  later: Ruleset,
  i: number,
): Promise<Finding> {
  if (i % 3 !== 0) return finding;
  const [old] = later.config.succeeds;
  const prefix = old !== undefined && i % 2 === 0 ? old : earlier.config.prefix;
  const before = { ...earlier, config: { ...earlier.config, prefix } };
  // Drawn conditions may make the engine throw, which the checks of loading refuse.
  const decision = await decideOrNull(finding, before);
  return decision?.kind === 'update' ? applyUpdate(finding, decision.update) : finding;
}

async function decideOrNull(finding: Finding, ruleset: Ruleset): Promise<Decision | null> {
  try {
    return await decide(finding, IMPORTED, ruleset, NOW);
  } catch {
    return null;
  }
}

const TITLES = [
  'Worker of \u212Aelvin',
  'alpha',
  'ALPHA',
  'worker',
  'wor\u212Aer',
  'beta',
  undefined,
] as const;
const LABELS = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'Important', '', ' '] as const;
const STATUSES = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED', 'ASSIGNED', '', undefined] as const;

/** What stands on a finding beside what its history left there: absent, blank, unknown, and lists of several. */
const overlay = fc.record(
  {
    Title: fc.constantFrom(...TITLES),
    RecordState: fc.constantFrom('ACTIVE', 'ARCHIVED', 'OTHER', null, undefined),
    Severity: fc.oneof(
      fc.record({ Label: fc.constantFrom(...LABELS), Normalized: fc.constantFrom(0, 39, 40, 70, 90) }),
      fc.record({ Normalized: fc.constantFrom(0, 1, 40, 70, 89, 90) }),
      fc.record({ Label: fc.constant(5), Normalized: fc.constantFrom(0, 70) }),
      fc.constant(undefined),
    ),
    Workflow: fc.oneof(
      fc.constantFrom(...STATUSES).map((Status) => ({ Status })),
      fc.constant(undefined),
    ),
    VerificationState: fc.constantFrom('UNKNOWN', 'TRUE_POSITIVE', '', undefined),
    AwsAccountId: fc.constantFrom('111122223333', '444455556666', '999999999999'),
    Confidence: fc.constantFrom(0, 20, 50, 60.5, '50', undefined),
    Resources: fc.constantFrom(
      [{ Type: 'AwsEc2Instance', Id: 'i-1', Tags: { team: 'red', env: 'dev' } }],
      [
        { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::ab' },
        { Type: 'AwsEc2Instance', Id: 'i-2', Tags: { team: 'red' } },
      ],
      [{ Type: 'AwsEc2Instance', Id: 'i-3', Tags: { team: { of: 'two' } } }],
      [],
    ),
    UserDefinedFields: fc.constantFrom({ owner: 'alpha' }, { owner: ' ' }, {}, undefined),
  },
  { requiredKeys: [] },
);

const leaf: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { fact: 'Severity.Normalized', operator: 'greaterThanInclusive', value: 70 },
  { fact: 'Severity.Normalized', operator: 'equal', value: 40 },
  { fact: 'Severity.Normalized', operator: 'notEqual', value: 40 },
  { fact: 'Severity.Label', operator: 'in', value: ['HIGH', 'CRITICAL'] },
  { fact: 'Severity.Label', operator: 'notIn', value: ['HIGH', 'INFORMATIONAL'] },
  { fact: 'Severity.Label', operator: 'equal', value: 'Important' },
  { fact: 'Severity.Label', operator: 'startsWith', value: 'I' },
  { fact: 'Severity.Label', operator: 'exists', value: false },
  { fact: 'RecordState', operator: 'notEqual', value: 'ARCHIVED' },
  { fact: 'RecordState', operator: 'equal', value: 'ARCHIVED' },
  { fact: 'RecordState', operator: 'exists', value: false },
  { fact: 'Workflow.Status', operator: 'equal', value: 'NEW' },
  { fact: 'Workflow.Status', operator: 'in', value: ['NEW', 'NOTIFIED'] },
  { fact: 'Workflow.Status', operator: 'equal', value: 'SUPPRESSED' },
  { fact: 'VerificationState', operator: 'equal', value: 'UNKNOWN' },
  { fact: 'VerificationState', operator: 'in', value: ['UNKNOWN', 'TRUE_POSITIVE'] },
  { fact: 'VerificationState', operator: 'equal', value: 'TRUE_POSITIVE' },
  { fact: 'Title', operator: 'equalsIgnoreCase', value: 'WORKER' },
  { fact: 'Title', operator: 'equalsIgnoreCase', value: 'Alpha' },
  { fact: 'Title', operator: 'endsWith', value: 'ta' },
  { fact: 'Title', operator: 'includes', value: 'of' },
  { fact: 'Title', operator: 'in', value: ['alpha', 'alphabet', 'alphabetical order', 'beta'] },
  { fact: 'Title', operator: 'in', value: ['beta', 'workers at night', 'worker', 'workers by day'] },
  { fact: 'UserDefinedFields.owner', operator: 'exists', value: true },
  { fact: 'Resources[0].Tags.team', operator: 'exists', value: true },
  { fact: 'Resources[0].Tags.team', operator: 'equal', value: 'red' },
  { fact: 'Resources[1].Type', operator: 'equal', value: 'AwsEc2Instance' },
  { fact: 'Resources[*].Id', operator: 'someFact:equal', value: 'arn:aws:s3:::ab' },
  { fact: 'Resources[*].Tags.team', operator: 'someFact:in', value: ['red', 'blue'] },
  {
    all: [
      { fact: 'Resources[*].Id', operator: 'someFact:equal', value: 'arn:aws:s3:::ab' },
      { fact: 'Resources[*].Tags.team', operator: 'someFact:equal', value: 'red' },
    ],
  },
  { fact: 'Severity.Label', operator: 'notIn', value: { fact: 'lists.labels' } },
  { fact: 'Confidence', operator: 'lessThan', value: 50 },
  { fact: 'Confidence', operator: 'greaterThanInclusive', value: 50 },
  { fact: 'AwsAccountId', operator: 'in', value: ['111122223333', '444455556666'] },
  { fact: 'account.env', operator: 'equal', value: 'prod' },
  { fact: 'account.env', operator: 'equal', value: 'nowhere' },
  { fact: 'account.env', operator: 'notEqual', value: 'prod' },
  { fact: 'account.env', operator: 'exists', value: true },
  { fact: 'account.env', operator: 'notIn', value: { fact: 'lists.envs' } },
  { fact: 'account.env', operator: 'in', value: { fact: 'lists.accounts' } },
);

const conditions: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition; group: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'condition' },
    { weight: 6, arbitrary: leaf },
    { weight: 2, arbitrary: tie('group') },
    { weight: 1, arbitrary: tie('node').map((not) => ({ not })) },
  ),
  group: fc.oneof(
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((any) => ({ any })),
  ),
})).group;

/** Rules on what the view says otherwise than the event, under histories of people, providers and earlier rulesets. */
export const viewCase: fc.Arbitrary<PatternCase> = fc
  .record({
    later: fc.array(
      fc.record({ ruleset: someRuleset, own: fc.array(conditions, { minLength: 5, maxLength: 5 }) }),
      { minLength: RULESETS, maxLength: RULESETS },
    ),
    earlier: someRuleset,
    mixed: fc.boolean(),
    drawn: fc.array(fc.record({ past: history, over: overlay }), { minLength: EACH, maxLength: EACH }),
    mostBytes: room,
  })
  .map(({ later, earlier, mixed, drawn, mostBytes }) => {
    const rulesets = later.map(({ ruleset, own }) => (mixed ? withConditions(ruleset, own) : ruleset));
    return {
      rulesets,
      mostBytes,
      findings: () =>
        Promise.all(
          drawn.map(async ({ past, over }, i) => {
            const finding = JSON.parse(JSON.stringify({ ...(await play(past)), ...(mixed ? over : {}) }));
            return { finding: await decidedBefore(finding, earlier, rulesets[0] as Ruleset, i), nowMs: NOW };
          }),
        ),
    };
  });

function withConditions(ruleset: Ruleset, own: readonly Condition[]): Ruleset {
  const isOnAction = (rule: Rule) => JSON.stringify(rule.conditions).includes('event.');
  const rules = ruleset.rules.map((rule, i) =>
    isOnAction(rule) ? rule : { ...rule, conditions: own[i] as Condition },
  );
  const until = '2026-06-01';
  const lapsed = { envs: [{ value: 'prod', until }], labels: [{ value: 'HIGH', until }, { value: 'LOW' }] };
  return { ...ruleset, rules, lists: { ...ruleset.lists, ...lapsed } };
}

/** Rules of any condition that there is, findings drawn to meet them, to miss them and to meet them nearly. */
export const conditionCase: fc.Arbitrary<PatternCase> = fc
  .record({
    later: parts,
    earlier: parts,
    recipes: fc.array(someRecipe, { minLength: EACH, maxLength: EACH, size: 'max' }),
    count: fc.constantFrom(1, 1, 1, 2, 3),
    mostBytes: room,
  })
  .map(({ later, earlier, recipes, count, mostBytes }) => {
    // Of many drawn rules one nearly always holds on anything.
    const ruleset = rulesetOf(later.conditions.slice(0, count), later.named);
    const before = rulesetOf(earlier.conditions, earlier.named);
    return {
      rulesets: [ruleset],
      mostBytes,
      findings: () =>
        Promise.all(
          recipes.map(async (recipe, i) => {
            const { finding, nowMs } = sightingOf(ruleset, recipe);
            return { finding: await decidedBefore(finding as Finding, before, ruleset, i), nowMs };
          }),
        ),
    };
  });
