import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type TriageConfig } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { actionEvent, findingWith, IMPORTED, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

/** One decision whose marks are written down for good. */
interface Case {
  readonly name: string;
  readonly finding: Finding;
  readonly rules: readonly Rule[];
  readonly event?: TriageEvent;
  readonly config?: Partial<TriageConfig>;
}

const RELATED = [
  { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty', Id: 'b' },
  { ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty', Id: 'a' },
];
const EVERYTHING: UpdateTemplate = {
  Workflow: { Status: 'SUPPRESSED' },
  Severity: { Label: 'LOW' },
  VerificationState: 'BENIGN_POSITIVE',
  Confidence: 4,
  Criticality: 5,
  Types: ['TTPs/Discovery', 'Effects/Data Exposure'],
  RelatedFindings: RELATED,
  Note: { Text: 'Known CI scanner (SEC-1234), größer' },
  UserDefinedFields: { triageReason: 'approved-scanner', 'a.b': 'c', Ärger: '日本' },
};
const PROVIDED = {
  Severity: { Label: 'HIGH' },
  Confidence: 60,
  Criticality: 70,
  Types: ['Unusual Behaviors/User'],
};
const all = ruleWriting(EVERYTHING, { name: 'everything' });
const overwriting = ruleWriting(EVERYTHING, {
  name: 'overwriting',
  overwrite: [
    'Workflow',
    'Severity',
    'VerificationState',
    'Confidence',
    'Criticality',
    'Types',
    'RelatedFindings',
  ],
});
const pressed = ruleWriting(
  { Workflow: { Status: 'NEW' }, Confidence: 9, UserDefinedFields: { pressed: 'yes' } },
  { name: 'pressed', conditions: { all: [{ fact: 'event.detailType', operator: 'exists', value: true }] } },
);
const marked = (triageSet: string, members: Record<string, unknown>) =>
  findingWith({ ...members, UserDefinedFields: { triageRules: '|gone|', triageSet } });

const CASES: readonly Case[] = [
  {
    name: 'every field, untouched finding',
    finding: findingWith({ ...PROVIDED, FindingProviderFields: PROVIDED }),
    rules: [all],
  },
  { name: 'every field, no provider fields', finding: findingWith(PROVIDED), rules: [all] },
  {
    name: 'every field, overwriting people',
    finding: findingWith({
      Workflow: { Status: 'NOTIFIED' },
      Severity: { Label: 'MEDIUM' },
      VerificationState: 'TRUE_POSITIVE',
      Confidence: 1,
      Types: ['x', 'y'],
      FindingProviderFields: PROVIDED,
    }),
    rules: [overwriting],
  },
  {
    name: 'several rules, in winning order',
    finding: findingWith(),
    rules: [
      ruleWriting({ Confidence: 4 }, { name: 'b-low', priority: 1 }),
      ruleWriting({ Criticality: 5 }, { name: 'z-high', priority: 9 }),
      ruleWriting({ Workflow: { Status: 'NOTIFIED' } }, { name: 'a-low', priority: 1 }),
    ],
  },
  { name: 'names left to the log', finding: findingWith(), rules: [all], config: { provenance: 'log' } },
  {
    name: 'another prefix',
    finding: findingWith(),
    rules: [ruleWriting({ Confidence: 4 })],
    config: { prefix: 'prod' },
  },
  {
    name: 'withdrawn',
    finding: marked(
      '{"v":1,"Workflow":"SUPPRESSED","Severity":"LOW","Confidence":4,"UserDefinedFields":{"gone":"00000000"},"was":{"Workflow":"NOTIFIED","Severity":"MEDIUM"}}',
      {
        Workflow: { Status: 'SUPPRESSED' },
        Severity: { Label: 'LOW' },
        Confidence: 4,
        FindingProviderFields: PROVIDED,
      },
    ),
    rules: [],
    config: { withdrawing: ['Severity', 'Confidence'] },
  },
  {
    name: 'a person’s field carried forward',
    finding: marked('{"v":1,"Workflow":"SUPPRESSED"}', { Workflow: { Status: 'NOTIFIED' } }),
    rules: [ruleWriting({ Confidence: 4 })],
  },
  {
    name: 'a custom action',
    finding: marked('{"v":1,"Workflow":"SUPPRESSED"}', { Workflow: { Status: 'SUPPRESSED' } }),
    rules: [pressed],
    event: actionEvent('accept'),
    config: { customActions: ['accept'] },
  },
];

function configOf(one: Case): TriageConfig {
  return { ...DEFAULT_CONFIG, ...one.config };
}

async function marksOf(one: Case): Promise<string> {
  const config = configOf(one);
  const { update } = await decide(one.finding, one.event ?? IMPORTED, rulesetOf(one.rules, { config }), NOW);
  const fields = update?.UserDefinedFields ?? {};
  const rules = fields[`${config.prefix}Rules`] ?? '(none)';
  return `# ${one.name}\n${rules}\n${fields[`${config.prefix}Set`] ?? '(none)'}\n`;
}

describe('the text of the mark, version 1', () => {
  it('is what it always was: findings out there carry it, and no later release may read it otherwise', async () => {
    // Never edit a case of the golden file. A new format is a new version, read beside this one.
    const golden = readFileSync(new URL('./mark-format.golden', import.meta.url), 'utf8');

    const written = await Promise.all(CASES.map(marksOf));

    expect(written.join('\n')).toBe(golden);
  });

  it.each(CASES)('is read back so that nothing is left to send: $name', async (one) => {
    const ruleset = rulesetOf(one.rules, { config: configOf(one) });
    const { update } = await decide(one.finding, one.event ?? IMPORTED, ruleset, NOW);

    const again = await decide(applyUpdate(one.finding, update), IMPORTED, ruleset, NOW);

    expect(again.update).toBeNull();
  });
});
