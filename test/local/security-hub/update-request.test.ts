import { describe, expect, it } from 'vitest';
import { readUpdateRequest } from '../../../lib/local/security-hub/update-request.ts';

const FindingIdentifiers = [{ Id: 'a', ProductArn: 'p' }];

function pairs(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
}

const related = { Id: 'a', ProductArn: 'p' };

describe('readUpdateRequest', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a note of 512 characters', { Note: { Text: 'n'.repeat(512), UpdatedBy: 'me' } }],
    ['an author of 512 characters', { Note: { Text: 'n', UpdatedBy: 'a'.repeat(512) } }],
    [
      'identifiers of any length',
      { FindingIdentifiers: [{ Id: 'i'.repeat(513), ProductArn: 'p'.repeat(2049) }], Confidence: 1 },
    ],
    ['confidence 0 and 100', { Confidence: 0, Criticality: 100 }],
    ['50 types', { Types: Array.from({ length: 50 }, () => 'TTPs/x') }],
    ['10 related findings', { RelatedFindings: Array.from({ length: 10 }, () => related) }],
    ['50 pairs', { UserDefinedFields: pairs(50) }],
    ['a pair at its limits', { UserDefinedFields: { ['k'.repeat(128)]: 'v'.repeat(1024) } }],
    ['a severity by number', { Severity: { Normalized: 100, Product: 3.5 } }],
    ['members it does not know', { Workflow: { Status: 'NEW', Else: 1 }, RecordState: 'ARCHIVED' }],
    ['null as absent', { Confidence: 1, Types: null, Severity: null }],
  ])('takes %s', (_, members) => {
    expect(readUpdateRequest({ FindingIdentifiers, ...members }).kind).toBe('valid');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no identifiers', { FindingIdentifiers: [], Confidence: 1 }, 'FindingIdentifiers'],
    [
      'missing identifiers',
      { FindingIdentifiers: undefined, Confidence: 1 },
      'FindingIdentifiers is missing',
    ],
    ['half an identifier', { FindingIdentifiers: [{ Id: 'a' }], Confidence: 1 }, '[0].ProductArn is missing'],
    ['a blank identifier', { FindingIdentifiers: [{ Id: ' ', ProductArn: 'p' }], Confidence: 1 }, '[0].Id'],
    ['nothing to update', { RecordState: 'ARCHIVED' }, 'must be given'],
    ['an empty severity', { Severity: { Original: '1' } }, 'Severity'],
    ['a label that is none', { Severity: { Label: 'low' } }, 'Severity.Label'],
    ['a Normalized past 100', { Severity: { Normalized: 101 } }, 'Severity.Normalized'],
    ['a status that is none', { Workflow: { Status: 'DONE' } }, 'Workflow.Status'],
    ['a workflow without status', { Workflow: {} }, 'Workflow.Status is missing'],
    ['a state that is none', { VerificationState: 'MAYBE' }, 'VerificationState'],
    ['confidence below 0', { Confidence: -1 }, 'Confidence'],
    ['half a point of criticality', { Criticality: 0.5 }, 'Criticality'],
    ['a number as text', { Confidence: '5' }, 'Confidence'],
    ['a note of 513 characters', { Note: { Text: 'n'.repeat(513), UpdatedBy: 'me' } }, 'Note.Text'],
    ['a note without author', { Note: { Text: 'n' } }, 'Note.UpdatedBy is missing'],
    [
      'an author of 513 characters',
      { Note: { Text: 'n', UpdatedBy: 'a'.repeat(513) } },
      'Note.UpdatedBy must have 1 to 512',
    ],
    ['a blank author', { Note: { Text: 'n', UpdatedBy: ' ' } }, 'Note.UpdatedBy'],
    [
      'a blank product',
      { FindingIdentifiers: [{ Id: 'a', ProductArn: '\t' }], Confidence: 1 },
      '[0].ProductArn',
    ],
    ['a blank note', { Note: { Text: ' \n', UpdatedBy: 'me' } }, 'Note.Text'],
    ['51 types', { Types: Array.from({ length: 51 }, () => 'TTPs/x') }, 'Types'],
    ['an empty type', { Types: [''] }, 'Types[0]'],
    ['no related findings', { RelatedFindings: [] }, 'RelatedFindings'],
    [
      '11 related findings',
      { RelatedFindings: Array.from({ length: 11 }, () => related) },
      'RelatedFindings',
    ],
    ['51 pairs', { UserDefinedFields: pairs(51) }, 'UserDefinedFields'],
    ['a key of 129 characters', { UserDefinedFields: { ['k'.repeat(129)]: 'v' } }, 'UserDefinedFields key'],
    ['a value of 1,025 characters', { UserDefinedFields: { k: 'v'.repeat(1025) } }, 'UserDefinedFields[k]'],
    ['an empty value', { UserDefinedFields: { k: '' } }, 'UserDefinedFields[k]'],
  ])('refuses %s', (_, members, why) => {
    expect(readUpdateRequest({ FindingIdentifiers, ...members })).toEqual({
      kind: 'invalid',
      why: expect.stringContaining(why),
    });
  });

  it('refuses a request that is no object', () => {
    expect(readUpdateRequest([]).kind).toBe('invalid');
    expect(readUpdateRequest(null).kind).toBe('invalid');
  });
});
