import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { findingWith, IMPORTED, markedFinding, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const NEVER = { all: [{ fact: 'AwsAccountId', operator: 'equal', value: 'none' }] };

const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } }, { name: 'suppress' });
const score = ruleWriting({ Confidence: 5 }, { name: 'score' });
const seen: Rule = { ...score, name: 'seen', mode: 'observe' };

async function decided(finding: Finding, ...rules: readonly Rule[]): Promise<Decision> {
  return decide(finding, IMPORTED, rulesetOf(rules), NOW);
}

describe('decide', () => {
  it('leaves a finding that no rule matches', async () => {
    const decision = await decided(findingWith(), { ...suppress, conditions: NEVER });

    expect(decision).toEqual({
      finding: { Id: 'finding-1', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' },
      kind: 'unchanged',
      update: null,
      rules: [],
      held: [],
      observed: null,
      newlySuppressed: false,
      trace: [],
    });
  });

  it('answers at once where no rule can hold on the finding', () => {
    const ruleset = rulesetOf([{ ...suppress, conditions: NEVER }]);

    expect(decide(findingWith(), IMPORTED, ruleset, NOW)).toMatchObject({ kind: 'unchanged' });
  });

  it('decides once on findings that cannot be told apart, each under its own name', async () => {
    const ruleset = rulesetOf([suppress]);

    const [first, second, other] = [
      await decide(findingWith(), IMPORTED, ruleset, NOW),
      await decide(findingWith({ Id: 'finding-2' }), IMPORTED, ruleset, NOW),
      await decide(findingWith({ Id: 'finding-3', Confidence: 5 }), IMPORTED, ruleset, NOW, 'all'),
    ];

    expect(second.update).toBe(first.update);
    expect([first, second, other].map(({ finding }) => finding.Id)).toEqual([
      'finding-1',
      'finding-2',
      'finding-3',
    ]);
    expect(other.update).not.toBe(first.update);
    expect(other.update).toEqual(first.update);
  });

  it('names no rule that wins nothing', async () => {
    const below = ruleWriting({ Confidence: 9 }, { name: 'below', priority: 1 });

    expect(await decided(findingWith(), score, below)).toMatchObject({
      update: { Confidence: 5, UserDefinedFields: { triageRules: '|score|' } },
      rules: ['score'],
    });
  });

  it('fills the places of a text from the finding', async () => {
    const note = ruleWriting({ Note: { Text: 'Known: {{Title}}' } });

    const { update } = await decided(findingWith({ Title: 'Port scan' }), note);

    expect(update?.Note?.Text).toBe('Known: Port scan');
  });

  it('sends what the matching rules want, with the mark, and names them in winning order', async () => {
    const decision = await decided(findingWith(), { ...score, priority: 1 }, suppress);

    expect(decision).toMatchObject({
      kind: 'update',
      update: {
        Workflow: { Status: 'SUPPRESSED' },
        Confidence: 5,
        UserDefinedFields: {
          triageRules: '|suppress|score|',
          triageSet: '{"v":1,"Workflow":"SUPPRESSED","Confidence":5}',
        },
      },
      rules: ['suppress', 'score'],
      newlySuppressed: true,
    });
  });

  it('counts no finding as newly suppressed whose status is another or stays', async () => {
    const notify = ruleWriting({ Workflow: { Status: 'NOTIFIED' } });

    expect(await decided(findingWith(), notify)).toMatchObject({ kind: 'update', newlySuppressed: false });
    expect(await decided(findingWith(), score)).toMatchObject({ kind: 'update', newlySuppressed: false });
  });

  it('counts no finding as newly suppressed that is suppressed already', async () => {
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' } });

    const adopted = await decided(finding, { ...suppress, adopt: true });
    const scored = await decided(finding, score);

    expect([adopted, scored].map(({ kind, newlySuppressed }) => [kind, newlySuppressed])).toEqual([
      ['update', false],
      ['update', false],
    ]);
  });

  it('withdraws what no rule decides any more', async () => {
    const finding = markedFinding({ Workflow: 'SUPPRESSED' }, { Workflow: { Status: 'SUPPRESSED' } });

    expect(await decided(finding)).toMatchObject({
      kind: 'update',
      update: {
        Workflow: { Status: 'NEW' },
        UserDefinedFields: { triageRules: '|', triageSet: '{"v":1,"Workflow":"NEW","off":["Workflow"]}' },
      },
      rules: [],
    });
  });

  it('names what it cannot withdraw, since the role may not write it, and sends nothing for it', async () => {
    const finding = markedFinding({ Confidence: 5, was: { Confidence: 9 } }, { Confidence: 5 });

    expect(await decided(finding)).toMatchObject({ kind: 'unchanged', update: null, kept: ['Confidence'] });
    expect(await decided(finding, suppress)).toMatchObject({
      kind: 'update',
      update: {
        Workflow: { Status: 'SUPPRESSED' },
        UserDefinedFields: {
          triageSet: '{"v":1,"Workflow":"SUPPRESSED","Confidence":5,"was":{"Confidence":9}}',
        },
      },
      kept: ['Confidence'],
    });
    expect(await decided(findingWith(), suppress)).not.toHaveProperty('kept');
    expect((await decided(finding, { ...score, conditions: NEVER })).update).toMatchObject({ Confidence: 9 });
  });

  it('gives up what cannot be sent, with the update and the cause', async () => {
    const keys = Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`k${n}`, 'v']));

    const decision = await decided(findingWith({ UserDefinedFields: keys }), suppress);

    expect(decision).toMatchObject({
      kind: 'deadLetter',
      update: { Workflow: { Status: 'SUPPRESSED' } },
      cause: { code: 'TooManyUserDefinedFields' },
      newlySuppressed: false,
    });
  });

  it('gives up a mark that outgrew its field', async () => {
    const keys = Object.fromEntries(Array.from({ length: 49 }, (_, n) => [`${'k'.repeat(20)}${n}`, 'v']));

    const decision = await decided(findingWith(), ruleWriting({ UserDefinedFields: keys }));

    expect(decision).toMatchObject({ kind: 'deadLetter', cause: { code: 'MarkTooLarge' } });
  });
});

