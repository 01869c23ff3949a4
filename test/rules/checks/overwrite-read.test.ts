import { describe, expect, it } from 'vitest';
import { CONTEXT, codesOf, loadFolder, ruleOn, ruleWriting, saidOf } from '../rules-folder.ts';

const leaf = (fact: string) => ({ fact, operator: 'exists', value: true });
const NOTE = { Note: { Text: 'seen' } };
const named = (name: string, rule: object) => ({ ...rule, name });
const load = (rules: readonly object[], files: Readonly<Record<string, unknown>> = {}) =>
  loadFolder({
    ...CONTEXT,
    ...files,
    ...Object.fromEntries(rules.map((rule, i) => [`area/${i}.json`, named(`rule-${i}`, rule)])),
  });

describe('overwriting what rules read', () => {
  const overwriting = (field: string, params: object) => ruleWriting(params, { overwrite: [field] });

  it.each([
    [
      'a note that another rule reads',
      overwriting('Note', NOTE),
      ruleOn(leaf('Note.Text')),
      /"rule-0" overwrites Note, and the rule "rule-1" reads Note.Text/,
    ],
    [
      'a note that a template reads',
      overwriting('Note', NOTE),
      ruleWriting({ UserDefinedFields: { was: '{{Note.Text}}' } }),
      /"rule-1" reads Note.Text/,
    ],
    [
      'a note read on the other side',
      overwriting('Note', NOTE),
      ruleOn({ fact: 'Title', operator: 'equal', value: { fact: 'Note.Text' } }),
      /reads Note.Text/,
    ],
    [
      'a key that another rule reads',
      overwriting('UserDefinedFields', { UserDefinedFields: { team: 'x' } }),
      ruleOn(leaf('UserDefinedFields.team')),
      /reads UserDefinedFields.team/,
    ],
    [
      'a key read as a whole',
      overwriting('UserDefinedFields', { UserDefinedFields: { team: 'x' } }),
      ruleOn(leaf('UserDefinedFields')),
      /reads UserDefinedFields/,
    ],
  ])('refuses %s', (_, writer, reader, message) => {
    const loaded = load([writer, reader]);

    expect(codesOf(loaded)).toEqual(['TR117']);
    expect(saidOf(loaded)[0]).toMatch(message);
  });

  it('refuses it through a shared condition', () => {
    const files = { 'conditions/noted.json': { condition: { all: [leaf('Note')] } } };
    const loaded = load([overwriting('Note', NOTE), ruleOn({ condition: 'noted' })], files);

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR117 .* "rule-1" reads Note\./)]);
  });

  it.each([
    ['Types', { Types: ['TTPs'] }, 'Types'],
    ['RelatedFindings', { RelatedFindings: [{ Id: 'x', ProductArn: 'arn:x' }] }, 'RelatedFindings'],
  ])('refuses a rule that overwrites %s and reads it', (field, params, fact) => {
    const loaded = load([{ ...overwriting(field, params), conditions: { all: [leaf(fact)] } }]);

    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR117 .* this rule reads/)]);
  });

  it.each([
    [
      'another key',
      overwriting('UserDefinedFields', { UserDefinedFields: { team: 'x' } }),
      ruleOn(leaf('UserDefinedFields.owner')),
    ],
    [
      'severity, which the provider keeps',
      overwriting('Severity', { Severity: { Label: 'LOW' } }),
      ruleOn(leaf('Severity.Label')),
    ],
    ['types that another rule reads', overwriting('Types', { Types: ['TTPs'] }), ruleOn(leaf('Types'))],
    ['a note that no rule overwrites', ruleWriting(NOTE), ruleOn(leaf('Note.Text'))],
  ])('accepts %s', (_, writer, reader) => {
    expect(saidOf(load([writer, reader]))).toEqual([]);
  });
});
