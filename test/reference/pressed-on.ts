import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import { holdsOn } from './custom-action.ts';
import { factsOf, readsEvent } from './facts.ts';
import { currentValue, type FieldName, keyOfField, sameValue, userDefined } from './fields.ts';
import { type Mark, NO_MARK, PERSONS, readMark } from './mark.ts';
import { merge, type Wanted } from './merge.ts';
import { standing } from './ownership.ts';
import { viewOf } from './view.ts';

/** A press, and the finding on which it is to be carried out. */
interface Press {
  readonly finding: Finding;
  readonly event: TriageEvent;
  readonly whole: Ruleset;
  readonly nowMs: number;
  readonly pressedOn?: PressedOn | undefined;
}

/** The fields that someone else has changed since the press; empty where it was made just now. */
export function laterChanges(press: Press, mark: Mark, fields: readonly FieldName[]): readonly FieldName[] {
  const { finding, pressedOn, whole } = press;
  if (pressedOn === undefined) return [];
  const known = readMark(pressedOn.finding, whole.config);
  const entriesThen = (known === undefined || known === 'unknownVersion' ? NO_MARK : known).entries;
  const byButtons = ofEarlierButtons(press, pressedOn, mark);
  return fields.filter((field) => {
    const other = pressedOn.otherPress(field);
    if (other === 'later') return true;
    const whose = standing(finding, mark, field);
    if (whose === 'ours') return false;
    if (isUnknown(pressedOn)) return whose === 'other';
    if (whose === 'free' && (isOfProvider(field) || mark.entries.has(field))) return false;
    const nowPersons = mark.entries.get(field) === PERSONS && entriesThen.get(field) !== PERSONS;
    const differs = !sameValue(currentValue(finding, field), currentValue(pressedOn.finding, field));
    return (differs || nowPersons) && !(other === 'earlier' && byButtons.includes(field));
  });
}

/** Whether a hold of today was not there, or was another, when the button was pressed. */
export function isHeldSince(
  finding: Finding,
  pressedOn: PressedOn | undefined,
  { config }: Ruleset,
): boolean {
  if (pressedOn === undefined) return false;
  const [now, then] = [userDefined(finding), userDefined(pressedOn.finding)];
  return holdsOn(finding, config).some((key) => now.get(key) !== then.get(key));
}

/** What a press may not write: changed since, unless its rule would win over anyone. A note goes where its rule's act is not whole. */
export function withoutLater(
  acts: ReadonlyMap<FieldName, Wanted>,
  finding: Finding,
  later: readonly FieldName[],
): { readonly acts: ReadonlyMap<FieldName, Wanted>; readonly held: readonly FieldName[] } {
  const stands = ([field, { value }]: readonly [FieldName, Wanted]) =>
    sameValue(value, currentValue(finding, field));
  const refused = [...acts].filter((act) => {
    const [field, { decider }] = act;
    const member = keyOfField(field) === undefined ? field : 'UserDefinedFields';
    const isPermitted = decider.overwrite?.some((name) => name === member) === true;
    return later.includes(field) && !isPermitted && !(decider.adopt === true && stands(act));
  });
  const author = acts.get('Note')?.decider;
  const isUntrue = refused.some(
    ([field, { winners }]) => field !== 'Note' && author !== undefined && winners.includes(author),
  );
  const gone = [...refused.map(([field]) => field), ...(isUntrue ? ['Note'] : [])];
  return {
    acts: new Map([...acts].filter(([field]) => !gone.includes(field))),
    held: refused.flatMap((act) => (stands(act) || (isUntrue && act[0] === 'Note') ? [] : [act[0]])),
  };
}

/** The fields of enforced rules of buttons of which all that they write stands, and is not ours: pressed before, most likely. */
function ofEarlierButtons(press: Press, { finding: then }: PressedOn, mark: Mark): readonly FieldName[] {
  const { finding, event, whole, nowMs } = press;
  const fact = factsOf(viewOf(finding, mark, whole.config), event, whole, nowMs);
  return whole.rules.flatMap((rule) => {
    if (rule.mode !== 'enforce' || !readsEvent(rule, whole)) return [];
    const wanted = [...merge(then, [rule], fact)];
    const stands = wanted.every(
      ([field, { value }]) =>
        standing(finding, mark, field) !== 'ours' && sameValue(value, currentValue(finding, field)),
    );
    return stands ? wanted.map(([field]) => field) : [];
  });
}

function isUnknown({ finding }: PressedOn): boolean {
  return Object.keys(finding).length <= 2;
}

/** What the provider may change itself. */
function isOfProvider(field: FieldName): boolean {
  return ['Severity', 'Types', 'Confidence', 'Criticality', 'RelatedFindings'].includes(field);
}
