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
  /** The rules that count: matching, in force, of the mode asked for; in winning order. */
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
  const matching = judgements
    .filter(({ matched, compiled: { expired } }) => matched && !expired)
    .map(({ compiled: { rule } }) => rule)
    .filter((rule) => mode === 'observe' || rule.mode === 'enforce');
  const wishes = mergeRules(matching, view, (fact) => compiled.readFact(fact, subject));
  return { view, judgements, matching, wishes };
}

/** The rules behind some wishes, in winning order. */
export function decidersOf({ matching }: Considered, wishes: Iterable<Wish>): readonly Rule[] {
  const deciders = new Set([...wishes].flatMap(({ rules }) => rules));
  return matching.filter((rule) => deciders.has(rule));
}
