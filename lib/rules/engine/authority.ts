import { Almanac, Engine, Rule as EngineRule, type TopLevelCondition } from 'json-rules-engine';
import type { Condition, Rule } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import { createElementOperators, takesBlock } from './element-operators.ts';
import {
  bindRule,
  type EngineOperator,
  type EvaluatedRule,
  evaluateRule,
  operatorOf,
  shareConditions,
} from './engine-internals.ts';
import { createOperators, measuresAge } from './engine-operators.ts';
import type { FactReader, Subject } from './fact.ts';
import { hashedList } from './hashed-list.ts';
import { readsClock } from './reads-clock.ts';

/** json-rules-engine, asked one rule and one subject at a time: what it says is what counts. */
export interface Authority {
  /** How the engine is asked of one rule; made once for each rule that is asked of. */
  questionOf(rule: Rule): Question;
  /** The engine's operator object, decorators included, as it stands at an instant (ms since 1970). */
  operatorAt(name: string, nowMs: number): EngineOperator | null;
}

/** One rule, as json-rules-engine is asked of it. */
export interface Question {
  /** Whether the conditions hold, by the engine's own evaluation. */
  confirm(subject: Subject): Promise<boolean>;
  /** The same, with what became of each condition. */
  judge(subject: Subject): Promise<EvaluatedRule>;
}

/** The engine with the operators of one instant. */
interface EngineAt {
  readonly nowMs: number;
  readonly engine: Engine;
}

class SubjectAlmanac extends Almanac {
  readonly #read: (fact: string) => FactReader;
  readonly #subject: Subject;

  constructor(read: (fact: string) => FactReader, subject: Subject) {
    super();
    this.#read = read;
    this.#subject = subject;
  }

  // Getters cost less than the engine's cache, which hashes id and parameters on each reading.
  override factValue<T>(fact: string): Promise<T> {
    return Promise.resolve(this.#read(fact)(this.#subject) as T);
  }
}

/**
 * Sets the engine up for a ruleset. Rules that compare with the present are asked of an engine of that instant, all
 * others of one that is kept.
 */
export function createAuthority(ruleset: Ruleset, readerFor: (fact: string) => FactReader): Authority {
  const timeless = engineAt(0, ruleset, readerFor);
  let timed: EngineAt | null = null;
  const at = (nowMs: number): EngineAt => {
    if (timed?.nowMs !== nowMs) timed = engineAt(nowMs, ruleset, readerFor);
    return timed;
  };
  return {
    questionOf: (rule) => {
      const needsClock = readsClock(rule.conditions, ruleset);
      const engineFor = ({ nowMs }: Subject) => (needsClock ? at(nowMs) : timeless).engine;
      const confirming = kept((engine) =>
        sharing(engineRuleOf({ ...rule, conditions: withHashedLists(rule.conditions) }, engine)),
      );
      const judging = kept((engine) => engineRuleOf(rule, engine));
      return {
        confirm: async (subject) => {
          const engineRule = confirming(engineFor(subject));
          return (await evaluateRule(engineRule, new SubjectAlmanac(readerFor, subject))).result;
        },
        judge: (subject) => evaluateRule(judging(engineFor(subject)), new SubjectAlmanac(readerFor, subject)),
      };
    },
    operatorAt: (name, nowMs) => operatorOf((isTimeless(name) ? timeless : at(nowMs)).engine, name),
  };
}

function engineAt(nowMs: number, ruleset: Ruleset, readerFor: (fact: string) => FactReader): EngineAt {
  const engine = new Engine();
  for (const operator of createOperators(nowMs)) engine.addOperator(operator);
  const listOf = (fact: string) => readerFor(fact)({ member: () => undefined, event: NO_EVENT, nowMs });
  for (const operator of createElementOperators(engine, listOf)) engine.addOperator(operator);
  for (const [name, condition] of Object.entries(ruleset.conditions))
    engine.setCondition(name, condition as TopLevelCondition);
  return { nowMs, engine };
}

/** Whether an operator says the same at every instant, whatever values it is given. */
function isTimeless(name: string): boolean {
  return !takesBlock(name) && !measuresAge(name);
}

const NO_EVENT = { detailType: '' };

function engineRuleOf({ name, priority, conditions, event }: Rule, engine: Engine): EngineRule {
  const engineRule = new EngineRule({
    name,
    priority,
    conditions: conditions as TopLevelCondition,
    // The name alone: the engine would copy whole parameters at each evaluation.
    event: { type: event.type },
  });
  bindRule(engineRule, engine);
  return engineRule;
}

/** The same conditions, their long lists made to be searched. */
function withHashedLists(condition: Condition): Condition {
  if ('any' in condition) return { ...condition, any: condition.any.map(withHashedLists) };
  if ('all' in condition) return { ...condition, all: condition.all.map(withHashedLists) };
  if ('not' in condition) return { ...condition, not: withHashedLists(condition.not) };
  if ('condition' in condition || !Array.isArray(condition.value)) return condition;
  return { ...condition, value: hashedList(condition.value) };
}

function sharing(rule: EngineRule): EngineRule {
  shareConditions(rule);
  return rule;
}

/** What was made of the last engine is kept while it is asked for. */
function kept(make: (engine: Engine) => EngineRule): (engine: Engine) => EngineRule {
  let last: { readonly engine: Engine; readonly made: EngineRule } | null = null;
  return (engine) => {
    if (last?.engine !== engine) last = { engine, made: make(engine) };
    return last.made;
  };
}
