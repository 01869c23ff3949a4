import { createHash } from 'node:crypto';
import { canonicalJson } from '../findings/canonical-json.ts';
import type { Condition, Rule } from './rule.ts';
import type { Ruleset } from './ruleset.ts';
import type { ConditionFile, Workspace } from './workspace.ts';

const VERSION_HEX_DIGITS = 12;

/**
 * Makes the ruleset of a workspace against which nothing speaks: rules in winning order (priority descending, then
 * name by code unit), what was left out filled in, and a version that is equal exactly for equal content.
 */
export function buildRuleset({ rules, conditions, lists, accounts, config }: Workspace): Ruleset {
  const content = {
    rules: rules.map(ruleOf).sort(byWinning),
    conditions: Object.fromEntries(
      [...conditions].map(([name, { value }]) => [name, value.condition as Condition]),
    ),
    lists: Object.fromEntries(lists),
    accounts,
    config,
  };
  const version = createHash('sha256')
    .update(canonicalJson(content))
    .digest('hex')
    .slice(0, VERSION_HEX_DIGITS);
  return { ...content, version };
}

function ruleOf({ value }: ConditionFile): Rule {
  // What lint is told about a rule changes no decision, so it is no part of the ruleset or of its version.
  const { $schema: _schema, disable: _disable, ...rule } = value;
  return { ...(rule as unknown as Rule), mode: (rule as unknown as Rule).mode ?? 'observe' };
}

/** The order in which rules win: highest priority first, then names by code unit. */
export function byWinning(a: Rule, b: Rule): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  return a.name < b.name ? -1 : 1;
}
