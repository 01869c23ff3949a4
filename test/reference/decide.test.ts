import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { referenceDecide } from './decide.ts';
import { findingWith, IMPORTED, NOW, rulesetOf, ruleWriting } from './fixtures.ts';

const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } });

function decide(finding: Finding, ...rules: readonly Rule[]) {
  return referenceDecide(finding, IMPORTED, rulesetOf(rules), NOW);
}

describe('a first decision', () => {
  it('writes what the rule says and marks it', () => {
    const decision = decide(findingWith(), suppress);

    expect(decision).toEqual({
      kind: 'update',
      update: {
        Workflow: { Status: 'SUPPRESSED' },
        UserDefinedFields: { triageRules: '|rule-a|', triageSet: '{"v":1,"Workflow":"SUPPRESSED"}' },
      },
      rules: ['rule-a'],
      held: [],
    });
  });

  it('leaves a finding alone that no rule matches', () => {
    const never = ruleWriting(
      { Confidence: 1 },
      { conditions: { all: [{ fact: 'Title', operator: 'exists', value: true }] } },
    );

    expect(decide(findingWith(), never)).toEqual({ kind: 'unchanged', update: null, rules: [], held: [] });
  });

  it('sends nothing for a value that already stands', () => {
    const finding = findingWith({ Severity: { Label: 'LOW' } });

    const decision = decide(finding, ruleWriting({ Severity: { Label: 'LOW' } }));

    expect(decision).toEqual({ kind: 'unchanged', update: null, rules: ['rule-a'], held: [] });
  });

  it('keeps the user-defined fields of others and drops blank ones from the full map', () => {
    const finding = findingWith({ UserDefinedFields: { ticket: 'OPS-1', blank: ' ' } });

    const decision = decide(finding, ruleWriting({ UserDefinedFields: { reason: 'scanner' } }));

    expect(decision.update?.UserDefinedFields).toEqual({
      ticket: 'OPS-1',
      reason: 'scanner',
      triageRules: '|rule-a|',
      triageSet: '{"v":1,"UserDefinedFields":{"reason":"6105d862"}}',
    });
  });

  it('signs a note with the name of the instance', () => {
    const decision = decide(findingWith({ Title: 'Scan' }), ruleWriting({ Note: { Text: 'See {{Title}}' } }));

    expect(decision.update?.Note).toEqual({ Text: 'See Scan', UpdatedBy: 'securityhub-triage' });
  });

  it('remembers a severity that only the top level told', () => {
    const finding = findingWith({ Severity: { Label: 'HIGH' } });

    const decision = decide(finding, ruleWriting({ Severity: { Label: 'LOW' } }));

    expect(decision.update?.UserDefinedFields?.triageSet).toBe(
      '{"v":1,"Severity":"LOW","was":{"Severity":"HIGH"}}',
    );
  });

  it('does not remember a severity that the provider still tells', () => {
    const finding = findingWith({
      Severity: { Label: 'HIGH' },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
    });

    const decision = decide(finding, ruleWriting({ Severity: { Label: 'LOW' } }));

    expect(decision.update?.UserDefinedFields?.triageSet).toBe('{"v":1,"Severity":"LOW"}');
  });

  it.each([
    [0, 'INFORMATIONAL'],
    [39, 'LOW'],
    [40, 'MEDIUM'],
    [70, 'HIGH'],
    [90, 'CRITICAL'],
  ])('reads Normalized %i as %s where there is no label', (Normalized, label) => {
    const rule = ruleWriting(
      { Confidence: 5 },
      { conditions: { all: [{ fact: 'Severity.Label', operator: 'equal', value: label }] } },
    );

    expect(decide(findingWith({ Severity: { Normalized } }), rule).kind).toBe('update');
  });
});

describe('merging', () => {
  it('lets the higher priority decide a field and the lower one the rest', () => {
    const low = ruleWriting({ Confidence: 1, Criticality: 2 }, { name: 'low', priority: 1 });
    const high = ruleWriting({ Confidence: 9 }, { name: 'high', priority: 2 });

    const decision = decide(findingWith(), low, high);

    expect(decision.rules).toEqual(['high', 'low']);
    expect(decision.update).toMatchObject({ Confidence: 9, Criticality: 2 });
    expect(decision.update?.UserDefinedFields?.triageRules).toBe('|high|low|');
  });

  it('orders equal priorities by name', () => {
    const b = ruleWriting({ Confidence: 1 }, { name: 'b' });
    const a = ruleWriting({ Confidence: 2 }, { name: 'a' });

    expect(decide(findingWith(), b, a)).toMatchObject({ rules: ['a'], update: { Confidence: 2 } });
  });

  it('hears no rule below one that stops', () => {
    const high = ruleWriting({ Confidence: 9 }, { name: 'high', priority: 2, stop: true });
    const low = ruleWriting({ Criticality: 2 }, { name: 'low', priority: 1 });

    expect(decide(findingWith(), high, low).update).not.toHaveProperty('Criticality');
  });

  it('ignores a rule once its last day has passed, and not before', () => {
    const lastDay = ruleWriting({ Confidence: 9 }, { expires: '2026-06-15' });
    const dayBefore = ruleWriting({ Confidence: 9 }, { expires: '2026-06-14' });

    expect(decide(findingWith(), lastDay).kind).toBe('update');
    expect(decide(findingWith(), dayBefore).kind).toBe('unchanged');
  });

  it('adds types to those that stand, each once, and remembers how many were there', () => {
    const one = ruleWriting({ Types: ['b', 'c'] }, { name: 'one', priority: 2 });
    const two = ruleWriting({ Types: ['c', 'd'] }, { name: 'two', priority: 1 });

    const decision = decide(findingWith({ Types: ['a', 'b'] }), one, two);

    expect(decision.update?.Types).toEqual(['a', 'b', 'c', 'd']);
    expect(decision.update?.UserDefinedFields?.triageSet).toMatch(/"was":\{"Types":2\}/);
    expect(decision.rules).toEqual(['one', 'two']);
  });

  it('cuts related findings at ten', () => {
    const related = Array.from({ length: 12 }, (_, index) => ({ ProductArn: 'arn', Id: `f-${index}` }));

    const decision = decide(findingWith(), ruleWriting({ RelatedFindings: related }));

    expect(decision.update?.RelatedFindings).toEqual(related.slice(0, 10));
  });

  it('leaves a field undecided whose template is blank', () => {
    const blank = ruleWriting(
      { Note: { Text: '{{Missing}}' }, Confidence: 3 },
      { name: 'blank', priority: 2 },
    );
    const told = ruleWriting({ Note: { Text: 'told' } }, { name: 'told', priority: 1 });

    expect(decide(findingWith(), blank, told).update?.Note?.Text).toBe('told');
  });
});
