import type { Condition, Rule, UpdateTemplate } from '../../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';

/** A rule of one condition for tests. */
export function ruleOf(conditions: Condition, rest: Partial<Rule> & { params?: UpdateTemplate } = {}): Rule {
  const { params = { Confidence: 10 }, ...members } = rest;
  return {
    name: 'rule',
    owner: '@acme/secops',
    mode: 'enforce',
    priority: 1,
    conditions,
    event: { type: 'update', params },
    ...members,
  };
}

export function rulesetOf(rules: readonly Rule[], rest: Partial<Ruleset> = {}): Ruleset {
  return {
    rules: [...rules].sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1)),
    conditions: {},
    lists: {},
    accounts: {},
    config: DEFAULT_CONFIG,
    version: '000000000000',
    ...rest,
  };
}
