import type { TriageEvent } from '../findings/triage-event.ts';
import type { CompiledRule, CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { Subject } from '../rules/engine/fact.ts';
import type { Rule } from '../rules/rule.ts';
import type { Acted } from './act.ts';
import type { TraceDetail } from './decision.ts';
import type { FieldName } from './field.ts';
import { type Judgement, judgeRules } from './judge.ts';
import { mergeRules, type Wish } from './merge.ts';
import { type View, viewOf } from './view.ts';

/** How a finding is judged: by which rules, under which event and when. */
export interface Hearing {
  readonly compiled: CompiledRuleset;
  readonly event: TriageEvent;
  /** The instant of the decision, in ms since 1970. */
  readonly nowMs: number;
  readonly detail: TraceDetail;
}

/** What the engine says of a finding as rules see it. */
export interface Judged {
  readonly view: View;
  readonly subject: Subject;
  readonly judgements: readonly Judgement[];
}

/** What a set of rules wants of a finding, before anyone asks whether it may have it. */
export interface Considered extends Judged {
  /** The rules that count: matching, in force, of the mode asked for, up to a `stop`; in winning order. */
  readonly matching: readonly Rule[];
  readonly wishes: ReadonlyMap<FieldName, Wish>;
}

/** Has the eligible rules judged on the view of a finding; at once where there is none to ask. */
export function judgeFinding(
  { compiled, event, nowMs, detail }: Hearing,
  { finding, mark }: Acted,
  eligible: (rule: CompiledRule) => boolean,
): Judged | Promise<Judged> {
  const view = viewOf(finding, mark, compiled.ruleset.config);
  const subject = { member: (name: string) => view.member(name), event, nowMs };
  const judgements = judgeRules(compiled, subject, eligible, detail);
  return judgements instanceof Promise
    ? judgements.then((awaited) => ({ view, subject, judgements: awaited }))
    : { view, subject, judgements };
}

/** Whether a rule that is only observed would have a say. */
export function hasObserved({ judgements }: Judged): boolean {
  return judgements.some(
    ({ matched, expired, compiled }) => matched && !expired && compiled.rule.mode === 'observe',
  );
}

/** Merges what the matching rules want: those that are enforced, or with `observe` all of them. */
export function considerRules(
  { compiled }: Hearing,
  judged: Judged,
  mode: 'enforce' | 'observe',
): Considered {
  const { view, subject, judgements } = judged;
  const matching = upToStop(judgements, mode);
  const readFact = (fact: string) => compiled.readFact(fact, subject);
  const wishes = mergeRules(matching, (field) => view.standing(field).base, readFact);
  return { ...judged, matching, wishes };
}

function upToStop(judgements: readonly Judgement[], mode: 'enforce' | 'observe'): readonly Rule[] {
  const rules: Rule[] = [];
  for (const { compiled, matched, expired } of judgements) {
    const { rule } = compiled;
    if (!matched || expired || (mode === 'enforce' && rule.mode === 'observe')) continue;
    rules.push(rule);
    if (rule.stop === true) break;
  }
  return rules;
}

/** The rules behind some wishes, in winning order. */
export function decidersOf({ matching }: Considered, wishes: Iterable<Wish>): readonly Rule[] {
  const deciders = new Set<Rule>();
  for (const { rules } of wishes) for (const rule of rules) deciders.add(rule);
  return matching.filter((rule) => deciders.has(rule));
}
