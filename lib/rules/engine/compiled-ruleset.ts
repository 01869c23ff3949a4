import { writableFieldsOf } from '../permissions/write-permissions.ts';
import type { Rule } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import { createAuthority } from './authority.ts';
import { createCandidateFinder } from './candidates/find-candidates.ts';
import { type IndexEntries, indexEntriesOf } from './candidates/index-entries.ts';
import type { EvaluatedCondition } from './engine-internals.ts';
import { type FactReader, readerOf, type Subject } from './fact.ts';
import { lastInstantOf } from './last-day.ts';
import { factsOf, readsOf } from './reads.ts';

/** A rule ready to be asked of a subject. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Its number in winning order, from 0. */
  readonly order: number;
  /** The last instant (ms since 1970) at which the rule is in force. */
  readonly lastInstantMs: number;
  /** Reads `event.*`: only an event of our own custom action reaches it. */
  readonly needsAction: boolean;
  /** Asks json-rules-engine whether the conditions hold. */
  confirm(subject: Subject): Promise<boolean>;
  /** The same, with what became of each condition. */
  judge(subject: Subject): Promise<{ readonly matched: boolean; readonly conditions: EvaluatedCondition }>;
}

/** A ruleset ready to decide by: compiled once, whatever the instant. */
export interface CompiledRuleset {
  readonly ruleset: Ruleset;
  /** In winning order. */
  readonly rules: readonly CompiledRule[];
  /** Every top-level member, and every `UserDefinedFields.<key>`, that some condition or template reads. */
  readonly reads: ReadonlySet<string>;
  /** The members that the deployed function's role lets it write, whether a rule decides them or takes them back. */
  readonly writable: ReadonlySet<string>;
  /** The rules that can hold on a subject, in winning order: all that do, and rarely one that does not. */
  candidatesFor(subject: Subject): readonly CompiledRule[];
  /** The value of a fact. */
  readFact(fact: string, subject: Subject): unknown;
}

const compiled = new WeakMap<Ruleset, CompiledRuleset>();

/**
 * Compiles a ruleset; the result is kept as long as the ruleset is.
 *
 * @param prepared `indexEntriesOf` of this very ruleset, worked out beforehand; of another version it is left aside
 */
export function compileRuleset(ruleset: Ruleset, prepared?: IndexEntries): CompiledRuleset {
  const known = compiled.get(ruleset);
  if (known !== undefined) return known;
  const fits = prepared !== undefined && prepared.version === ruleset.version;
  const made = compile(ruleset, (fits ? prepared : indexEntriesOf(ruleset)).entries);
  compiled.set(ruleset, made);
  return made;
}

function compile(ruleset: Ruleset, entries: IndexEntries['entries']): CompiledRuleset {
  const readers = new Map<string, FactReader>();
  const readerFor = (fact: string): FactReader => {
    const known = readers.get(fact) ?? readerOf(fact, ruleset);
    readers.set(fact, known);
    return known;
  };
  const authority = createAuthority(ruleset, readerFor);
  const rules = ruleset.rules.map((rule, order): CompiledRule => {
    const { expires } = rule;
    const question = once(() => authority.questionOf(rule));
    const needsAction = once(() => [...factsOf(ruleset, [rule])].some((fact) => fact.startsWith('event.')));
    return {
      rule,
      order,
      lastInstantMs:
        expires === undefined || expires === 'never' ? Number.POSITIVE_INFINITY : lastInstantOf(expires),
      get needsAction() {
        return needsAction();
      },
      confirm: (subject) => question().confirm(subject),
      judge: async (subject) => {
        const { result, conditions } = await question().judge(subject);
        return { matched: result, conditions };
      },
    };
  });
  const find = createCandidateFinder(ruleset, entries, readerFor, authority.operatorAt);
  const reads = once(() => readsOf(ruleset));
  const writable = once(() => writableFieldsOf(ruleset));
  return {
    ruleset,
    rules,
    get reads() {
      return reads();
    },
    get writable() {
      return writable();
    },
    candidatesFor: (subject) => {
      const found = find(subject);
      return found.length === 0 ? NONE : found.map((number) => rules[number] as CompiledRule);
    },
    readFact: (fact, subject) => readerFor(fact)(subject),
  };
}

/** Of most findings: no list is made for each. */
const NONE: readonly CompiledRule[] = [];

/** What is asked of few rules is worked out when it is asked for: a function starts faster. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
