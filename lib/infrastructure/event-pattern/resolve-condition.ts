import { SEVERITY_LABELS } from '../../findings/finding.ts';
import { type Authority, createAuthority } from '../../rules/engine/authority.ts';
import { takesBlock } from '../../rules/engine/element-operators.ts';
import { entriesOf, readerOf, type Subject } from '../../rules/engine/fact.ts';
import type { Condition, LeafCondition } from '../../rules/rule.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { NORMALIZED_BY_LABEL } from '../../triage/field.ts';
import { looksLikeToken, NEVER, tokenOf } from './matcher.ts';
import type { Why } from './why-widened.ts';

/**
 * Facts of which every value is known. A finding that has another value, or none, passes by a branch of its own
 * (`irregularWays`), so that even negations of the others can be told by the values that remain.
 */
export const CLOSED_FACTS: Readonly<Record<string, readonly string[]>> = {
  'Severity.Label': SEVERITY_LABELS,
  'Workflow.Status': ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'],
  RecordState: ['ACTIVE', 'ARCHIVED'],
};

/** What may stand there for any answer: the engine takes an empty group as met. */
const ANYTHING: Condition = { all: [] };

/** A comparison as it is asked for. */
export interface ResolvedLeaf {
  readonly condition: Condition;
  /** Why it is taken to hold; undefined where it is not, or holds on every value that is expected. */
  readonly why?: Why;
}

/** Rewrites conditions so that what the ruleset and the ASFF say beforehand is filled in. */
export interface Resolver {
  /** The same condition or one that holds more often, without named conditions. */
  resolve(condition: Condition): Condition;
  /** What becomes of one comparison, or of its opposite. */
  resolveLeaf(leaf: LeafCondition, negated: boolean): ResolvedLeaf;
  /** The closed facts that were told by their known values. */
  readonly closed: ReadonlySet<string>;
}

/**
 * Makes the resolver of a ruleset: facts of accounts become account ids, severities and statuses the list of values
 * that fit, comparisons that only EventBridge words otherwise become tokens. What depends on the clock, lists with
 * entries that lapse included, or on another fact is left as it is or taken to hold.
 */
export function createResolver(ruleset: Ruleset): Resolver {
  const closed = new Set<string>();
  const authority = createAuthority(ruleset, (fact) => readerOf(fact, ruleset));
  const resolve = (condition: Condition, negated: boolean): Condition => {
    if ('any' in condition) return group(condition.any, negated ? 'all' : 'any', negated);
    if ('all' in condition) return group(condition.all, negated ? 'any' : 'all', negated);
    if ('not' in condition) return resolve(condition.not, !negated);
    if ('condition' in condition) return shared(condition.condition, negated);
    return resolveLeaf(condition, negated).condition;
  };
  const group = (inner: readonly Condition[], kind: 'all' | 'any', negated: boolean): Condition => {
    if (inner.length === 0) return ANYTHING;
    const resolved = inner.map((each) => resolve(each, negated));
    return kind === 'all' ? { all: resolved } : { any: resolved };
  };
  const shared = (name: string, negated: boolean): Condition => {
    const condition = Object.hasOwn(ruleset.conditions, name) ? ruleset.conditions[name] : undefined;
    return condition === undefined ? ANYTHING : resolve(condition, negated);
  };
  const resolveLeaf = (leaf: LeafCondition, negated: boolean): ResolvedLeaf => {
    if (looksLikeToken(leaf.value)) return { condition: ANYTHING, why: 'literal' };
    return (
      closedLeaf(leaf, negated, ruleset, authority, closed) ??
      accountLeaf(leaf, negated, ruleset, authority) ?? { condition: negated ? { not: leaf } : worded(leaf) }
    );
  };
  return { resolve: (condition) => resolve(condition, false), resolveLeaf, closed };
}

function closedLeaf(
  leaf: LeafCondition,
  negated: boolean,
  ruleset: Ruleset,
  authority: Authority,
  closed: Set<string>,
): ResolvedLeaf | null {
  const fact = leaf.fact === 'Severity.Normalized' ? 'Severity.Label' : leaf.fact;
  const values = Object.hasOwn(CLOSED_FACTS, fact) ? CLOSED_FACTS[fact] : undefined;
  if (values === undefined) return null;
  // What names values of it is as good as it stands.
  if (fact === 'RecordState' && !negated && /^(?:equal|in)$/.test(leaf.operator)) return null;
  const seen = (value: string) =>
    leaf.fact === fact ? value : NORMALIZED_BY_LABEL[value as keyof typeof NORMALIZED_BY_LABEL];
  const holds = verdictsOf(leaf, values.map(seen), ruleset, authority);
  if (typeof holds === 'string') return { condition: ANYTHING, why: holds };
  const fitting = values.filter((_, i) => holds[i] !== negated);
  if (fitting.length === values.length) return { condition: ANYTHING };
  closed.add(fact);
  return { condition: oneOf(fact, fitting) };
}

