import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleOn, ruleWriting, saidOf } from '../rules-folder.ts';

describe('enumerated values', () => {
  it.each([
    ['Severity.Label', 'equal', 'CRITICAL'],
    ['Severity.Label', 'in', ['LOW', 'MEDIUM']],
    ['Severity.Label', 'equalsIgnoreCase', 'critical'],
    ['Severity.Label', 'startsWith', 'CRIT'],
    ['Resources[*].Partition', 'someFact:equal', 'aws'],
    ['Resources[*].Partition', 'contains', 'aws-cn'],
  ])('accepts %s %s %j', (fact, operator, value) => {
    expect(saidOf(loadRule(ruleOn({ fact, operator, value })))).toEqual([]);
  });

  it.each([
    ['Severity.Label', 'equal', 'Critical', /never "Critical". Did you mean "CRITICAL"/],
    ['Severity.Label', 'notEqual', 'INFO', /One of: CRITICAL/],
    ['Severity.Label', 'in', ['LOW', 'MEDUIM'], /Did you mean "MEDIUM"/],
    ['Severity.Label', 'not:in', ['SEVERE'], /never "SEVERE"/],
    ['RecordState', 'equal', 'ARCHVED', /Did you mean "ARCHIVED"/],
    ['Resources[*].Partition', 'someFact:equal', 'AWS', /Did you mean "aws"/],
    ['Severity.Label', 'equalsIgnoreCase', 'kritical', /never "kritical"/],
  ])('refuses %s %s %j', (fact, operator, value, message) => {
    const loaded = loadRule(ruleOn({ fact, operator, value }));

    expect(codesOf(loaded)).toEqual(['TR110']);
    expect(saidOf(loaded)[0]).toMatch(message);
  });
});

describe('expressions', () => {
  it.each(['a+b', '(?i)scan.*', '^x$', '[[:alpha:]]+'])('accepts %j', (value) => {
    expect(saidOf(loadRule(ruleOn({ fact: 'Title', operator: 'matches', value })))).toEqual([]);
  });

  it.each(['(unclosed', '(?=look)ahead', '(a)\\1', '[z-a]', 'a{2,1}', '*'])('refuses %j', (value) => {
    expect(codesOf(loadRule(ruleOn({ fact: 'Title', operator: 'matches', value })))).toEqual(['TR111']);
  });

  it('looks into arrays and lists of expressions', () => {
    const rule = (value: unknown) => ruleOn({ fact: 'Title', operator: 'someValue:matches', value });

    expect(codesOf(loadRule(rule(['ok', '(']))).toString()).toBe('TR111');
    expect(codesOf(loadRule(rule({ fact: 'lists.broken' })))).toEqual(['TR111']);
    expect(codesOf(loadRule(rule(['ok', 'fine'])))).toEqual([]);
  });
});

describe('namespaces of types', () => {
  it.each([
    'TTPs/Discovery',
    'Effects',
    'Software and Configuration Checks/A/B',
    '{{Types[0]}}',
    'TTPs/{{Title}}',
  ])('accepts %j', (type) => {
    expect(saidOf(loadRule(ruleWriting({ Types: [type] })))).toEqual([]);
  });

  it.each([
    ['TTP/Discovery', /Did you mean "TTPs"/],
    ['Discovery', /One of: Software/],
    ['TTPs/a/b/c', /namespace\/category\/classifier/],
    ['TTPs//b', /namespace\/category\/classifier/],
  ])('refuses %j', (type, message) => {
    const loaded = loadRule(ruleWriting({ Types: [type] }));

    expect(codesOf(loaded)).toEqual(['TR110']);
    expect(saidOf(loaded)[0]).toMatch(message);
  });
});
