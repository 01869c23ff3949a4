import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../lib/event-bridge/compile-pattern.ts';
import { deriveEventPattern } from '../../../lib/infrastructure/event-pattern/derive-pattern.ts';
import type { Rule } from '../../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset, type TriageConfig } from '../../../lib/rules/ruleset.ts';
import { FINDING_TRIAGED } from '../../../lib/triage/finding-triaged.ts';
import { writeRules } from '../fixture-rules.ts';
import { synthesize } from '../synthesized.ts';

const IMPORTED = 'Security Hub Findings - Imported';
const CUSTOM = 'Security Hub Findings - Custom Action';
const ACTION = 'arn:aws:securityhub:eu-west-1:111122223333:action/custom/';

const RULE: Rule = {
  name: 'notify-public-bucket',
  owner: '@acme/platform',
  mode: 'enforce',
  priority: 100,
  conditions: { all: [{ fact: 'Compliance.SecurityControlId', operator: 'equal', value: 'S3.8' }] },
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};
const MET = { Id: 'a', Compliance: { SecurityControlId: 'S3.8' } };
const MARKED = { Id: 'b', UserDefinedFields: { triageSet: '{"v":1}' } };

describe('the event pattern', () => {
  it.each([
    ['a finding that a rule holds on', IMPORTED, ['arn:x'], [MET], true],
    ['a finding that no rule holds on', IMPORTED, ['arn:x'], [{ Id: 'c' }], false],
    ['a finding that carries our mark', IMPORTED, ['arn:x'], [MARKED], true],
    ['one of several findings in an event', IMPORTED, ['arn:x'], [{ Id: 'c' }, MET], true],
    ['our Re-triage action', CUSTOM, [`${ACTION}triageRetriage`], [], true],
    [
      'a custom action of the ruleset, whatever the finding',
      CUSTOM,
      [`${ACTION}escalate`],
      [{ Id: 'c' }],
      true,
    ],
    ['a foreign custom action', CUSTOM, [`${ACTION}SendToJira`], [MET], false],
    ['an action whose name ends like ours', CUSTOM, [`${ACTION}de-escalate`], [MET], false],
    ['insight results', 'Security Hub Insight Results', [`${ACTION}triageRetriage`], [MET], false],
    ['an OCSF finding', 'Findings Imported V2', ['0a'], [MET], false],
  ])('judges %s', (_name, detailType, resources, findings, expected) => {
    const matches = matcherOf([RULE], { customActions: ['escalate'] });

    expect(matches({ ...event(detailType, findings), resources })).toBe(expected);
  });

  it('leaves out other sources that use the same detail-type', () => {
    const matches = matcherOf([RULE]);

    expect(matches({ ...event(IMPORTED, [MET]), source: 'my.app' })).toBe(false);
  });

  it('leaves out what the product itself tells on a bus, should that be brought to this one', () => {
    const { source, detailType } = FINDING_TRIAGED;
    const actions = { customActions: ['escalate'] };

    for (const type of [detailType, IMPORTED, CUSTOM])
      expect(
        matcherOf(
          [RULE],
          actions,
        )({
          ...{ ...event(type, [MET, MARKED]), source },
          resources: [`${ACTION}triageRetriage`, `${ACTION}escalate`],
        }),
      ).toBe(false);
  });

  it('takes the marks of instances that this one succeeds', () => {
    const theirs = { Id: 'd', UserDefinedFields: { oldSet: '{"v":1}' } };

    expect(matcherOf([RULE], { succeeds: ['old'] })(event(IMPORTED, [theirs]))).toBe(true);
    expect(matcherOf([RULE])(event(IMPORTED, [theirs]))).toBe(false);
  });

  it('takes only what carries a mark where there is no rule', () => {
    const matches = matcherOf([]);

    expect(matches(event(IMPORTED, [MET]))).toBe(false);
    expect(matches(event(IMPORTED, [MARKED]))).toBe(true);
  });

  it('is for observed and for expired rules what it is for others, so that they can be counted', () => {
    const wanted = JSON.stringify(patternOf([RULE]));

    expect(JSON.stringify(patternOf([{ ...RULE, mode: 'observe' }]))).toBe(wanted);
    expect(JSON.stringify(patternOf([{ ...RULE, expires: '2020-01-01' }]))).toBe(wanted);
  });

  it.each([
    ['a tag named like a function of CloudFormation', 'ProductFields.Ref', 'a'],
    ['another', 'ProductFields["Fn::Sub"]', 'a'],
    ['a value that CDK would take for its own', 'Title', `${'$'}{Token[TOKEN.5]}`],
  ])('widens for %s, so that the app can be synthesized', (_what, fact, value) => {
    const odd = { ...RULE, name: 'odd', conditions: { all: [{ fact, operator: 'equal', value }] } };
    const rulesDir = writeRules({}, [odd]);

    const { resources } = synthesize({ rulesDir });
    const pattern = compilePattern(
      resources.eventRules.find(({ name }) => name.includes('Finding'))?.pattern,
    );

    expect(pattern.ok && pattern.matches(event(IMPORTED, [{ Id: 'any' }]))).toBe(true);
  });

  it('is refused, by what makes it long, where EventBridge would refuse it', () => {
    const customActions = Array.from({ length: 60 }, (_, i) => `action${i}`);

    expect(() => synthesize({ rulesDir: writeRules({ customActions }) })).toThrow(
      /The event pattern takes \d+ characters, and EventBridge 2000: .* names 60 customActions/,
    );
  });

  it('takes all findings where a rule says nothing that EventBridge can look up', () => {
    const vague = {
      ...RULE,
      conditions: { all: [{ fact: 'Title', operator: 'includes', value: 'public' }] },
    };

    expect(matcherOf([RULE, vague])(event(IMPORTED, [{ Id: 'c' }]))).toBe(true);
  });
});

function patternOf(rules: readonly Rule[], config: Partial<TriageConfig> = {}): object {
  const ruleset: Ruleset = {
    rules,
    conditions: {},
    lists: {},
    accounts: {},
    config: { ...DEFAULT_CONFIG, ...config },
    version: '000000000000',
  };
  return deriveEventPattern(ruleset).pattern;
}

function matcherOf(rules: readonly Rule[], config?: Partial<TriageConfig>): (event: object) => boolean {
  const compiled = compilePattern(patternOf(rules, config));
  if (!compiled.ok) throw new Error(compiled.reason);
  return compiled.matches;
}

function event(detailType: string, findings: readonly object[]) {
  return { source: 'aws.securityhub', 'detail-type': detailType, resources: [], detail: { findings } };
}
