import { describe, expect, it } from 'vitest';
import { CONTEXT, codesOf, loadFolder, ruleOn, ruleWriting, saidOf } from '../rules-folder.ts';

const leaf = (fact: string) => ({ fact, operator: 'exists', value: true });
const named = (name: string, rule: object) => ({ ...rule, name });
const load = (rules: readonly object[], files: Readonly<Record<string, unknown>> = {}) =>
  loadFolder({
    ...CONTEXT,
    ...files,
    ...Object.fromEntries(rules.map((rule, i) => [`area/${i}.json`, named(`rule-${i}`, rule)])),
  });

describe('custom actions', () => {
  const action = (params: object, ...more: unknown[]) => ({
    ...ruleOn(leaf('event.actionName'), ...more),
    event: { type: 'update', params },
  });

  it('refuses a rule that reads what it writes itself', () => {
    const loaded = load([action({ Workflow: { Status: 'NOTIFIED' } }, leaf('Workflow.Status'))]);

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(/TR118 "rule-0" writes Workflow .* it reads Workflow.Status/),
    ]);
  });

  it('refuses a rule that reads what another one writes', () => {
    const loaded = load([
      action({ UserDefinedFields: { by: 'x' } }),
      action({ Confidence: 5 }, leaf('UserDefinedFields.by')),
    ]);

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(/TR118 "rule-0" writes UserDefinedFields .* "rule-1"/),
    ]);
  });

  it('refuses it where the event or the field is read by a template or a shared condition', () => {
    const files = { 'conditions/pressed.json': { condition: { all: [leaf('event.detailType')] } } };
    const writer = {
      ...ruleOn({ condition: 'pressed' }),
      event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
    };
    const reader = ruleWriting({ Note: { Text: '{{event.actionName}}: {{Severity.Label}}' } });

    expect(codesOf(load([writer, reader], files))).toEqual(['TR118']);
  });

  it('accepts what rules of ordinary events read, and other fields', () => {
    const loaded = load([
      action({ Workflow: { Status: 'NOTIFIED' } }, leaf('Severity.Label')),
      ruleOn(leaf('Workflow.Status')),
      action({ Confidence: 5 }, leaf('FindingProviderFields.Confidence')),
    ]);

    expect(saidOf(loaded)).toEqual([]);
  });
});
