import { describe, expect, it } from 'vitest';
import type { Condition, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { applyUpdate } from './apply-update.ts';
import { referenceDecide } from './decide.ts';
import {
  actionEvent,
  findingWith,
  IMPORTED,
  markedFinding,
  NOW,
  rulesetOf,
  ruleWriting,
} from './fixtures.ts';

const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } });

describe('holds of the whole finding', () => {
  it.each(['on', 'yes', 'because'])('respects triageHold %j', (triageHold) => {
    const finding = findingWith({ UserDefinedFields: { triageHold } });

    const decision = referenceDecide(finding, IMPORTED, rulesetOf([suppress]), NOW);

    expect(decision).toEqual({ kind: 'held', update: null, rules: ['rule-a'], held: ['Workflow'] });
  });

  it('does not report a hold that kept nothing back', () => {
    const finding = findingWith({ UserDefinedFields: { triageHold: 'on' } });

    expect(referenceDecide(finding, IMPORTED, rulesetOf([]), NOW).kind).toBe('unchanged');
  });

  it('is over when the hold reads off', () => {
    const finding = findingWith({ UserDefinedFields: { triageHold: ' OFF ' } });

    expect(referenceDecide(finding, IMPORTED, rulesetOf([suppress]), NOW).kind).toBe('update');
  });

  it('holds what another instance marked, whatever rules say', () => {
    const finding = findingWith({ UserDefinedFields: { stagingSet: '{"v":1}' } });

    expect(referenceDecide(finding, IMPORTED, rulesetOf([]), NOW)).toMatchObject({
      kind: 'unchanged',
      held: [],
    });
    expect(referenceDecide(finding, IMPORTED, rulesetOf([suppress]), NOW).held).toEqual(['Workflow']);
  });

  it('takes no other field ending in Set for a mark', () => {
    const finding = findingWith({
      UserDefinedFields: { ruleSet: 'blue', dataSet: '{"v":"1"}', mindSet: '[1]' },
    });

    expect(referenceDecide(finding, IMPORTED, rulesetOf([suppress]), NOW).kind).toBe('update');
  });

  it('takes over the marks of an instance it succeeds', () => {
    const finding = findingWith({
      Workflow: { Status: 'SUPPRESSED' },
      UserDefinedFields: { oldSet: '{"v":1,"Workflow":"SUPPRESSED"}' },
    });
    const ruleset = rulesetOf([], { config: { ...DEFAULT_CONFIG, succeeds: ['old'] } });

    expect(referenceDecide(finding, IMPORTED, ruleset, NOW).update).toEqual({
      Workflow: { Status: 'NEW' },
      UserDefinedFields: {
        oldSet: '{"v":1,"Workflow":"SUPPRESSED"}',
        triageRules: '|',
        triageSet: '{"v":1,"Workflow":"NEW","off":["Workflow"]}',
      },
    });
  });

  it('holds a finding whose mark is of a later version', () => {
    const finding = findingWith({ UserDefinedFields: { triageSet: '{"v":2}' } });

    expect(referenceDecide(finding, IMPORTED, rulesetOf([suppress]), NOW)).toMatchObject({
      kind: 'held',
      held: ['Workflow'],
    });
  });
});

describe('observing', () => {
  const observed = ruleWriting({ Confidence: 1 }, { name: 'seen', mode: 'observe' });

  it('reports what an observed rule would send', () => {
    const decision = referenceDecide(findingWith(), IMPORTED, rulesetOf([observed]), NOW);

    expect(decision).toEqual({ kind: 'observed', update: null, rules: ['seen'], held: [] });
  });

  it('lets an update that is sent come first', () => {
    const decision = referenceDecide(findingWith(), IMPORTED, rulesetOf([suppress, observed]), NOW);

    expect(decision).toMatchObject({ kind: 'update', rules: ['rule-a'] });
    expect(decision.update).not.toHaveProperty('Confidence');
  });
});

describe('limits', () => {
  it('dead-letters a mark over 1,024 characters', () => {
    const keys = Array.from({ length: 49 }, (_, index) => [`${'k'.repeat(20)}${index}`, 'v'] as const);
    const rule = ruleWriting({ UserDefinedFields: Object.fromEntries(keys) });

    const decision = referenceDecide(findingWith(), IMPORTED, rulesetOf([rule]), NOW);

    expect(decision).toMatchObject({ kind: 'deadLetter', causeCode: 'MarkTooLarge', rules: ['rule-a'] });
  });

  it('dead-letters a map over 50 keys', () => {
    const keys = Array.from({ length: 49 }, (_, index) => [`k${index}`, 'v'] as const);
    const finding = findingWith({ UserDefinedFields: Object.fromEntries(keys) });

    const decision = referenceDecide(finding, IMPORTED, rulesetOf([suppress]), NOW);

    expect(decision).toMatchObject({ kind: 'deadLetter', causeCode: 'TooManyUserDefinedFields' });
  });

  it('leaves the names to the log where provenance says so', () => {
    const ruleset = rulesetOf([suppress], { config: { ...DEFAULT_CONFIG, provenance: 'log' } });

    const { update } = referenceDecide(findingWith(), IMPORTED, ruleset, NOW);

    expect(update?.UserDefinedFields).toEqual({ triageSet: '{"v":1,"Workflow":"SUPPRESSED"}' });
  });
});