function accountLeaf(
  leaf: LeafCondition,
  negated: boolean,
  ruleset: Ruleset,
  authority: Authority,
): ResolvedLeaf | null {
  if (!leaf.fact.startsWith('account.')) return null;
  const read = readerOf(leaf.fact, ruleset);
  const known = Object.keys(ruleset.accounts);
  const values = known.map((id) => read(subjectIn(id)));
  const holds = verdictsOf(leaf, [undefined, ...values], ruleset, authority);
  if (typeof holds === 'string') return { condition: ANYTHING, why: holds === 'values' ? 'account' : holds };
  // Accounts that nothing is known of are too many to name.
  if (holds[0] !== negated) return { condition: ANYTHING, why: 'account' };
  const fitting = known.filter((_, i) => holds[i + 1] !== negated);
  return { condition: oneOf('AwsAccountId', fitting) };
}

function subjectIn(account: string): Subject {
  return {
    member: (name) => (name === 'AwsAccountId' ? account : undefined),
    event: { detailType: '' },
    nowMs: 0,
  };
}

function oneOf(fact: string, values: readonly string[]): Condition {
  return { fact, operator: 'in', value: values.length === 0 ? [NEVER] : values };
}

/** Whether a comparison holds on each of some values, whatever the time; or why that cannot be said. */
function verdictsOf(
  { operator, value }: LeafCondition,
  facts: readonly unknown[],
  ruleset: Ruleset,
  authority: Authority,
): readonly boolean[] | Why {
  if (readsTheClock(operator)) return 'time';
  const asked = takesBlock(operator) ? null : authority.operatorAt(operator, 0);
  if (asked === null) return 'values';
  const literal = literalOf(value, ruleset);
  if ('why' in literal) return literal.why;
  try {
    return facts.map((fact) => asked.evaluate(fact, literal.value));
  } catch {
    // Some decorators cannot take what is no list.
    return 'values';
  }
}

/** The value, lists filled in with every entry; none where entries lapse and fewer of them could hold more often. */
function literalOf(value: unknown, ruleset: Ruleset): { readonly value: unknown } | { readonly why: Why } {
  if (value === null || typeof value !== 'object' || !('fact' in value)) return { value };
  const fact = String(value.fact);
  if (!fact.startsWith('lists.')) return { why: 'fact' };
  const entries = entriesOf(fact, ruleset);
  if (entries.some(({ until }) => until !== undefined)) return { why: 'time' };
  return { value: entries.map((entry) => entry.value) };
}

/** Whether a comparison says something else tomorrow. */
export function readsTheClock(operator: string): boolean {
  return /(?:older|newer)ThanDays$/.test(operator);
}

const NUMERIC: Readonly<Record<string, string>> = {
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
};

/** Comparisons that EventBridge has and the index of rules has not, as equality with a token. */
function worded(leaf: LeafCondition): Condition {
  const { fact, operator, value } = leaf;
  const [, decorator = '', base = ''] = /^(someFact:)?(.*)$/s.exec(operator) ?? [];
  const equalTo = (token: string): Condition => ({ fact, operator: `${decorator}equal`, value: token });
  // U+212A, the sign for kelvin, is a k to the engine and none to EventBridge.
  if (base === 'equalsIgnoreCase' && typeof value === 'string' && /^[ -~]*$/.test(value) && !/k/i.test(value))
    return equalTo(tokenOf({ 'equals-ignore-case': value }));
  // Rules see texts alone in user-defined fields; elsewhere an object could stand, which is no leaf to EventBridge.
  if (operator === 'exists' && value === true && /^UserDefinedFields\.[\w-]+$/.test(fact))
    return equalTo(tokenOf({ exists: true }));
  const sign = Object.hasOwn(NUMERIC, operator) ? NUMERIC[operator] : undefined;
  // Of these two alone it is certain that rules see a number or nothing.
  if (
    sign !== undefined &&
    typeof value === 'number' &&
    Math.abs(value) <= 5e9 &&
    /^Confidence$|^Criticality$/.test(fact)
  )
    return equalTo(tokenOf({ numeric: [sign, value] }));
  return leaf;
}
