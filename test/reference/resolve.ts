import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import { applyUpdate, updateOf } from './apply-update.ts';
import { holds } from './conditions.ts';
import { holdsOn, isOwnAction, isRetriage, mayTakeBack, permissionOf } from './custom-action.ts';
import { factsOf, isInForce, readsEvent } from './facts.ts';
import { currentValue, type FieldName, type FieldValue, fieldOfKey, sameValue } from './fields.ts';
import { type Mark, PERSONS, withoutFields } from './mark.ts';
import { inWinningOrder, merge, type Wanted } from './merge.ts';
import { standing, withdrawnValue } from './ownership.ts';
import { isHeldSince, laterChanges, withoutLater } from './pressed-on.ts';
import { type Settlement, settle } from './settle.ts';
import { viewedValue, viewOf } from './view.ts';

export interface Question {
  readonly finding: Finding;
  readonly event: TriageEvent;
  /** Only the rules that count as enforced. */
  readonly ruleset: Ruleset;
  /** Every rule, for what any of them reads. */
  readonly whole: Ruleset;
  readonly nowMs: number;
  /** Of a press, where the finding may be newer than what it was made on. */
  readonly pressedOn?: PressedOn | undefined;
}

/** What is to be written, before marks, limits and holds of the whole finding. */
export interface Resolution {
  readonly writes: ReadonlyMap<FieldName, FieldValue>;
  /** The ordinary rules' part. */
  readonly settlement: Settlement;
  /** A field changes hands though its value stays: the one reason to send a mark alone. */
  readonly changesOwner: boolean;
  readonly held: readonly FieldName[];
  /** What a press asks for that stands once this is written. */
  readonly pressed: readonly FieldName[];
  /** Every rule that decided a field, held or not, in winning order. */
  readonly rules: readonly Rule[];
}

type Merged = ReadonlyMap<FieldName, Wanted>;

/** Custom-action rules act as a person first, among themselves; ordinary rules then decide on the finding they left. */
export function resolve(question: Question, mark: Mark): Resolution {
  const { finding, event, ruleset, whole } = question;
  const { config } = ruleset;
  const byAction = ruleset.rules.filter((rule) => readsEvent(rule, ruleset));
  const wanted = isOwnAction(event, config)
    ? mergeOn(question, finding, mark, byAction)
    : new Map<FieldName, Wanted>();
  const inTime = withoutLater(wanted, finding, laterChanges(question, mark, [...wanted.keys()]));
  const { acts, held } = guarded(inTime.acts, finding, mark);
  const acted = new Map([...acts].map(([field, wanted]) => [field, wanted.value] as const));
  const after = applyUpdate(finding, updateOf(finding, acted, `securityhub-${config.prefix}`));
  const markAfter = asPersons(after, withoutFields(mark, [...acted.keys()]), [...acted.keys()]);

  const ordinary = ruleset.rules.filter((rule) => !byAction.includes(rule));
  const merged = mergeOn(question, after, markAfter, ordinary);
  const retriage = isHandedBack(question);
  const settlement = settle(merged, {
    finding: after,
    mark: markAfter,
    viewed: (field) => viewedValue(after, markAfter, field),
    permission: permissionOf(retriage, whole, laterChanges(question, mark, [...merged.keys()])),
    mayTakeBack: (field) => mayTakeBack(field, whole),
  });

  const writes = new Map([...acted, ...settlement.writes]);
  if (retriage) for (const key of holdsOn(finding, config)) writes.set(fieldOfKey(key), 'off');
  for (const [field, value] of writes)
    if (sameValue(value, currentValue(finding, field))) writes.delete(field);
  const claimed = [...acted.keys(), ...settlement.adopted];
  return {
    writes,
    settlement,
    held: [...inTime.held, ...held, ...settlement.held],
    pressed: [
      ...acts.keys(),
      ...(retriage ? [...merged.keys()].filter((field) => !settlement.held.includes(field)) : []),
    ],
    changesOwner: claimed.some((field) => mark.entries.get(field) !== settlement.mark.entries.get(field)),
    rules: [...new Set([...winnersOf(acts), ...winnersOf(merged)])],
  };
}

/** Re-triage, unless the finding was put on hold after it was pressed. */
export function isHandedBack({ finding, event, whole, pressedOn }: Question): boolean {
  return isRetriage(event, whole.config) && !isHeldSince(finding, pressedOn, whole);
}

/** A person's act stands as someone else's even where it equals what nobody touched. */
function asPersons(finding: Finding, mark: Mark, fields: readonly FieldName[]): Mark {
  const unclear = fields.filter((field) => standing(finding, mark, field) !== 'other');
  return {
    ...mark,
    entries: new Map([...mark.entries, ...unclear.map((field) => [field, PERSONS] as const)]),
  };
}

/** The guard on CRITICAL stands above a person's act too. */
function guarded(acts: Merged, finding: Finding, mark: Mark): { acts: Merged; held: readonly FieldName[] } {
  const suppression = acts.get('Workflow');
  if (suppression?.value !== 'SUPPRESSED' || suppression.decider.allowCritical === true)
    return { acts, held: [] };
  const isOurs = standing(finding, mark, 'Severity') === 'ours';
  const undecided =
    (isOurs ? withdrawnValue(finding, mark, 'Severity') : undefined) ?? currentValue(finding, 'Severity');
  const labelAfter = acts.get('Severity')?.value ?? undecided;
  if (viewedValue(finding, mark, 'Severity') !== 'CRITICAL' && labelAfter !== 'CRITICAL')
    return { acts, held: [] };
  const left = [...acts].filter(
    ([field, wanted]) =>
      field !== 'Workflow' && !(field === 'Note' && wanted.decider === suppression.decider),
  );
  return { acts: new Map(left), held: ['Workflow'] };
}

function winnersOf(merged: Merged): readonly Rule[] {
  return inWinningOrder([...new Set([...merged.values()].flatMap((wanted) => wanted.winners))]);
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
