import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleWith, ruleWriting, saidOf } from '../rules-folder.ts';

const IDENTIFIER = { Id: 'x', ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty' };
const entries = (count: number, prefix = 'k') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, 'v']));

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

describe('reserved keys', () => {
  it.each(['triageRules', 'triageSet', 'triageHold', 'triageSetting'])('refuses %s', (key) => {
    expect(codesOf(loadRule(ruleWriting({ UserDefinedFields: { [key]: 'v' } })))).toEqual(['TR116']);
  });

  it('accepts keys that only resemble them', () => {
    const keys = { triageReason: 'v', myTriageSet: 'v', triage: 'v' };

    expect(saidOf(loadRule(ruleWriting({ UserDefinedFields: keys })))).toEqual([]);
  });

  it('follows the configured prefix and the instances that are succeeded', () => {
    const config = { 'triage.config.json': { prefix: 'acme', succeeds: ['old'] } };
    const said = saidOf(
      loadRule(ruleWriting({ UserDefinedFields: { acmeSet: 'v', oldHold: 'v', triageSet: 'v' } }), config),
    );

    expect(said).toEqual([expect.stringMatching(/"acmeSet"/), expect.stringMatching(/"oldHold"/)]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the hostile key %s', (key) => {
    const text = JSON.stringify(ruleWriting({ UserDefinedFields: { KEY: 'v', other: 'v' } })).replace(
      'KEY',
      key,
    );

    expect(codesOf(loadRule(text))).toEqual(['TR004']);
  });
});

describe('templates', () => {
  it.each([
    'Seen in {{AwsAccountId}} ({{account.name}}): {{ Title }}',
    '{{ProductFields["aws/securityhub/ProductName"]}}',
    '{{Types}} {{Resources[*].Id}} {{Confidence}} {{event.actionName}}',
    'a single } or { brace, and }} alone',
  ])('accepts %j', (text) => {
    expect(saidOf(loadRule(ruleWriting({ Note: { Text: text } })))).toEqual([]);
  });

  it.each([
    ['{{Titel}}', /"Titel" is not in a finding. Did you mean "Title"/],
    ['{{ageDays}}', /changes each day/],
    ['{{lists.ciAccounts}}', /same for every finding/],
    ['{{Severity}}', /holds no text/],
    ['{{Resources}}', /holds no text/],
    ['{{account.nme}}', /is no fact/],
    ['{{Note.UpdatedBy}}', /is no fact/],
    ['{{event.account}}', /is no fact/],
    ['{{Title', /do not pair up/],
    ['{{}}', /do not pair up/],
    ['{{{Title}}}', /do not pair up/],
    ['{{Title}} and }}', /do not pair up/],
    ['{{ {{Title}} }}', /do not pair up/],
    ['{{constructor.constructor("return 1")()}}', /is no fact|is no path/],
  ])('refuses %j', (text, message) => {
    const loaded = loadRule(ruleWriting({ UserDefinedFields: { key: text } }));

    expect(codesOf(loaded)).toEqual(['TR115']);
    expect(saidOf(loaded)[0]).toMatch(message);
  });

  it('looks into every text that may hold one, and refuses one in a key', () => {
    const params = {
      Note: { Text: '{{A}}' },
      UserDefinedFields: { key: '{{B}}', '{{Title}}': 'x' },
      Types: ['TTPs/{{C}}'],
      RelatedFindings: [{ Id: '{{D}}', ProductArn: '{{E}}' }],
    };

    expect(codesOf(loadRule(ruleWriting(params)))).toEqual(Array(6).fill('TR115'));
  });
});
