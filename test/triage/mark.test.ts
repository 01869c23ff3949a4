import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_FIELDS } from '../../lib/triage/field.ts';
import { looksLikeMark, type Mark, PERSONS, readMark, writeMark } from '../../lib/triage/mark.ts';

function markOf(entries: Record<string, string | number>, was: Record<string, string | number | null> = {}) {
  return { entries: new Map(Object.entries(entries)), was: new Map(Object.entries(was)) };
}

function marked(entries: Record<string, string | number>, was: Record<string, string | number | null> = {}) {
  return { kind: 'mark', mark: markOf(entries, was) };
}

describe('writeMark', () => {
  it('writes short values verbatim in one fixed order, whatever order they came in', () => {
    const mark = markOf({
      Note: '5e884898',
      RelatedFindings: 'f4d42625',
      Types: '0473ef2d',
      Criticality: 5,
      Confidence: 4,
      VerificationState: 'BENIGN_POSITIVE',
      Severity: 'LOW',
      Workflow: 'SUPPRESSED',
    });

    expect(writeMark(mark, [])).toBe(
      '{"v":1,"Workflow":"SUPPRESSED","Severity":"LOW","VerificationState":"BENIGN_POSITIVE","Confidence":4,' +
        '"Criticality":5,"Types":"0473ef2d","RelatedFindings":"f4d42625","Note":"5e884898"}',
    );
  });

  it('writes user-defined keys sorted, under a member of their own', () => {
    const mark = markOf({ 'UserDefinedFields.b.c': '2', 'UserDefinedFields.a': '1', Workflow: 'NEW' });

    expect(writeMark(mark, [])).toBe('{"v":1,"Workflow":"NEW","UserDefinedFields":{"a":"1","b.c":"2"}}');
  });

  it('writes what stood before, a null included, and the sorted list of what is withdrawn', () => {
    const mark = markOf({ Workflow: 'NEW', Severity: 'LOW' }, { Severity: null, Workflow: 'NOTIFIED' });

    expect(writeMark(mark, ['Workflow', 'Severity'])).toBe(
      '{"v":1,"Workflow":"NEW","Severity":"LOW","was":{"Workflow":"NOTIFIED","Severity":null},"off":["Severity","Workflow"]}',
    );
  });

  it('writes nothing but the version where there is nothing to say', () => {
    expect(writeMark(markOf({}), [])).toBe('{"v":1}');
  });
});

