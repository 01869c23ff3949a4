import { canonicalJson } from '../findings/canonical-json.ts';
import { factsOf } from '../rules/engine/reads.ts';
import type { Condition, Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Comparison } from './simulation-report.ts';

/** Rules that were added, removed or changed, by name; a rule changes with the lists, accounts and conditions it reads. */
export function changedRules(base: Ruleset, changed: Ruleset): Comparison['changedRules'] {
  const before = textsOf(base);
  const after = textsOf(changed);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((rule): Comparison['changedRules'] => {
    if (!before.has(rule)) return [{ rule, change: 'added' }];
    if (!after.has(rule)) return [{ rule, change: 'removed' }];
    return before.get(rule) === after.get(rule) ? [] : [{ rule, change: 'changed' }];
  });
}

/** By rule, all that it decides by. */
function textsOf(ruleset: Ruleset): ReadonlyMap<string, string> {
  const accounts = canonicalJson(ruleset.accounts);
  return new Map(
    ruleset.rules.map((rule) => {
      const facts = [...factsOf(ruleset, [rule])];
      const lists = facts
        .filter((fact) => fact.startsWith('lists.'))
        .map((fact) => ruleset.lists[fact.slice('lists.'.length)] ?? null);
      const readsAccounts = facts.some((fact) => fact.startsWith('account.'));
      const text = canonicalJson([rule, conditionsOf(rule, ruleset), lists, readsAccounts ? accounts : '']);
      return [rule.name, text];
    }),
  );
}

/** The named conditions that a rule refers to, directly and through others. */
function conditionsOf({ conditions }: Rule, ruleset: Ruleset): Readonly<Record<string, Condition>> {
  const found = new Map<string, Condition>();
  const visit = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('condition' in condition) {
      const named = ruleset.conditions[condition.condition];
      if (named === undefined || found.has(condition.condition)) return;
      found.set(condition.condition, named);
      visit(named);
    }
  };
  visit(conditions);
  return Object.fromEntries(found);
}
