import { describe, expect, it } from 'vitest';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { composeUpdate, oversize, type Provenance } from '../../lib/triage/compose-update.ts';
import type { FieldValue } from '../../lib/triage/field.ts';
import { EMPTY_MARK } from '../../lib/triage/mark.ts';
import { findingWith } from '../reference/fixtures.ts';

const NOTHING: Provenance = { mark: EMPTY_MARK, withdrawn: [], rules: [], needed: false };
const MARKED: Provenance = {
  mark: { entries: new Map([['Workflow', 'SUPPRESSED']]), was: new Map() },
  withdrawn: [],
  rules: ['first', 'second'],
  needed: true,
};
const SET = '{"v":1,"Workflow":"SUPPRESSED"}';

const changes = (values: Record<string, FieldValue>) => new Map(Object.entries(values));

describe('composeUpdate', () => {
  it('writes each change as the API wants its member, in the order of the request', () => {
    const related = [{ Id: 'r-1', ProductArn: 'arn:aws:securityhub:::product/aws/x' }];
    const wanted = changes({
      Note: 'Known scanner',
      RelatedFindings: related,
      Types: ['a'],
      Criticality: 0,
      Confidence: 5,
      VerificationState: 'BENIGN_POSITIVE',
      Severity: 'LOW',
      Workflow: 'SUPPRESSED',
      'UserDefinedFields.team': 'red',
    });

    const update = composeUpdate(findingWith(), wanted, NOTHING, DEFAULT_CONFIG);

    expect(JSON.stringify(update)).toBe(
      JSON.stringify({
        Workflow: { Status: 'SUPPRESSED' },
        Severity: { Label: 'LOW' },
        VerificationState: 'BENIGN_POSITIVE',
        Confidence: 5,
        Criticality: 0,
        Types: ['a'],
        RelatedFindings: related,
        Note: { Text: 'Known scanner', UpdatedBy: 'securityhub-triage' },
        UserDefinedFields: { team: 'red' },
      }),
    );
  });

  it('keeps what others wrote, drops values that could not be sent again, and adds the marks, sorted', () => {
    const finding = findingWith({ UserDefinedFields: { zone: 'a', blank: '  ', empty: '', number: 7 } });

    const update = composeUpdate(finding, changes({ 'UserDefinedFields.b': '1' }), MARKED, DEFAULT_CONFIG);

    expect(JSON.stringify(update.UserDefinedFields)).toBe(
      JSON.stringify({ b: '1', triageRules: '|first|second|', triageSet: SET, zone: 'a' }),
    );
  });

  it('signs notes and marks with the name of the instance', () => {
    const config = { ...DEFAULT_CONFIG, prefix: 'staging' };

    const update = composeUpdate(findingWith(), changes({ Note: 'n' }), MARKED, config);

    expect(update).toEqual({
      Note: { Text: 'n', UpdatedBy: 'securityhub-staging' },
      UserDefinedFields: { stagingRules: '|first|second|', stagingSet: SET },
    });
  });

  it('leaves the names of the rules to the log, the mark all the same', () => {
    const config = { ...DEFAULT_CONFIG, provenance: 'log' as const };

    const update = composeUpdate(findingWith(), changes({}), MARKED, config);

    expect(update).toEqual({ UserDefinedFields: { triageSet: SET } });
  });

  it('takes back the names on a finding once they are left to the log: they would claim what is no longer true', () => {
    const config = { ...DEFAULT_CONFIG, provenance: 'log' as const };
    const finding = findingWith({ UserDefinedFields: { triageRules: '|before|', triageSet: SET } });

    const update = composeUpdate(finding, changes({}), MARKED, config);

    expect(update).toEqual({ UserDefinedFields: { triageRules: '|', triageSet: SET } });
  });

  it('leaves no mark where a custom action alone wrote', () => {
    const update = composeUpdate(findingWith(), changes({ Workflow: 'RESOLVED' }), NOTHING, DEFAULT_CONFIG);

    expect(update).toEqual({ Workflow: { Status: 'RESOLVED' } });
  });

  it('does not repeat user-defined fields that stand so already', () => {
    const finding = findingWith({
      UserDefinedFields: { team: 'red', triageRules: '|first|second|', triageSet: SET },
    });

    const update = composeUpdate(finding, changes({ Confidence: 5 }), MARKED, DEFAULT_CONFIG);

    expect(update).toEqual({ Confidence: 5 });
  });
});

describe('oversize', () => {
  const fieldsOf = (fields: Record<string, string>): FindingUpdate => ({ UserDefinedFields: fields });

  it.each([
    ['no user-defined fields', {}],
    ['1,024 characters in the mark', fieldsOf({ triageSet: 'x'.repeat(1024) })],
    ['50 fields', fieldsOf(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v'])))],
    ["another instance's long mark", fieldsOf({ stagingSet: 'x'.repeat(1025) })],
  ])('lets pass %s', (_, update) => {
    expect(oversize(update, DEFAULT_CONFIG)).toBeUndefined();
  });

  it.each(['triageSet', 'triageRules'])('refuses a %s of 1,025 characters', (key) => {
    const cause = oversize(fieldsOf({ [key]: 'x'.repeat(1025) }), DEFAULT_CONFIG);

    expect(cause).toEqual({
      code: 'MarkTooLarge',
      message: `The user-defined field ${key} would have 1025 characters; 1024 are allowed. Let fewer rules decide this finding.`,
    });
  });

  it('refuses 51 fields', () => {
    const fields = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']));

    expect(oversize(fieldsOf(fields), DEFAULT_CONFIG)).toEqual({
      code: 'TooManyUserDefinedFields',
      message: 'The finding would have 51 user-defined fields; 50 are allowed.',
    });
  });
});
