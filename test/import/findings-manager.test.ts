import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Finding } from '../../lib/findings/finding.ts';
import { findEntries, readFindingsManagerRules } from '../../lib/import/findings-manager/read-rules.ts';
import type { SourceRules } from '../../lib/import/source-rule.ts';
import { runs } from '../contract/runs.ts';
import { importEnforced, NOW_MS } from './compare.ts';
import { compareAll, type Tally } from './compare-all.ts';
import { comparedFindings } from './findings.ts';
import { applyManager, type ManagerRule } from './findings-manager-reference.ts';
import { inside, list } from './state.ts';
import { brokenTests } from './written-rules.ts';

/** Half of them whole, as Security Hub hands them out; samples lack what the findings manager needs. */
const FINDINGS = comparedFindings().flatMap((finding): readonly Finding[] => [finding, whole(finding)]);
const RULES: readonly ManagerRule[] = [
  rule('Volumes', { security_control_id: 'EC2.3' }),
  rule('One product', {
    product_name: 'Inspector',
    resource_id_regexps: ['i-0', '^arn:aws:ecr:.*:repository/', 'function|layer'],
  }),
  rule('By tag', {
    tags: [
      { key: 'env', value: 'dev' },
      { key: 'team', value: 'shop' },
    ],
    regions: ['eu-west-1'],
  }),
  rule('By tag', { title: 'the second of this name is dropped there' }),
  rule('Old standards', { rule_or_control_id: '1.14' }),
  rule('Everything in one Region', { regions: ['us-east-1'] }),
  rule('Buckets', { resource_id_regexps: ['^arn:aws:s3:::[a-z-]+$'] }),
  rule('Look around', { resource_id_regexps: ['bucket(?!-prod)'] }),
];

describe('imported rules of the findings manager', () => {
  it('end as there, or as the report says', async () => {
    const { made, tally } = await compared(RULES);

    expect(tally.unexplained).toEqual([]);
    expect(tally.acted).toBeGreaterThan(30);
    expect(
      made.rules.flatMap(({ title, rule: own, refusals }) =>
        own === null ? [[title, refusals.length]] : [],
      ),
    ).toEqual([
      ['Look around', 1],
      ['By tag', 1],
    ]);
    expect(await brokenTests(made)).toEqual([]);
  }, 120_000);

  it('do so when they are drawn at random', async () => {
    let acted = 0;
    const { numRuns, seed } = runs(30);

    await fc.assert(
      fc.asyncProperty(fc.array(managerRule(), { minLength: 1, maxLength: 5 }), async (rules) => {
        const { made, tally } = await compared(rules);

        acted += tally.acted;
        expect(tally.unexplained).toEqual([]);
        expect(await brokenTests(made)).toEqual([]);
      }),
      { numRuns, seed },
    );

    expect(acted).toBeGreaterThan(numRuns);
  }, 600_000);

  it.each([
    [
      'a rule that asks for both kinds of control',
      'Rules: [{ note: a, action: SUPPRESSED, match_on: { security_control_id: S3.1, rule_or_control_id: "1.1" } }]',
      'takes one of them',
    ],
    [
      'another action',
      'Rules: [{ note: a, action: RESOLVED, match_on: { title: x } }]',
      'Its action is "RESOLVED"',
    ],
    [
      'a member that is misspelt',
      'Rules: [{ note: a, action: SUPPRESSED, match_on: { titel: x } }]',
      'match_on.titel is no member',
    ],
    [
      'a control that YAML reads as a number',
      'Rules: [{ note: a, action: SUPPRESSED, match_on: { rule_or_control_id: 1.10 } }]',
      'put it in quotes',
    ],
    ['a rule without a note', 'Rules: [{ action: SUPPRESSED, match_on: { title: x } }]', 'It has no note'],
  ])('refuse %s', (_what, yaml, said) => {
    const { rules } = read(yaml);

    expect(rules.flatMap(({ refusals }) => refusals).join(' ')).toContain(said);
  });

  it('take no file that grows without end by its aliases', () => {
    const found = findEntries(
      `a: &a [x, x]\n${'bcdefghi'
        .split('')
        .map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]}, `.repeat(12)}x]`)
        .join('\n')}`,
    );

    expect(found).toHaveProperty('fault');
  });
});

async function compared(
  rules: readonly ManagerRule[],
): Promise<{ readonly made: Awaited<ReturnType<typeof importEnforced>>; readonly tally: Tally }> {
  const made = await importEnforced(read(stringify({ Rules: rules })));
  const tally = await compareAll(made, FINDINGS, (finding) => {
    const { finding: after, matching } = applyManager(rules, finding);
    return {
      finding: after,
      acted: matching.map(({ note }) => ({ title: note, fields: ['Workflow', 'Note'] })),
    };
  });
  return { made, tally };
}

function read(yaml: string): SourceRules {
  const found = findEntries(yaml);
  if ('fault' in found) throw new Error(found.fault);
  return readFindingsManagerRules(found.entries, NOW_MS);
}

function rule(note: string, match_on: ManagerRule['match_on']): ManagerRule {
  return { note, action: 'SUPPRESSED', match_on };
}

function whole(finding: Finding): Finding {
  const { Severity = { Label: 'MEDIUM' }, Types = ['Effects'] } = finding;
  const texts = [
    'CompanyName',
    'ProductName',
    'Region',
    'Title',
    'GeneratorId',
    'Description',
    'SchemaVersion',
  ];
  const rest = Object.fromEntries(
    [...texts, 'AwsAccountId', 'CreatedAt', 'UpdatedAt'].map((name) => [name, 'x']),
  );
  return {
    ...{
      ...rest,
      Severity,
      Types,
      Resources: [],
      ProductFields: {},
      Workflow: { Status: 'NEW' },
      WorkflowState: 'NEW',
    },
    ...{ FindingProviderFields: { Severity, Types }, RecordState: 'ACTIVE' },
    ...finding,
  };
}

/** Rules on what findings hold. */
function managerRule(): fc.Arbitrary<ManagerRule> {
  return fc
    .tuple(
      fc.constantFrom(...FINDINGS),
      fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 }),
      fc.constantFrom('first', 'second', 'third', 'fourth'),
    )
    .map(([finding, chosen, note]) => {
      const [resource] = list(finding.Resources);
      const id = String(inside(resource, 'Id') ?? 'none');
      const [tag] = Object.entries((inside(resource, 'Tags') ?? {}) as Record<string, string>);
      const members: readonly ManagerRule['match_on'][] = [
        { product_name: String(finding.ProductName ?? '') },
        { title: String(finding.Title ?? '') },
        { security_control_id: String(inside(finding.Compliance, 'SecurityControlId') ?? '') },
        { regions: [String(finding.Region ?? 'eu-west-1')] },
        { resource_id_regexps: [`^${escaped(id.slice(0, 12))}.*`, `${escaped(id.slice(-4))}$`] },
        { tags: tag === undefined ? [] : [{ key: tag[0], value: String(tag[1]) }] },
      ];
      return rule(note, Object.assign({}, ...chosen.map((i) => members[i])));
    });
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
