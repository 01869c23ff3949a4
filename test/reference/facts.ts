import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Condition, Rule } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { referencedFact } from './conditions.ts';
import { templatePaths } from './template.ts';
import { getPath, isObject } from './values.ts';

/** Resolves fact names on a view: lower-case names are the ruleset's, the event's or the time's, others ASFF paths. */
export function factsOf(
  view: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  nowMs: number,
): (name: string) => unknown {
  return (name) => {
    if (name === 'ageDays') return ageDays(view.CreatedAt, nowMs);
    if (name === 'event.detailType') return event.detailType;
    if (name === 'event.actionName') return event.actionName;
    if (name.startsWith('lists.')) return listInForce(ruleset, name.slice('lists.'.length), nowMs);
    if (name.startsWith('account.'))
      return accountFact(ruleset, view.AwsAccountId, name.slice('account.'.length));
    return getPath(view, name);
  };
}

/** True until the last millisecond of the day `YYYY-MM-DD` in UTC; without a day, or with `never`, always. */
export function isInForce(lastDay: string | undefined, nowMs: number): boolean {
  if (lastDay === undefined || lastDay === 'never') return true;
  return nowMs <= Date.parse(`${lastDay}T23:59:59.999Z`);
}

/** Every fact a rule reads, in its conditions, the named conditions they use, and its templates. */
export function factsRead(rule: Rule, ruleset: Ruleset): readonly string[] {
  return [...conditionFacts(rule.conditions, ruleset), ...templatePaths(rule.event.params)];
}

/** True for a rule that reads `event.*`: it is considered only for an event of our own custom action. */
export function readsEvent(rule: Rule, ruleset: Ruleset): boolean {
  return factsRead(rule, ruleset).some((name) => name.startsWith('event.'));
}

function conditionFacts(condition: Condition, ruleset: Ruleset): readonly string[] {
  if ('all' in condition) return condition.all.flatMap((one) => conditionFacts(one, ruleset));
  if ('any' in condition) return condition.any.flatMap((one) => conditionFacts(one, ruleset));
  if ('not' in condition) return conditionFacts(condition.not, ruleset);
  if ('condition' in condition) {
    const named = ruleset.conditions[condition.condition];
    return named === undefined ? [] : conditionFacts(named, ruleset);
  }
  const other = referencedFact(condition.value);
  return other === undefined ? [condition.fact] : [condition.fact, other];
}

function ageDays(createdAt: unknown, nowMs: number): number | undefined {
  const createdMs = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  return Number.isNaN(createdMs) ? undefined : Math.floor((nowMs - createdMs) / (24 * 60 * 60 * 1000));
}

function listInForce(ruleset: Ruleset, name: string, nowMs: number): readonly string[] | undefined {
  const list = Object.hasOwn(ruleset.lists, name) ? ruleset.lists[name] : undefined;
  return list?.filter((entry) => isInForce(entry.until, nowMs)).map((entry) => entry.value);
}

function accountFact(ruleset: Ruleset, accountId: unknown, key: string): unknown {
  if (typeof accountId !== 'string' || !Object.hasOwn(ruleset.accounts, accountId)) return undefined;
  const account = ruleset.accounts[accountId];
  return isObject(account) && Object.hasOwn(account, key) ? (account[key] ?? undefined) : undefined;
}
