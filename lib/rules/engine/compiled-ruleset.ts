import { Almanac, Engine, Rule as EngineRule, Fact, type TopLevelCondition } from 'json-rules-engine';
import type { Rule } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import { createElementOperators } from './element-operators.ts';
import { bindRule, type EvaluatedCondition, evaluateRule } from './engine-internals.ts';
import { createOperators } from './engine-operators.ts';
import { readerOf, type Subject } from './fact.ts';
import { lastInstantOf } from './last-day.ts';
import { factsOf, readsOf } from './reads.ts';

/** A rule ready to be judged at one instant. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly expired: boolean;
  /** Reads `event.*`: only an event of our own custom action reaches it. */
  readonly needsAction: boolean;
  /** Asks json-rules-engine whether the conditions hold. */
  judge(almanac: Almanac): Promise<{ readonly matched: boolean; readonly conditions: EvaluatedCondition }>;
}

/** A ruleset at one instant: lists without lapsed entries, operators that know the time, rules that know if they expired. */
export interface CompiledRuleset {
  readonly ruleset: Ruleset;
  /** In winning order. */
  readonly rules: readonly CompiledRule[];
  /** Every top-level member, and every `UserDefinedFields.<key>`, that some condition or template reads. */
  readonly reads: ReadonlySet<string>;
  almanacFor(subject: Subject): Almanac;
  /** The value of a fact that some condition or template names. */
  readFact(fact: string, subject: Subject): unknown;
}

class SubjectAlmanac extends Almanac {
  readonly subject: Subject;

  constructor(subject: Subject) {
    super({ allowUndefinedFacts: true });
    this.subject = subject;
  }
}

const compiled = new WeakMap<Ruleset, { readonly now: number; readonly rules: CompiledRuleset }>();

/** Compiles a ruleset for an instant (ms since 1970); the last instant's result is kept, since a batch shares one. */
export function compileRuleset(ruleset: Ruleset, now: number): CompiledRuleset {
  const known = compiled.get(ruleset);
  if (known?.now === now) return known.rules;
  const rules = compile(ruleset, now);
  compiled.set(ruleset, { now, rules });
  return rules;
}

function compile(ruleset: Ruleset, now: number): CompiledRuleset {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const operator of createOperators(now)) engine.addOperator(operator);
  const listOf = (fact: string) => readerOf(fact, ruleset, now)(NO_SUBJECT);
  for (const operator of createElementOperators(engine, listOf)) engine.addOperator(operator);
  for (const [name, condition] of Object.entries(ruleset.conditions)) {
    engine.setCondition(name, condition as TopLevelCondition);
  }
  const readers = new Map([...factsOf(ruleset)].map((fact) => [fact, readerOf(fact, ruleset, now)]));
  const facts = [...readers].map(
    ([fact, read]) =>
      // Getters cost less than the engine's cache, which hashes id and parameters (facts/engine.md §3.1).
      new Fact(fact, (_params, almanac) => read((almanac as SubjectAlmanac).subject), { cache: false }),
  );
  for (const fact of facts) engine.addFact(fact);
  return {
    ruleset,
    rules: ruleset.rules.map((rule) => compileRule(rule, engine, ruleset, now)),
    reads: readsOf(ruleset),
    almanacFor: (subject) => {
      const almanac = new SubjectAlmanac(subject);
      for (const fact of facts) almanac.addFact(fact);
      return almanac;
    },
    readFact: (fact, subject) => readers.get(fact)?.(subject),
  };
}

const NO_SUBJECT: Subject = { view: {}, event: { detailType: '' } };

function compileRule(rule: Rule, engine: Engine, ruleset: Ruleset, now: number): CompiledRule {
  const { name, priority } = rule;
  // The engine's event carries the name alone: it would clone whole parameters at each evaluation.
  const engineRule = new EngineRule({
    name,
    priority,
    conditions: rule.conditions as TopLevelCondition,
    event: { type: rule.event.type },
  });
  bindRule(engineRule, engine);
  return {
    rule,
    expired: rule.expires !== undefined && rule.expires !== 'never' && now > lastInstantOf(rule.expires),
    needsAction: [...factsOf(ruleset, [rule])].some((fact) => fact.startsWith('event.')),
    judge: async (almanac) => {
      const { result, conditions } = await evaluateRule(engineRule, almanac);
      return { matched: result, conditions };
    },
  };
}
