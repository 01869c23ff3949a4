import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleOn, saidOf } from '../rules-folder.ts';

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