describe('custom actions', () => {
  const onAction: Condition = { all: [{ fact: 'event.actionName', operator: 'equal', value: 'accept' }] };
  const act = (params: UpdateTemplate) => ruleWriting(params, { name: 'act', conditions: onAction });
  const config = { ...DEFAULT_CONFIG, customActions: ['accept'] };

  it('writes what an action rule says without marking it', () => {
    const finding = findingWith({ Workflow: { Status: 'NOTIFIED' } });
    const ruleset = rulesetOf([act({ Workflow: { Status: 'RESOLVED' } })], { config });

    const decision = referenceDecide(finding, actionEvent('accept'), ruleset, NOW);

    expect(decision.update).toEqual({ Workflow: { Status: 'RESOLVED' } });
    expect(decision.rules).toEqual(['act']);
  });

  it.each([
    ['an imported finding', { ...IMPORTED, actionName: 'accept' }],
    ['an action that is not ours', actionEvent('other', 'accept')],
  ])('does not reach action rules with %s', (_, event) => {
    const ruleset = rulesetOf([act({ Workflow: { Status: 'RESOLVED' } })], { config });

    expect(referenceDecide(findingWith(), event, ruleset, NOW).kind).toBe('unchanged');
  });

  it('drops the entry of a field that the action took over', () => {
    const finding = markedFinding(
      { Workflow: 'SUPPRESSED', Confidence: 4 },
      { Workflow: { Status: 'SUPPRESSED' }, Confidence: 4 },
    );
    const confident = ruleWriting({ Confidence: 4 }, { name: 'confident' });
    const ruleset = rulesetOf([act({ Workflow: { Status: 'NOTIFIED' } }), suppress, confident], { config });

    const decision = referenceDecide(finding, actionEvent('accept'), ruleset, NOW);

    expect(decision.update?.Workflow).toEqual({ Status: 'NOTIFIED' });
    expect(decision.update?.UserDefinedFields).toEqual({
      triageRules: '|confident|',
      triageSet: '{"v":1,"Confidence":4}',
    });
    expect(decision.held).toEqual(['Workflow']);
  });

  it('guards a CRITICAL finding against an action too', () => {
    const finding = findingWith({ Severity: { Label: 'CRITICAL' } });
    const ruleset = rulesetOf([act({ Workflow: { Status: 'SUPPRESSED' } })], { config });

    expect(referenceDecide(finding, actionEvent('accept'), ruleset, NOW)).toMatchObject({
      kind: 'held',
      held: ['Workflow'],
    });
  });

  it("re-triages over a person's values and switches the hold off", () => {
    const finding = findingWith({
      Workflow: { Status: 'NOTIFIED' },
      UserDefinedFields: { triageHold: 'on' },
    });

    const decision = referenceDecide(finding, actionEvent('triageRetriage'), rulesetOf([suppress]), NOW);
    const applied = applyUpdate(finding, decision.update);

    expect(decision.update).toEqual({
      Workflow: { Status: 'SUPPRESSED' },
      UserDefinedFields: {
        triageHold: 'off',
        triageRules: '|rule-a|',
        triageSet: '{"v":1,"Workflow":"SUPPRESSED","was":{"Workflow":"NOTIFIED"}}',
      },
    });
    expect(referenceDecide(applied, IMPORTED, rulesetOf([suppress]), NOW).kind).toBe('unchanged');
  });

  it('does not re-triage a note that a rule reads', () => {
    const finding = findingWith({ Note: { Text: 'mine' } });
    const note = ruleWriting({ Note: { Text: 'ours' } });
    const reader = ruleWriting(
      { Confidence: 1 },
      { name: 'reader', conditions: { all: [{ fact: 'Note.Text', operator: 'equal', value: 'x' }] } },
    );

    const free = referenceDecide(finding, actionEvent('triageRetriage'), rulesetOf([note]), NOW);
    const read = referenceDecide(finding, actionEvent('triageRetriage'), rulesetOf([note, reader]), NOW);

    expect(free.update?.Note?.Text).toBe('ours');
    expect(read).toMatchObject({ kind: 'held', held: ['Note'] });
  });

  it('re-triages a user-defined value unless a rule reads that very key', () => {
    const finding = findingWith({ UserDefinedFields: { reason: 'mine', team: 'mine' } });
    const writer = ruleWriting({ UserDefinedFields: { reason: 'ours', team: 'ours' } });
    const reader = ruleWriting({ Note: { Text: 'Of {{UserDefinedFields.team}}' } }, { name: 'reader' });

    const decision = referenceDecide(
      finding,
      actionEvent('triageRetriage'),
      rulesetOf([reader, writer]),
      NOW,
    );

    expect(decision.update?.UserDefinedFields).toMatchObject({ reason: 'ours', team: 'mine' });
    expect(decision.held).toEqual(['UserDefinedFields.team']);
  });
});
