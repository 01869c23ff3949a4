import { describe, expect, it } from 'vitest';
import {
  appendDistinct,
  currentValue,
  hasProviderFields,
  markForm,
  providerValue,
  sameValue,
  severityRank,
  userDefinedFieldsOf,
} from '../../lib/triage/field.ts';
import { findingWith } from '../reference/fixtures.ts';

const related = (...ids: readonly string[]) => ids.map((Id) => ({ Id, ProductArn: 'arn:aws:securityhub' }));

describe('currentValue', () => {
  it.each([
    ['Workflow', {}, 'NEW'],
    ['Workflow', { Workflow: { Status: 'NOTIFIED' } }, 'NOTIFIED'],
    ['Workflow', { Workflow: 'NOTIFIED' }, 'NEW'],
    ['VerificationState', {}, 'UNKNOWN'],
    ['Severity', { Severity: { Label: 'LOW' } }, 'LOW'],
    ['Confidence', { Confidence: 0 }, 0],
    ['Confidence', { Confidence: '7' }, undefined],
    ['Types', { Types: ['b', 'a', 'b', ' ', 7] }, ['b', 'a']],
    ['Types', { Types: [] }, undefined],
    ['Types', { Types: 'a' }, undefined],
    ['Note', { Note: { Text: 'mine' } }, 'mine'],
    ['Note', { Note: { Text: '' } }, undefined],
    ['UserDefinedFields.a.b', { UserDefinedFields: { 'a.b': 'c' } }, 'c'],
    ['UserDefinedFields.toString', { UserDefinedFields: {} }, undefined],
    ['UserDefinedFields', { UserDefinedFields: { a: 'b' } }, undefined],
  ])('of %s in %j is %j', (field, members, value) => {
    expect(currentValue(findingWith(members), field)).toEqual(value);
  });

  it.each([
    [-1, 'INFORMATIONAL'],
    [0, 'INFORMATIONAL'],
    [1, 'LOW'],
    [39, 'LOW'],
    [40, 'MEDIUM'],
    [69, 'MEDIUM'],
    [70, 'HIGH'],
    [89, 'HIGH'],
    [90, 'CRITICAL'],
    [100, 'CRITICAL'],
    ['90', undefined],
  ])('of a severity that is normalized to %j is %j', (Normalized, label) => {
    expect(currentValue(findingWith({ Severity: { Normalized } }), 'Severity')).toBe(label);
    expect(currentValue(findingWith({ Severity: { Normalized, Label: 'LOW' } }), 'Severity')).toBe('LOW');
  });

  it('leaves out related findings that are not identified', () => {
    const RelatedFindings = [
      ...related('1'),
      { Id: '2' },
      { Id: ' ', ProductArn: 'arn' },
      { Id: '3', ProductArn: '' },
      { ProductArn: 'arn' },
      null,
      'x',
      ...related('1'),
    ];

    expect(currentValue(findingWith({ RelatedFindings }), 'RelatedFindings')).toEqual(related('1'));
  });

  it('reads no member that a finding inherits', () => {
    const finding = Object.assign(Object.create({ Confidence: 7 }), findingWith());

    expect(currentValue(finding, 'Confidence')).toBeUndefined();
  });
});

describe('providerValue', () => {
  it.each([
    ['Severity', { Severity: { Normalized: 70 } }, 'HIGH'],
    ['Criticality', { Criticality: 5 }, 5],
    ['Workflow', { Workflow: { Status: 'NOTIFIED' } }, undefined],
    ['Severity', null, undefined],
  ])('of %s in %j is %j', (field, FindingProviderFields, value) => {
    expect(providerValue(findingWith({ FindingProviderFields }), field)).toEqual(value);
  });
});

describe('sameValue', () => {
  it.each([
    [['a', 'b'], ['b', 'a'], true],
    [['a'], ['a', 'b'], false],
    [related('1', '2'), related('2', '1'), true],
    [['a'], 'a', false],
    ['a', ['a'], false],
    [related('1'), related('2'), false],
    ['LOW', 'LOW', true],
    [0, undefined, false],
    [undefined, undefined, true],
  ])('of %j and %j is %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
  });
});

describe('markForm', () => {
  it('keeps labels, statuses and numbers as they are', () => {
    expect([markForm('Workflow', 'NEW'), markForm('Severity', 'LOW'), markForm('Confidence', 0)]).toEqual([
      'NEW',
      'LOW',
      0,
    ]);
  });

  it('shortens notes, user-defined values and lists to 8 hex digits, lists whatever their order', () => {
    expect(markForm('Note', 'ours')).toBe('ae0bec9e');
    expect(markForm('UserDefinedFields.team', 'ours')).toBe('ae0bec9e');
    expect(markForm('Types', ['b', 'a'])).toBe('0473ef2d');
    expect(markForm('Types', ['a', 'b'])).toBe('0473ef2d');
    expect(markForm('RelatedFindings', related('2', '1'))).toBe(
      markForm('RelatedFindings', related('1', '2')),
    );
  });
});

describe('appendDistinct', () => {
  it('keeps the order of first sight and no more than the limit', () => {
    expect(appendDistinct(['b'], ['a', 'b', 'c'], 5)).toEqual(['b', 'a', 'c']);
    expect(appendDistinct(['b'], ['a', 'c'], 2)).toEqual(['b', 'a']);
    expect(appendDistinct(related('1'), related('2', '1'), 10)).toEqual(related('1', '2'));
    expect(appendDistinct(undefined, [], 10)).toEqual([]);
  });

  it('keeps findings apart that share an Id or a product', () => {
    const [one] = related('1');
    const other = { Id: '1', ProductArn: 'arn:aws:other' };

    expect(appendDistinct([one as typeof other], [other, ...related('2')], 10)).toEqual([
      one,
      other,
      ...related('2'),
    ]);
  });
});

describe('userDefinedFieldsOf', () => {
  it('reads what could be sent again', () => {
    const UserDefinedFields = JSON.parse('{"a":"b","__proto__":"c","blank":" ","number":7}');

    expect([...userDefinedFieldsOf(findingWith({ UserDefinedFields }))]).toEqual([
      ['a', 'b'],
      ['__proto__', 'c'],
    ]);
  });
});

describe('user-defined fields and provider fields', () => {
  it.each([[undefined], [null], ['text'], [7], [['a']]])('are none where they are %j', (given) => {
    const finding = findingWith({ UserDefinedFields: given, FindingProviderFields: given });

    expect(userDefinedFieldsOf(finding).size).toBe(0);
    expect(hasProviderFields(finding)).toBe(false);
  });

  it('are there as soon as they are an object', () => {
    expect(hasProviderFields(findingWith({ FindingProviderFields: {} }))).toBe(true);
  });
});

describe('severityRank', () => {
  it('orders the labels and puts anything else below them', () => {
    expect(
      ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'Severe', undefined].map(severityRank),
    ).toEqual([0, 1, 2, 3, 4, -1, -1]);
  });
});
