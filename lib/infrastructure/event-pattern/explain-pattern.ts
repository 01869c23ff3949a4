import { branchesOf, type Demand } from '../../rules/engine/candidates/demand.ts';
import type { Condition, LeafCondition } from '../../rules/rule.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { type DerivedPattern, MOST_PATTERN_BYTES } from './derive-pattern.ts';
import { leafOfDemand } from './leaf.ts';
import { createResolver, type Resolver, readsTheClock } from './resolve-condition.ts';
import { patternOfWay, type Way } from './way.ts';
import type { Asked } from './ways-of-rules.ts';
import { WHY_WIDENED, type Why } from './why-widened.ts';

/** What the pattern lets through and why, as plain JSON; the same for the same rules. */
export interface PatternExplanation {
  /** The ruleset's version. */
  readonly ruleset: string;
  readonly pattern: object;
  readonly bytes: number;
  readonly mostBytes: number;
  /** `all`: no finding is kept out. */
  readonly lets: 'all' | 'some';
  readonly branches: readonly BranchExplanation[];
  readonly rules: readonly RuleExplanation[];
}

/** One way for a finding without a mark of ours to pass. */
export interface BranchExplanation {
  /** From 1. */
  readonly number: number;
  readonly finding: object;
  /** None: it passes because it has a value that rules do not expect, so that it cannot be told what they make of it. */
  readonly rules: readonly string[];
}

/** How one rule's findings pass. */
export interface RuleExplanation {
  readonly rule: string;
  readonly mode: 'observe' | 'enforce';
  /** `action`: only a press of our own button reaches it; `never`: its conditions contradict each other. */
  readonly passes: 'branches' | 'all' | 'action' | 'never';
  /** Numbers of branches. */
  readonly branches: readonly number[];
  /** What EventBridge is not asked, and why not. */
  readonly widened: readonly { readonly condition: string; readonly why: string }[];
}

/** Explains a derived pattern rule by rule. */
export function explainPattern(ruleset: Ruleset, derived: DerivedPattern): PatternExplanation {
  const { asked, ways, pattern, bytes } = derived;
  const branches = (ways ?? []).map((way, i) => ({
    number: i + 1,
    finding: patternOfWay(way),
    rules: way.rules,
  }));
  return {
    ruleset: ruleset.version,
    pattern,
    bytes,
    mostBytes: MOST_PATTERN_BYTES,
    lets: ways === null ? 'all' : 'some',
    branches,
    rules: asked.map((each) => explainRule(each, ways, ruleset)),
  };
}

function explainRule(asked: Asked, ways: readonly Way[] | null, ruleset: Ruleset): RuleExplanation {
  const { rule, onAction } = asked;
  const base = { rule: rule.name, mode: rule.mode };
  if (onAction) return { ...base, passes: 'action', branches: [], widened: [] };
  if (asked.ways.length === 0) return { ...base, passes: 'never', branches: [], widened: [] };
  const serving = (ways ?? []).flatMap((way, i) =>
    way.rules.includes(rule.name) ? [{ way, number: i + 1 }] : [],
  );
  const resolver = createResolver(ruleset);
  const served = serving.map(({ way }) => way);
  const leaves = [
    ...new Map(leavesOf(rule.conditions, false, ruleset).map((leaf) => [leaf.text, leaf])).values(),
  ];
  const widened = leaves.flatMap((named) => {
    const why = whyWidened(named, { ruleset, resolver, asked: asked.ways, served });
    return why === null ? [] : [{ condition: named.text, why: WHY_WIDENED[why] }];
  });
  return {
    ...base,
    passes: ways === null ? 'all' : 'branches',
    branches: serving.map(({ number }) => number),
    widened,
  };
}

interface NamedLeaf {
  readonly leaf: LeafCondition;
  readonly text: string;
  readonly negated: boolean;
}

function leavesOf(condition: Condition, negated: boolean, ruleset: Ruleset): readonly NamedLeaf[] {
  if ('any' in condition) return condition.any.flatMap((inner) => leavesOf(inner, negated, ruleset));
  if ('all' in condition) return condition.all.flatMap((inner) => leavesOf(inner, negated, ruleset));
  if ('not' in condition) return leavesOf(condition.not, !negated, ruleset);
  if ('condition' in condition) {
    const shared = ruleset.conditions[condition.condition];
    return shared === undefined ? [] : leavesOf(shared, negated, ruleset);
  }
  const text = `${negated ? 'not ' : ''}${condition.fact} ${condition.operator}`;
  return [{ leaf: condition, text, negated }];
}

/** What one rule's comparisons are followed through. */
interface Derivation {
  readonly ruleset: Ruleset;
  readonly resolver: Resolver;
  /** The branches that the rule asked for. */
  readonly asked: readonly Way[];
  /** Those that it is served by. */
  readonly served: readonly Way[];
}

function demandsOf(condition: Condition, ruleset: Ruleset): readonly Demand[] {
  return branchesOf(condition, { ...ruleset, conditions: {} }).flat();
}

/**
 * Follows one comparison through the derivation, and says where it was left out; null where EventBridge is asked for
 * it, or it holds on every value that is expected.
 */
function whyWidened(
  { leaf, negated }: NamedLeaf,
  { ruleset, resolver, asked, served }: Derivation,
): Why | null {
  const { condition, why } = resolver.resolveLeaf(leaf, negated);
  if (why !== undefined) return why;
  if ('all' in condition && condition.all.length === 0) return null;
  const demands = demandsOf(condition, ruleset);
  if (demands.length === 0) return whyNothing(leaf, negated, ruleset);
  const told = demands.map(leafOfDemand);
  const fields = told.filter((one) => typeof one !== 'string');
  const [unsaid = 'uncertain'] = told.filter((one) => typeof one === 'string');
  if (fields.length === 0) return unsaid === 'uncertain' ? whyNothing(leaf, negated, ruleset) : unsaid;
  const isIn = (ways: readonly Way[]) => fields.some(({ path }) => ways.some((way) => way.leaves.has(path)));
  if (isIn(served)) return null;
  if (isIn(asked)) return 'space';
  // Of fields of one list the narrowest was asked for; what is not there for it was too long, or one of too many ways.
  const arrays = asked.flatMap(({ leaves }) => [...leaves.values()].map(({ array }) => array));
  return fields.some(({ array }) => arrays.includes(array)) ? 'element' : 'space';
}

/** Why no certain value is demanded where a comparison holds. */
function whyNothing(leaf: LeafCondition, negated: boolean, ruleset: Ruleset): Why {
  if (readsTheClock(leaf.operator) || leaf.fact === 'ageDays') return 'time';
  const { value } = leaf;
  const comparesFacts = value !== null && typeof value === 'object' && 'fact' in value;
  if (comparesFacts && !String(value.fact).startsWith('lists.')) return 'fact';
  // What demands a value where it does not hold is itself a negation.
  return negated || demandsOf({ not: leaf }, ruleset).length > 0 ? 'negation' : 'uncertain';
}