describe('readMark', () => {
  it('reads entries and what stood before', () => {
    const text =
      '{"v":1,"Workflow":"SUPPRESSED","Confidence":4,"UserDefinedFields":{"a.b":"6105d862"},"was":{"Workflow":"NOTIFIED"}}';

    expect(readMark(text)).toEqual(
      marked(
        { Workflow: 'SUPPRESSED', Confidence: 4, 'UserDefinedFields.a.b': '6105d862' },
        { Workflow: 'NOTIFIED' },
      ),
    );
  });

  it('reads the entry of what a person set by a custom action', () => {
    expect(readMark('{"v":1,"Workflow":"*"}')).toEqual(marked({ Workflow: PERSONS }));
  });

  it.each([
    ['is absent', undefined],
    ['is empty', ''],
    ['is a plain word', 'blue'],
    ['is a JSON text that is no object', '[1]'],
    ['is broken JSON', '{"v":1,'],
    ['has no version', '{"Workflow":"NEW"}'],
    ['has a version that is no number', '{"v":"1"}'],
    ['starts with white space', ' {"v":1}'],
  ])('counts a text that %s as no mark', (_, text) => {
    expect(readMark(text)).toEqual({ kind: 'none' });
  });

  it.each(['{"v":2}', '{"v":0}', '{"v":1.5}'])('does not pretend to know the version of %s', (text) => {
    expect(readMark(text)).toEqual({ kind: 'unknownVersion' });
  });

  it('ignores members it does not know and entries that are neither text nor number', () => {
    const text =
      '{"v":1,"later":true,"Workflow":{"Status":"NEW"},"Severity":null,"Types":["a"],"Confidence":4,"UserDefinedFields":{"a":1,"b":null,"c":["x"]}}';

    expect(readMark(text)).toEqual(marked({ Confidence: 4, 'UserDefinedFields.a': 1 }));
  });

  it.each(['"x"', '["x"]', 'null'])('ignores user-defined fields and earlier values given as %s', (value) => {
    expect(readMark(`{"v":1,"UserDefinedFields":${value},"was":${value}}`)).toEqual(marked({}));
  });

  it('takes no entry from a prototype that the text tries to set', () => {
    expect(readMark('{"v":1,"__proto__":{"Workflow":"SUPPRESSED"}}')).toEqual(marked({}));
  });

  it.each([
    ['Workflow', '"NOTIFIED"'],
    ['Severity', '"LOW"'],
    ['Severity', 'null'],
    ['VerificationState', '"TRUE_POSITIVE"'],
    ['Confidence', '0'],
    ['Confidence', '100'],
    ['Criticality', 'null'],
    ['Types', '50'],
    ['RelatedFindings', '0'],
  ])('believes that %s was %s', (field, value) => {
    expect(readMark(`{"v":1,"was":{"${field}":${value}}}`)).toEqual(
      marked({}, { [field]: JSON.parse(value) as string | number | null }),
    );
  });

  it.each([
    ['Workflow', '"OPEN"'],
    ['Severity', '"HUGE"'],
    ['Confidence', '101'],
    ['Confidence', '1.5'],
  ])('reads back that %s was %s: findings hold odd values, and the view must show them', (field, value) => {
    expect(readMark(`{"v":1,"was":{"${field}":${value}}}`)).toEqual(
      marked({}, { [field]: JSON.parse(value) as string | number }),
    );
  });

  it.each([
    ['Workflow', 'null'],
    ['Severity', '70'],
    ['VerificationState', 'null'],
    ['Confidence', '"10"'],
    ['Types', 'null'],
    ['Types', '["a"]'],
    ['Types', '-1'],
    ['Types', '1.5'],
    ['Note', '"a"'],
  ])('does not believe that %s was %s: nothing of that kind is ever remembered', (field, value) => {
    expect(readMark(`{"v":1,"was":{"${field}":${value}}}`)).toEqual(marked({}));
  });

  it('reads back what was written, for every mark', () => {
    const short = fc.oneof(fc.string(), fc.integer());
    const mark: fc.Arbitrary<Mark> = fc.record({
      entries: fc
        .record({
          plain: fc.dictionary(fc.constantFrom(...PLAIN_FIELDS), short),
          keys: fc.array(fc.tuple(fc.string({ minLength: 1 }), short)),
        })
        .map(({ plain, keys }) => {
          const ofKeys = keys.map(([key, value]) => [`UserDefinedFields.${key}`, value] as const);
          return new Map([...Object.entries(plain), ...ofKeys]);
        }),
      was: fc
        .record(
          {
            Workflow: fc.constantFrom('NEW', 'NOTIFIED'),
            Severity: fc.constantFrom('LOW', null),
            Confidence: fc.integer({ min: 0, max: 100 }),
            Types: fc.integer({ min: 0, max: 50 }),
          },
          { requiredKeys: [] },
        )
        .map((was) => new Map(Object.entries(was))),
    });

    fc.assert(
      fc.property(mark, fc.array(fc.constantFrom(...PLAIN_FIELDS)), (written, withdrawn) => {
        expect(readMark(writeMark(written, withdrawn))).toEqual({ kind: 'mark', mark: written });
      }),
    );
  });
});

describe('looksLikeMark', () => {
  it.each([
    ['{"v":1}', true],
    ['{"v":7,"anything":[]}', true],
    ['{"v":"1"}', false],
    ['blue', false],
  ])('of %s says %s, whoever wrote it', (text, is) => {
    expect(looksLikeMark(text)).toBe(is);
  });
});
