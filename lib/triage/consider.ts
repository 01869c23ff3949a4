import type { TriageEvent } from '../findings/triage-event.ts';
import type { CompiledRule, CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { Rule } from '../rules/rule.ts';
import type { Acted } from './act.ts';
import type { FieldName } from './field.ts';
import { type Judgement, judgeRules } from './judge.ts';
import { mergeRules, type Wish } from './merge.ts';
import { type View, viewOf } from './view.ts';

/** What a set of rules wants of a finding, before anyone asks whether it may have it. */
export interface Considered {
  readonly view: View;
  readonly judgements: readonly Judgement[];
  /** The rules that count: matching, in force, of the mode asked for, up to a `stop`; in winning order. */
  readonly matching: readonly Rule[];
  readonly wishes: ReadonlyMap<FieldName, Wish>;
}

/** Reads the view, has the eligible rules judged on it and merges what the matching ones want. */
export async function considerRules(
  compiled: CompiledRuleset,
  { finding, mark }: Acted,
  event: TriageEvent,
  mode: 'enforce' | 'observe',
  eligible: (rule: CompiledRule) => boolean,
): Promise<Considered> {
  const view = viewOf(finding, mark, compiled.ruleset.config);
  const subject = { view: view.finding, event };
  const judgements = await judgeRules(compiled, subject, eligible);
  const matching = upToStop(
    judgements
      .filter(({ matched, compiled: { expired } }) => matched && !expired)
      .map(({ compiled: { rule } }) => rule)
      .filter((rule) => mode === 'observe' || rule.mode === 'enforce'),
  );
  const readFact = (fact: string) => compiled.readFact(fact, subject);
  const wishes = mergeRules(matching, (field) => view.standing(field).base, readFact);
  return { view, judgements, matching, wishes };
}

function upToStop(rules: readonly Rule[]): readonly Rule[] {
  const stop = rules.findIndex((rule) => rule.stop === true);
  return stop === -1 ? rules : rules.slice(0, stop + 1);
}

/** The rules behind some wishes, in winning order. */
export function decidersOf({ matching }: Considered, wishes: Iterable<Wish>): readonly Rule[] {
  const deciders = new Set([...wishes].flatMap(({ rules }) => rules));
  return matching.filter((rule) => deciders.has(rule));
}
