import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleWriting, saidOf } from '../rules-folder.ts';

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
