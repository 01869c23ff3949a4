import type { Finding } from '../findings/finding.ts';
import { isObject } from '../rules/condition-sites.ts';
import type { Condition, Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { inlineConditions } from './condition-tree.ts';

/** Facts that no rule writes, so that a rule reads what stands on the finding. */
const KEY_FACTS: readonly (readonly [fact: string, members: readonly string[]])[] = [
  ['Compliance.SecurityControlId', ['Compliance', 'SecurityControlId']],
  ['GeneratorId', ['GeneratorId']],
  ['Title', ['Title']],
  ['AwsAccountId', ['AwsAccountId']],
  ['ProductName', ['ProductName']],
];

/** A fact with the only values of it that a rule lets through. */
interface Demand {
  readonly fact: string;
  readonly values: ReadonlySet<unknown>;
}

interface Candidate {
  readonly rule: Rule;
  readonly demands: readonly Demand[];
}

interface Candidates {
  /** Rules by their narrowest demand: its fact, then each of its values. */
  readonly byFact: ReadonlyMap<string, ReadonlyMap<unknown, readonly Candidate[]>>;
  /** Rules that may have a say on any finding. */
  readonly always: readonly Rule[];
  readonly rank: ReadonlyMap<Rule, number>;
}

const known = new WeakMap<Ruleset, Candidates>();

/**
 * The rules of a ruleset that may match a finding, in winning order: those are left out whose `all` asks a fact for
 * another value. Deciding with these alone decides the same; with thousands of rows it is what makes tests quick.
 */
export function candidateRules(ruleset: Ruleset, finding: Finding): readonly Rule[] {
  const candidates = known.get(ruleset) ?? indexOf(ruleset);
  known.set(ruleset, candidates);
  const found = [...candidates.always];
  const keys = new Map(KEY_FACTS.map(([fact, members]) => [fact, memberAt(finding, members)] as const));
  for (const [fact, byValue] of candidates.byFact) {
    for (const { rule, demands } of byValue.get(keys.get(fact)) ?? []) {
      if (demands.every(({ fact: other, values }) => values.has(keys.get(other)))) found.push(rule);
    }
  }
  const rankOf = (rule: Rule) => candidates.rank.get(rule) ?? 0;
  return found.sort((a, b) => rankOf(a) - rankOf(b));
}

function indexOf(ruleset: Ruleset): Candidates {
  const always: Rule[] = [];
  const byFact = new Map<string, Map<unknown, Candidate[]>>();
  for (const rule of ruleset.rules) {
    const demands = readsMarks(rule, ruleset) ? [] : demandsOf(rule.conditions);
    const [narrowest] = demands;
    if (narrowest === undefined) {
      always.push(rule);
      continue;
    }
    const byValue = byFact.get(narrowest.fact) ?? new Map<unknown, Candidate[]>();
    byFact.set(narrowest.fact, byValue);
    for (const value of narrowest.values) {
      const others = byValue.get(value) ?? [];
      others.push({ rule, demands });
      byValue.set(value, others);
    }
  }
  return { byFact, always, rank: new Map(ruleset.rules.map((rule, i) => [rule, i])) };
}

/** That some rule reads notes or user-defined fields keeps them readable for it, whether or not it matches. */
function readsMarks({ conditions, event }: Rule, ruleset: Ruleset): boolean {
  const read = JSON.stringify(inlineConditions(conditions, ruleset.conditions));
  const written = JSON.stringify(event).replaceAll(/"(?:Note|UserDefinedFields)":/g, '');
  return /"(?:Note|UserDefinedFields)|\{\{\s*(?:Note|UserDefinedFields)/.test(read + written);
}

/** In the order of KEY_FACTS, narrow ones first. */
function demandsOf(conditions: Condition): readonly Demand[] {
  if (!('all' in conditions)) return [];
  const demands = conditions.all.flatMap((condition) => {
    if (!('fact' in condition)) return [];
    const { fact, operator, value } = condition;
    if (operator === 'equal' && !isObject(value)) return [{ fact, values: new Set([value]) }];
    if (operator === 'in' && Array.isArray(value)) return [{ fact, values: new Set(value) }];
    return [];
  });
  return KEY_FACTS.flatMap(([name]) => demands.filter(({ fact }) => fact === name));
}

function memberAt(finding: Finding, members: readonly string[]): unknown {
  let value: unknown = finding;
  for (const member of members)
    value = isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return value;
}
