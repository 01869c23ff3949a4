import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleWriting, saidOf } from '../rules-folder.ts';

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
