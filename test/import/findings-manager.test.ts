import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Finding } from '../../lib/findings/finding.ts';
import { findEntries, readFindingsManagerRules } from '../../lib/import/findings-manager/read-rules.ts';
import type { Import } from '../../lib/import/import-rules.ts';
import type { SourceRules } from '../../lib/import/source-rule.ts';
import { runs } from '../contract/runs.ts';
import { changedRules } from './changed-rules.ts';
import { importEnforced, NOW_MS } from './compare.ts';
import { compareAll, type Tally } from './compare-all.ts';
import { comparedFindings } from './findings.ts';
import { NEAR_MISSES, whole } from './findings-manager-findings.ts';
import { applyManager, knownRules, type ManagerRule } from './findings-manager-reference.ts';
import { inside, list } from './state.ts';
import { brokenTests } from './written-rules.ts';

/** Of the samples and the field each twice, once whole: most lack what the findings manager needs. */
const FINDINGS: readonly Finding[] = [
  ...NEAR_MISSES,
  ...comparedFindings().flatMap((finding) => [finding, whole(finding)]),
];
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
  rule('One bucket', { resource_id_regexps: ['^arn:aws:s3:::ledger$'] }),
  rule('Ends', { resource_id_regexps: ['^arn:aws:sns:', '-dead$', 'volume'] }),
  rule('Branches', { resource_id_regexps: ['^stack-|/layer$', '^price\\$$'] }),
  rule('Port', { title: 'Port is open', regions: [] }),
  rule('Everything in one Region', { regions: ['us-east-1'] }),
  rule('Buckets', { resource_id_regexps: ['^arn:aws:s3:::[a-z-]+$'] }),
  rule('Look around', { resource_id_regexps: ['bucket(?!-prod)'] }),
];

/** Those of them that are imported. */
const SAYABLE = knownRules(RULES).filter(({ note }) => note !== 'Look around');

describe('imported rules of the findings manager', () => {
  let made: Import;
  beforeAll(async () => {
    made = await imported(RULES);
  });

  it('end as there, or as the report says', async () => {
    const tally = await comparedWith(made, RULES, FINDINGS);

    expect(tally.unexplained).toEqual([]);
    expect(tally.acted).toBeGreaterThan(30);
    for (const code of ['incomplete-findings', 'not-imported', 'people-come-first', 'critical-stays-visible'])
      expect([code, tally.counts.get(code)]).toEqual([code, expect.any(Number)]);
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
        const drawn = await imported(rules);
        const tally = await comparedWith(drawn, rules, FINDINGS);

        acted += tally.acted;
        expect(tally.unexplained).toEqual([]);
        expect(await brokenTests(drawn)).toEqual([]);
      }),
      { numRuns, seed },
    );

    expect(acted).toBeGreaterThan(numRuns);
  }, 600_000);

  it.each(changedRules(SAYABLE))('end otherwise than with %s', async (_what, rules) => {
    const { unexplained } = await comparedWith(made, rules, NEAR_MISSES);

    expect(unexplained.length).toBeGreaterThan(0);
  });

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

function imported(rules: readonly ManagerRule[]): Promise<Import> {
  return importEnforced(read(stringify({ Rules: rules })));
}

function comparedWith(
  made: Import,
  rules: readonly ManagerRule[],
  findings: readonly Finding[],
): Promise<Tally> {
  return compareAll(made, findings, (finding) => {
    const { finding: after, matching } = applyManager(rules, finding);
    return {
      finding: after,
      acted: matching.map(({ note }) => ({ title: note, fields: ['Workflow', 'Note'] })),
    };
  });
}

function read(yaml: string): SourceRules {
  const found = findEntries(yaml);
  if ('fault' in found) throw new Error(found.fault);
  return readFindingsManagerRules(found.entries, NOW_MS);
}

function rule(note: string, match_on: ManagerRule['match_on']): ManagerRule {
  return { note, action: 'SUPPRESSED', match_on };
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
