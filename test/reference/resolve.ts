import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { applyUpdate, updateOf } from './apply-update.ts';
import { holds } from './conditions.ts';
import { holdIsOn, isOwnAction, isRetriage, overwritePermission } from './custom-action.ts';
import { factsOf, isInForce, readsEvent } from './facts.ts';
import { currentValue, type FieldName, type FieldValue, fieldOfKey, sameValue } from './fields.ts';
import { type Mark, withoutFields } from './mark.ts';
import { inWinningOrder, merge, type Wanted } from './merge.ts';
import { inReportOrder, type Settlement, settle } from './settle.ts';
import { viewedValue, viewOf } from './view.ts';

export interface Question {
  readonly finding: Finding;
  readonly event: TriageEvent;
  /** Only the rules that count as enforced. */
  readonly ruleset: Ruleset;
  /** Every rule, for what any of them reads. */
  readonly whole: Ruleset;
  readonly nowMs: number;
}

/** What is to be written, before marks, limits and holds of the whole finding. */
export interface Resolution {
  readonly writes: ReadonlyMap<FieldName, FieldValue>;
  /** The ordinary rules' part; undefined where a custom action has just put the finding on hold. */
  readonly settlement: Settlement | undefined;
  readonly held: readonly FieldName[];
  /** Every rule that decided a field, held or not, in winning order. */
  readonly rules: readonly Rule[];
}

type Merged = ReadonlyMap<FieldName, Wanted>;

/** Custom-action rules act as a person first; ordinary rules then decide on the finding they left. */
export function resolve(question: Question, mark: Mark): Resolution {
  const { finding, event, ruleset } = question;
  const byAction = (rule: Rule) => readsEvent(rule, ruleset);
  const merged = isOwnAction(event, ruleset.config)
    ? mergeOn(question, finding, mark, ruleset.rules)
    : new Map<FieldName, Wanted>();
  const acts: Merged = new Map([...merged].filter(([, wanted]) => wanted.winners.some(byAction)));
  const actors = [...acts.values()].flatMap((wanted) => wanted.winners.filter(byAction));
  const all = resolveAfter(question, mark, acts, actors);
  const suppression = acts.get('Workflow');
  if (suppression?.value !== 'SUPPRESSED' || suppression.decider.allowCritical === true) return all;
  const labelAfter = all.writes.get('Severity') ?? currentValue(finding, 'Severity');
  if (viewedValue(finding, mark, 'Severity') !== 'CRITICAL' && labelAfter !== 'CRITICAL') return all;
  const left = [...acts].filter(
    ([field, wanted]) =>
      field !== 'Workflow' && !(field === 'Note' && wanted.decider === suppression.decider),
  );
  const guarded = resolveAfter(question, mark, new Map(left), actors);
  if (currentValue(finding, 'Workflow') === 'SUPPRESSED') return guarded;
  return { ...guarded, held: inReportOrder(['Workflow', ...guarded.held]) };
}

function resolveAfter(question: Question, mark: Mark, acts: Merged, actors: readonly Rule[]): Resolution {
  const { finding, event, ruleset, whole } = question;
  const { config } = ruleset;
  const holdField = fieldOfKey(`${config.prefix}Hold`);
  const acted = new Map([...acts].map(([field, wanted]) => [field, wanted.value] as const));
  if (isRetriage(event, config) && holdIsOn(finding, config)) acted.set(holdField, 'off');
  const changed = new Map(
    [...acted].filter(([field, value]) => !sameValue(value, currentValue(finding, field))),
  );
  const after = applyUpdate(finding, updateOf(finding, changed, `securityhub-${config.prefix}`));
  if (changed.has(holdField) && holdIsOn(after, config)) {
    return { writes: changed, settlement: undefined, held: [], rules: inWinningOrder([...new Set(actors)]) };
  }
  const markAfter = withoutFields(mark, [...acted.keys()]);
  const ordinary = ruleset.rules.filter((rule) => !readsEvent(rule, ruleset));
  const merged = mergeOn(question, after, markAfter, ordinary);
  const settlement = settle(merged, {
    finding: after,
    mark: markAfter,
    viewed: (field) => viewedValue(after, markAfter, field),
    mayOverwrite: overwritePermission(event, whole),
  });
  const sum = [...changed, ...settlement.writes].filter(([field]) => {
    const last = settlement.writes.get(field) ?? changed.get(field);
    return !sameValue(last, currentValue(finding, field));
  });
  const deciders = [...actors, ...[...merged.values()].flatMap((wanted) => wanted.winners)];
  return {
    writes: new Map(sum),
    settlement,
    held: settlement.held,
    rules: inWinningOrder([...new Set(deciders)]),
  };
}

/** Merges the rules whose conditions hold on the view of a finding. */
function mergeOn(question: Question, finding: Finding, mark: Mark, rules: readonly Rule[]): Merged {
  const { event, ruleset, nowMs } = question;
  const view = viewOf(finding, mark, ruleset.config);
  const fact = factsOf(view, event, ruleset, nowMs);
  const matching = inWinningOrder(rules).filter(
    (rule) =>
      isInForce(rule.expires, nowMs) && holds(rule.conditions, { fact, named: ruleset.conditions, nowMs }),
  );
  return merge(view, matching, fact);
}
