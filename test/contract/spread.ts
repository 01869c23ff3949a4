import type { Condition } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';

/** How many pairs of rule and finding were judged, and what came of them, in all and by operator. */
export interface Spread {
  pairs: number;
  matched: number;
  threw: number;
  /** Rules that the index let through although they did not hold. */
  spare: number;
  /** Pairs that matched although each way for the rule to hold demands something: what an index could lose. */
  demanding: number;
  /** Pairs on which the independent reference had a say. */
  referred: number;
  readonly byOperator: Map<string, { pairs: number; matched: number }>;
}

export function newSpread(): Spread {
  return { pairs: 0, matched: 0, threw: 0, spare: 0, demanding: 0, referred: 0, byOperator: new Map() };
}

/** Counts one pair under each operator and each group that the rule uses. */
export function count(spread: Spread, words: ReadonlySet<string>, matched: boolean): void {
  spread.pairs += 1;
  if (matched) spread.matched += 1;
  for (const word of words) {
    const counted = spread.byOperator.get(word) ?? { pairs: 0, matched: 0 };
    counted.pairs += 1;
    if (matched) counted.matched += 1;
    spread.byOperator.set(word, counted);
  }
}

/** Operators, decorators and groups that a condition uses, shared ones and blocks on elements included. */
export function wordsOf(condition: Condition, ruleset: Pick<Ruleset, 'conditions'>): ReadonlySet<string> {
  const within = (inner: readonly Condition[]) => inner.flatMap((each) => [...wordsOf(each, ruleset)]);
  if ('all' in condition)
    return new Set([condition.all.length === 0 ? 'empty all' : 'all', ...within(condition.all)]);
  if ('any' in condition)
    return new Set([condition.any.length === 0 ? 'empty any' : 'any', ...within(condition.any)]);
  if ('not' in condition) return new Set(['not', ...within([condition.not])]);
  if ('condition' in condition) {
    const { condition: name } = condition;
    const shared = Object.hasOwn(ruleset.conditions, name) ? ruleset.conditions[name] : undefined;
    return new Set(['condition', ...within(shared === undefined ? [] : [shared])]);
  }
  const { operator, value } = condition;
  const words = operator.split(':').map((part, i, { length }) => (i < length - 1 ? `${part}:` : part));
  if (/Element$/.test(operator)) return new Set([...words, ...within([value as Condition])]);
  if (value === null || typeof value !== 'object' || !('fact' in value)) return new Set(words);
  return new Set([...words, String(value.fact).startsWith('lists.') ? '{lists}' : '{fact}']);
}

/** One line a word, for people who read the output of a run. */
export function formatSpread({
  pairs,
  matched,
  threw,
  spare,
  demanding,
  referred,
  byOperator,
}: Spread): string {
  const rate = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const lines = [...byOperator]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, each]) => `${word} ${each.pairs} (${rate(each.matched, each.pairs)})`);
  return (
    `${pairs} pairs of rule and finding, ${rate(matched, pairs)} matched (${rate(demanding, matched)} of them could be looked up), ${threw} made the engine throw, ` +
    `${rate(spare, pairs - matched)} of the others passed the index, ${referred} also asked of the reference;\n` +
    `pairs and matches by operator: ${lines.join(', ')}`
  );
}