describe('what decide holds', () => {
  it.each([
    ['a person set', 'person', { Workflow: { Status: 'NOTIFIED' } }, 'Workflow'],
    [
      'the service set',
      'service',
      { Workflow: { Status: 'RESOLVED' }, Compliance: { Status: 'PASSED' } },
      'Workflow',
    ],
    [
      'a native rule most likely set',
      'nativeRule',
      { Severity: { Label: 'HIGH' }, FindingProviderFields: { Severity: { Label: 'MEDIUM' } } },
      'Severity',
    ],
    ['only a rule with leave may hide', 'critical', { Severity: { Label: 'CRITICAL' } }, 'Workflow'],
  ])('keeps what %s and counts it as %s', async (_, by, members, field) => {
    const low = ruleWriting({ Severity: { Label: 'LOW' } });
    const rule = field === 'Severity' ? low : suppress;

    const decision = await decided(findingWith(members), rule);

    expect(decision).toMatchObject({ kind: 'held', update: null, held: [{ field, by }], rules: [rule.name] });
  });

  it('keeps everything on a finding that a person holds', async () => {
    const finding = findingWith({ UserDefinedFields: { triageHold: 'waiting for audit' } });

    expect(await decided(finding, suppress, score)).toMatchObject({
      kind: 'held',
      update: null,
      held: [
        { field: 'Confidence', by: 'hold' },
        { field: 'Workflow', by: 'hold' },
      ],
    });
  });

  it('does not count a hold that keeps nothing back', async () => {
    const finding = findingWith({
      UserDefinedFields: { triageHold: 'on' },
      Workflow: { Status: 'NOTIFIED' },
    });

    expect(await decided(finding, suppress)).toMatchObject({ kind: 'unchanged', held: [] });
  });

  it("keeps everything on another instance's finding, and is silent where there is nothing to do", async () => {
    const finding = findingWith({ UserDefinedFields: { stagingSet: '{"v":1}' } });

    expect(await decided(finding, suppress)).toMatchObject({
      kind: 'held',
      update: null,
      held: [{ field: 'Workflow', by: 'instance' }],
    });
    expect(await decided(finding)).toMatchObject({ kind: 'unchanged', held: [] });
  });

  it('sends the fields that are free beside one that is held', async () => {
    const both = ruleWriting({ Workflow: { Status: 'SUPPRESSED' }, Confidence: 5 });

    const decision = await decided(findingWith({ Workflow: { Status: 'NOTIFIED' } }), both);

    expect(decision).toMatchObject({
      kind: 'update',
      update: { Confidence: 5 },
      held: [{ field: 'Workflow', by: 'person' }],
    });
    expect(decision.update).not.toHaveProperty('Workflow');
  });

  it('writes no note of a rule one of whose fields is held: it would claim what was not done', async () => {
    const noted = ruleWriting({
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'Suppressed' },
      Confidence: 5,
    });

    const { update } = await decided(findingWith({ Workflow: { Status: 'NOTIFIED' } }), noted);

    expect(update).toMatchObject({ Confidence: 5 });
    expect(update).not.toHaveProperty('Note');
  });
});

describe('what decide observes', () => {
  it('says what an observed rule would send, and sends nothing', async () => {
    expect(await decided(findingWith(), seen)).toMatchObject({
      kind: 'observed',
      update: null,
      rules: ['seen'],
      observed: { rules: ['seen'], update: { Confidence: 5 } },
    });
  });

  it('says it beside an update that is sent', async () => {
    const decision = await decided(findingWith(), suppress, seen);

    expect(decision).toMatchObject({
      kind: 'update',
      rules: ['suppress'],
      observed: {
        rules: ['seen', 'suppress'],
        update: { Workflow: { Status: 'SUPPRESSED' }, Confidence: 5 },
      },
    });
    expect(decision.update).not.toHaveProperty('Confidence');
  });

  it('says nothing where enforcing the rule would change nothing', async () => {
    const decision = await decided(findingWith(), score, seen);

    expect(decision).toMatchObject({ kind: 'update', observed: null });
  });

  it('counts as observed what an observed rule would find held', async () => {
    const finding = findingWith({ Workflow: { Status: 'NOTIFIED' } });

    expect(await decided(finding, { ...suppress, mode: 'observe' })).toMatchObject({
      kind: 'observed',
      held: [],
      observed: null,
    });
  });

  it('counts it under a hold too, where the enforced rules want nothing', async () => {
    const finding = findingWith({ UserDefinedFields: { triageHold: 'on' } });

    expect(await decided(finding, seen)).toMatchObject({ kind: 'observed', rules: ['seen'], observed: null });
  });
});
