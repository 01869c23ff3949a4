import { describe, expect, it } from 'vitest';
import { codesOf, loadFolder, loadRule, RULE, ruleWith, ruleWriting, saidOf } from './rules-folder.ts';

const IDENTIFIER = { Id: 'x', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' };
const entries = (count: number, prefix = 'k') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, 'v']));

describe('the description of a rule', () => {
  it.each([
    ['name', '', /A name has 1 to 128/],
    ['name', 'a|b', /A name has 1 to 128/],
    ['name', 'x'.repeat(129), /A name has 1 to 128/],
    ['owner', ' ', /not blank/],
    ['priority', 0, /less than 1/],
    ['priority', 1.5, /not integer/],
    ['priority', '10', /not integer/],
    ['mode', 'enforced', /Did you mean "enforce"/],
    ['reasonCode', 'accepted', /One of: false-positive|Did you mean/],
    ['overwrite', ['Title'], /is not a value of "overwrite.0"/],
    ['overwrite', ['Note', 'Note'], /names something twice/],
    ['stop', 'yes', /not boolean/],
    ['enabled', true, /"enabled" is not a member of this file/],
  ])('refuses %s %j', (member, value, message) => {
    const loaded = loadFolder({ 'area/x.json': ruleWith({ [member]: value }) });

    expect(saidOf(loaded)).toEqual([expect.stringMatching(message)]);
    expect(codesOf(loaded)).toEqual(['TR003']);
  });

  it('tells a misspelt member once', () => {
    const { priority: _, ...rest } = RULE;

    expect(saidOf(loadFolder({ 'area/x.json': { ...rest, pririty: 5 } }))).toEqual([
      expect.stringMatching(/"pririty" is not a member of this file. Did you mean "priority"/),
    ]);
  });
});

describe('what a rule writes', () => {
  it('accepts all nine fields at their limits', () => {
    const params = {
      Workflow: { Status: 'NOTIFIED' },
      Severity: { Label: 'HIGH' },
      VerificationState: 'BENIGN_POSITIVE',
      Confidence: 0,
      Criticality: 100,
      Types: Array.from({ length: 50 }, (_, i) => `TTPs/${i}`),
      RelatedFindings: Array.from({ length: 10 }, (_, i) => ({ ...IDENTIFIER, Id: `${i}` })),
      Note: { Text: 'n'.repeat(512) },
      UserDefinedFields: { ['k'.repeat(128)]: 'v'.repeat(1024), ...entries(49) },
    };

    expect(saidOf(loadRule(ruleWriting(params)))).toEqual([]);
  });

  it.each([
    ['nothing', {}, /TR003 .* is empty/],
    [
      'a field of another API',
      { RecordState: 'ARCHIVED' },
      /TR003 "RecordState" is not a member of "event.params"/,
    ],
    ['a misspelt field', { Worklfow: { Status: 'NEW' } }, /Did you mean "Workflow"/],
    ['an unknown status', { Workflow: { Status: 'SUPRESSED' } }, /TR110 .* Did you mean "SUPPRESSED"/],
    ['a status without its object', { Workflow: 'SUPPRESSED' }, /Workflow has one member, "Status"/],
    ['Severity by Normalized', { Severity: { Label: 'LOW', Normalized: 1 } }, /set by "Label" alone/],
    ['an unknown severity', { Severity: { Label: 'low' } }, /TR110 .* Did you mean "LOW"/],
    ['an unknown verification state', { VerificationState: 'TRUE' }, /TR110/],
    ['a confidence above 100', { Confidence: 101 }, /TR003 101 is more than 100/],
    ['a broken criticality', { Criticality: 1.5 }, /1.5 is not integer/],
    ['a confidence in quotes', { Confidence: '50' }, /"50" is not integer/],
    ['51 types', { Types: Array.from({ length: 51 }, (_, i) => `TTPs/${i}`) }, /more than 50/],
    ['no types', { Types: [] }, /is empty/],
    [
      '11 related findings',
      { RelatedFindings: Array.from({ length: 11 }, () => IDENTIFIER) },
      /more than 10/,
    ],
    ['half an identifier', { RelatedFindings: [{ Id: 'x' }] }, /"ProductArn" is missing/],
    [
      'an identifier that is no ARN',
      { RelatedFindings: [{ Id: 'x', ProductArn: 'guardduty' }] },
      /begins with "arn:"/,
    ],
    ['a note of 513 characters', { Note: { Text: 'n'.repeat(513) } }, /has 513 characters; 512 are allowed/],
    ['a note of 257 emoji', { Note: { Text: '😀'.repeat(257) } }, /has 514 characters; 512 are allowed/],
    ['a blank note', { Note: { Text: '  ' } }, /not blank/],
    ['who wrote the note', { Note: { Text: 'x', UpdatedBy: 'me' } }, /UpdatedBy is set by the product/],
    ['51 user-defined fields', { UserDefinedFields: entries(51) }, /more than 50/],
    [
      'a key of 129 characters',
      { UserDefinedFields: { ['k'.repeat(129)]: 'v' } },
      /A key has 1 to 128 characters/,
    ],
    ['an empty key', { UserDefinedFields: { '': 'v' } }, /A key has 1 to 128 characters/],
    ['a value of 1,025 characters', { UserDefinedFields: { k: 'v'.repeat(1025) } }, /1024 are allowed/],
    ['a value that is a number', { UserDefinedFields: { k: 5 } }, /not blank/],
  ])('refuses %s', (_, params, message) => {
    expect(saidOf(loadRule(ruleWriting(params)))).toEqual([expect.stringMatching(message)]);
  });

  it('refuses an event that is no update', () => {
    const rule = ruleWith({ event: { type: 'suppress', params: { Confidence: 1 } } });

    expect(saidOf(loadRule(rule))).toEqual([expect.stringMatching(/"suppress" cannot be "event.type"/)]);
  });

  it('lets a rule that stops others write nothing', () => {
    expect(saidOf(loadRule(ruleWriting({}, { stop: true })))).toEqual([]);
  });
});
