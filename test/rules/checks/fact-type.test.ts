import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleOn, saidOf } from '../rules-folder.ts';

type Row = readonly [fact: string, operator: string, value: unknown];
const ruleOf = ([fact, operator, value]: Row) => ruleOn({ fact, operator, value });

describe('operators and the facts they can be true of', () => {
  it.each<Row>([
    ['Types', 'someFact:startsWith', 'TTPs'],
    ['Types', 'contains', 'TTPs/Discovery'],
    ['Resources[*].Tags.env', 'everyFact:equal', 'prod'],
    ['Resources', 'exists', false],
    ['Resources[*].Tags.env', 'contains', 'prod'],
    ['ProductFields["score"]', 'greaterThan', 7],
    ['Vulnerabilities[*].EpssScore', 'someFact:greaterThan', 0.5],
    ['Confidence', 'lessThan', 50],
    ['CreatedAt', 'olderThanDays', 30],
    ['account.teams', 'contains', 'red'],
    ['account.tier', 'equal', 1],
    ['lists.ciAccounts', 'contains', { fact: 'AwsAccountId' }],
    ['Resources', 'anyElement', { all: [{ fact: 'Type', operator: 'equal', value: 'AwsEc2Instance' }] }],
    [
      'Vulnerabilities[*].Cvss',
      'anyElement',
      { all: [{ fact: 'BaseScore', operator: 'greaterThan', value: 9 }] },
    ],
  ])('accepts %s %s', (...row) => {
    expect(saidOf(loadRule(ruleOf(row)))).toEqual([]);
  });

  it.each<readonly [...Row, RegExp]>([
    ['Title', 'someFact:equal', 'x', /Title is no list, so "someFact:" is never true/],
    ['Severity.Label', 'everyFact:not:equal', 'LOW', /is no list/],
    ['Types', 'equal', 'TTPs', /"someFact:equal" or "contains"/],
    ['Resources[*].Id', 'startsWith', 'arn:', /"someFact:startsWith"/],
    ['Types', 'notEqual', 'TTPs', /never sees what is in it/],
    ['Title', 'contains', 'x', /Title is no list, which "contains" needs/],
    ['Title', 'doesNotContain', 'x', /no list/],
    ['Severity', 'equal', 'LOW', /has members/],
    ['Resources[0].Tags', 'equal', 'x', /has members/],
    ['Resources', 'contains', 'x', /no single values/],
    ['Resources', 'someFact:equal', 'x', /has members/],
    ['Severity.Label', 'greaterThan', 5, /compares a number/],
    ['Sample', 'lessThan', 5, /compares a number/],
    ['Confidence', 'startsWith', '5', /compares a text/],
    ['ageDays', 'olderThanDays', 5, /compares an instant/],
    ['Severity.Label', 'inCidr', '192.0.2.0/24', /compares an IP address/],
    ['Title', 'anyElement', { all: [{ fact: 'x', operator: 'equal', value: 1 }] }, /no list/],
    ['Types', 'anyElement', { all: [{ fact: 'x', operator: 'equal', value: 1 }] }, /"someFact:"/],
  ])('refuses %s %s', (fact, operator, value, message) => {
    const loaded = loadRule(ruleOf([fact, operator, value]));

    expect(codesOf(loaded)).toContain('TR112');
    expect(saidOf(loaded).filter((said) => said.startsWith('TR112'))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
