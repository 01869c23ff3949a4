import { describe, expect, it } from 'vitest';
import type { Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import type { FieldValue } from '../../lib/triage/field.ts';
import { mergeRules } from '../../lib/triage/merge.ts';
import { ruleWriting } from '../reference/fixtures.ts';

const related = (...ids: readonly string[]) => ids.map((Id) => ({ Id, ProductArn: 'arn:aws:securityhub' }));

const named = (name: string, params: UpdateTemplate): Rule => ruleWriting(params, { name });

/** What rules want, by field: the value, and the names of the rules that decided it. */
function wanted(
  rules: readonly Rule[],
  base: Record<string, FieldValue> = {},
  facts: Record<string, unknown> = {},
): Record<string, readonly [FieldValue, ...string[]]> {
  const wishes = mergeRules(
    rules,
    (field) => base[field],
    (fact) => facts[fact],
  );
  for (const [field, wish] of wishes) expect(wish.field).toBe(field);
  return Object.fromEntries(
    [...wishes].map(([field, { value, rules: deciders }]) => [
      field,
      [value, ...deciders.map(({ name }) => name)],
    ]),
  );
}

describe('mergeRules', () => {
  it('lets the first rule that names a field decide it', () => {
    const one = named('one', { Workflow: { Status: 'NOTIFIED' }, Confidence: 1 });
    const two = named('two', {
      Workflow: { Status: 'SUPPRESSED' },
      Severity: { Label: 'LOW' },
      VerificationState: 'BENIGN_POSITIVE',
      Confidence: 2,
      Criticality: 0,
      Note: { Text: 'seen' },
    });

    expect(wanted([one, two])).toEqual({
      Workflow: ['NOTIFIED', 'one'],
      Confidence: [1, 'one'],
      Severity: ['LOW', 'two'],
      VerificationState: ['BENIGN_POSITIVE', 'two'],
      Criticality: [0, 'two'],
      Note: ['seen', 'two'],
    });
  });

  it('merges user-defined fields key by key', () => {
    const one = named('one', { UserDefinedFields: { a: '1', b: '1' } });
    const two = named('two', { UserDefinedFields: { b: '2', c: '2' } });

    expect(wanted([one, two])).toEqual({
      'UserDefinedFields.a': ['1', 'one'],
      'UserDefinedFields.b': ['1', 'one'],
      'UserDefinedFields.c': ['2', 'two'],
    });
  });

  it('appends to the lists that stand there, and names the rules that bring something new', () => {
    const one = named('one', { Types: ['b', 'a'], RelatedFindings: related('2') });
    const two = named('two', { Types: ['a'], RelatedFindings: related('3', '2') });
    const three = named('three', { Types: ['c'] });

    expect(wanted([one, two, three], { Types: ['a'], RelatedFindings: related('1') })).toEqual({
      Types: [['a', 'b', 'c'], 'one', 'three'],
      RelatedFindings: [related('1', '2', '3'), 'one', 'two'],
    });
  });

  it('names the first rule of a list also where it brings nothing new', () => {
    expect(wanted([named('one', { Types: ['a'] })], { Types: ['a'] })).toEqual({ Types: [['a'], 'one'] });
  });

  it('stays within 50 types and 10 related findings', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `${n}`);

    const { Types, RelatedFindings } = wanted([
      named('one', { Types: ids, RelatedFindings: related(...ids) }),
    ]);

    expect(Types).toEqual([ids.slice(0, 50), 'one']);
    expect(RelatedFindings).toEqual([related(...ids.slice(0, 10)), 'one']);
  });

  it('expands texts for each finding', () => {
    const rule = named('one', {
      Types: ['{{T}}'],
      RelatedFindings: [{ Id: '{{I}}', ProductArn: 'arn:{{P}}' }],
      Note: { Text: 'of {{N}}' },
      UserDefinedFields: { key: '{{K}}' },
    });

    expect(wanted([rule], {}, { T: 'a', I: 'i', P: 'p', N: 'n', K: 'k' })).toEqual({
      Types: [['a'], 'one'],
      RelatedFindings: [[{ Id: 'i', ProductArn: 'arn:p' }], 'one'],
      Note: ['of n', 'one'],
      'UserDefinedFields.key': ['k', 'one'],
    });
    expect(wanted([rule], {}, { T: 'b', I: 'j', P: 'q', N: 'm', K: 'l' })).toMatchObject({
      Types: [['b'], 'one'],
      Note: ['of m', 'one'],
      'UserDefinedFields.key': ['l', 'one'],
    });
  });

  it.each([
    { Types: ['{{Missing}}', ' '] },
    { RelatedFindings: [{ Id: '{{Missing}}', ProductArn: 'arn' }] },
    { RelatedFindings: [{ Id: 'i', ProductArn: '{{Missing}}' }] },
    { Note: { Text: '{{Missing}}' } },
    { UserDefinedFields: { key: ' {{Missing}} ' } },
    { Types: [], RelatedFindings: [], UserDefinedFields: {} },
  ] satisfies UpdateTemplate[])('wants nothing where %j expands to nothing', (params) => {
    expect(wanted([named('one', params)])).toEqual({});
  });

  it('wants the rest where part of a list expands to nothing', () => {
    const rule = named('one', {
      Types: ['{{Missing}}', 'a'],
      RelatedFindings: [{ Id: '{{Missing}}', ProductArn: 'arn' }, ...related('1')],
    });

    expect(wanted([rule])).toEqual({ Types: [['a'], 'one'], RelatedFindings: [related('1'), 'one'] });
  });

  it('cuts what expands to more than the API takes', () => {
    const rule = named('one', {
      Types: ['{{Long}}'],
      RelatedFindings: [{ Id: '{{Long}}', ProductArn: '{{Long}}' }],
      Note: { Text: '{{Long}}' },
      UserDefinedFields: { key: '{{Long}}' },
    });

    const wishes = wanted([rule], {}, { Long: 'x'.repeat(3_000) });

    const lengths = JSON.stringify(wishes)
      .match(/x+/g)
      ?.map(({ length }) => length);
    expect(lengths).toEqual([512, 512, 2048, 512, 1024]);
  });
});
