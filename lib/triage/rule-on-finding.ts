import type { Finding } from '../findings/finding.ts';
import type { CompiledRule } from '../rules/engine/compiled-ruleset.ts';
import { type Acted, act } from './act.ts';
import { composeUpdate, oversize } from './compose-update.ts';
import {
  type Considered,
  considerRules,
  decidersOf,
  type Hearing,
  hasObserved,
  type Judged,
  judgeFinding,
} from './consider.ts';
import type { HeldField } from './decision.ts';
import { currentValue, type FieldName, KEY_PREFIX, sameValue } from './field.ts';
import type { InstanceReading } from './instance.ts';
import type { Wish } from './merge.ts';
import { holderOf } from './ownership.ts';
import { changesSince, type PressedOn } from './pressed-on.ts';
import { digestOf, ruleOnce } from './repeated-rulings.ts';
import { resolveWishes } from './resolve.ts';
import type { Ruling, Rulings } from './ruling.ts';
import { traceOf } from './trace.ts';
import { type Permissions, type Verdict, verdictsOn } from './verdict.ts';

/** Everything one decision stands on. */
export interface Situation extends Hearing {
  readonly finding: Finding;
  readonly reading: InstanceReading;
  readonly ownAction: boolean;
  readonly retriage: boolean;
  /** The state that a press was made on, where that may be older than the finding. */
  readonly pressedOn?: PressedOn | undefined;
}

/** What a custom action writes, as the act of the person who pressed it: decided among its own rules alone. */
interface Pressed {
  readonly considered: Considered;
  readonly wishes: readonly Wish[];
  readonly held: readonly HeldField[];
  readonly isLater: Permissions['isLater'];
}

/** What comes of a finding that no rule holds on and that bears nothing of ours: most of them. */
export const NOTHING_RULED: Rulings = agreed({
  update: null,
  changed: [],
  held: [],
  rules: [],
  judgements: [],
  counted: [],
  wishes: [],
});

/**
 * Rules on a finding and draws a conclusion; at once where the engine has nothing to say. What a custom action of ours
 * writes is put on the finding first, and the ordinary rules decide on that finding, as they would on the next event:
 * so the next event finds nothing to do.
 *
 * @param conclude pure; of findings that cannot be told apart it is asked once (lib/triage/repeated-rulings.ts)
 */
export function ruleOn<T>(situation: Situation, conclude: (rulings: Rulings) => T): T | Promise<T> {
  if (situation.ownAction) return ruleOnAct(situation).then(conclude);
  const standing = { finding: situation.finding, mark: situation.reading.mark };
  const judged = judgeFinding(situation, standing, isOrdinary);
  return judged instanceof Promise
    ? judged.then((awaited) => ruleOnJudged(situation, standing, awaited, conclude))
    : ruleOnJudged(situation, standing, judged, conclude);
}

function ruleOnJudged<T>(
  situation: Situation,
  standing: Acted,
  judged: Judged,
  conclude: (rulings: Rulings) => T,
): T {
  const { judgements } = judged;
  const isMarked = situation.reading.mark.entries.size > 0;
  if (!isMarked && judgements.length === 0) return conclude(NOTHING_RULED);
  const isPlain = situation.detail === 'matching' && !isMarked;
  const digest = isPlain ? digestOf(situation.finding, judgements) : null;
  return ruleOnce(situation.compiled, digest, () => {
    const enforced = rulingOf(situation, 'enforce', standing, judged, null);
    if (!hasObserved(judged)) return conclude(agreed(enforced));
    return conclude(rulings(enforced, rulingOf(situation, 'observe', standing, judged, null)));
  });
}

function rulings(enforced: Ruling, shadow: Ruling): Rulings {
  return { enforced, shadow, trace: traceOf(enforced, shadow) };
}

function agreed(ruling: Ruling): Rulings {
  return rulings(ruling, ruling);
}

async function ruleOnAct(situation: Situation): Promise<Rulings> {
  const { finding, reading } = situation;
  const judged = await judgeFinding(situation, { finding, mark: reading.mark }, (rule) => rule.needsAction);
  const ruleIn = async (mode: 'enforce' | 'observe'): Promise<Ruling> => {
    const pressed = press(situation, judged, mode);
    const written = new Map(pressed.wishes.map(({ field, value }) => [field, value] as const));
    const acted = act(finding, reading.mark, written);
    return rulingOf(situation, mode, acted, await judgeFinding(situation, acted, isOrdinary), pressed);
  };
  return rulings(await ruleIn('enforce'), await ruleIn('observe'));
}

function isOrdinary(rule: CompiledRule): boolean {
  return !rule.needsAction;
}

function rulingOf(
  situation: Situation,
  mode: 'enforce' | 'observe',
  acted: Acted,
  judged: Judged,
  pressed: Pressed | null,
): Ruling {
  const { finding, compiled, reading, retriage } = situation;
  const { config } = compiled.ruleset;
  const written = pressed?.wishes ?? [];
  const ordinary = considerRules(situation, judged, mode);
  const isLater = pressed?.isLater;
  const resolution = resolveWishes(acted.finding, ordinary.view, acted.mark, ordinary.wishes, {
    overwriteAll: retriage,
    // What nobody holds now is the rules' to decide, as it would be at any other event.
    ...(isLater && { isLater: (field) => ordinary.view.standing(field).owner === 'other' && isLater(field) }),
    reads: compiled.reads,
    writable: compiled.writable,
  });

  const changes = new Map(written.map(({ field, value }) => [field, value] as const));
  for (const [field, value] of resolution.changes) changes.set(field, value);
  for (const [field, value] of changes)
    if (sameValue(currentValue(finding, field), value)) changes.delete(field);
  if (retriage) for (const key of reading.holds) changes.set(KEY_PREFIX + key, 'off');
  const deciders = decidersOf(ordinary, ordinary.wishes.values());
  const provenance = {
    mark: resolution.mark,
    withdrawn: resolution.withdrawn,
    rules: deciders.filter((rule) => resolution.inForce.has(rule)).map(({ name }) => name),
    needed: reading.marked || resolution.mark.entries.size > 0,
  };
  const isNew = (field: FieldName) => reading.mark.entries.get(field) !== resolution.mark.entries.get(field);
  const isAsked =
    changes.size > 0 || resolution.adopted.some(isNew) || written.some(({ field }) => isNew(field));
  const update = isAsked ? composeUpdate(finding, changes, provenance, config) : null;
  const cause = update === null ? undefined : oversize(update, config);
  const ruling: Ruling = {
    update,
    changed: [...changes.keys()],
    held: resolution.held,
    ...(resolution.kept.length > 0 && { kept: resolution.kept }),
    ...(cause && { cause }),
    rules: deciders.map(({ name }) => name),
    judgements: ordinary.judgements,
    counted: ordinary.matching,
    wishes: [...ordinary.wishes.values()],
  };
  if (pressed === null) return ruling;
  const heldFields = new Set(resolution.held.map(({ field }) => field));
  // Re-triage asks for what the ordinary rules say.
  const asked = retriage ? [...ordinary.wishes.keys()].filter((field) => !heldFields.has(field)) : [];
  return withPressed(ruling, pressed, asked);
}

/** The ordinary ruling with what the pressed button did before it; `asked`: what the press asks of ordinary rules. */
function withPressed(
  ruling: Ruling,
  { considered, wishes, held }: Pressed,
  asked: readonly FieldName[],
): Ruling {
  const actors = decidersOf(considered, wishes).map(({ name }) => name);
  return {
    ...ruling,
    held: [...held, ...ruling.held],
    pressed: [...new Set([...wishes.map(({ field }) => field), ...asked])],
    rules: [...new Set([...actors, ...ruling.rules])],
    judgements: [...considered.judgements, ...ruling.judgements],
    counted: [...considered.matching, ...ruling.counted],
    wishes: [...wishes, ...ruling.wishes],
  };
}

function press(situation: Situation, judged: Judged, mode: 'enforce' | 'observe'): Pressed {
  const considered = considerRules(situation, judged, mode);
  const { finding, pressedOn } = situation;
  const isLater = pressedOn && changesSince(pressedOn, { ...situation, ...considered });
  // A person may overwrite a person, but for what was set after the press; the guard on CRITICAL stands above both.
  const verdicts = verdictsOn(finding, considered.view, considered.wishes, {
    overwriteAll: true,
    reads: new Set(),
    ...(isLater && { isLater }),
  });
  const isVerdict = (field: FieldName, ...wanted: readonly Verdict[]) =>
    wanted.some((verdict) => verdicts.get(field) === verdict);
  const wishes = [...considered.wishes.values()];
  return {
    considered,
    wishes: wishes.filter(({ field }) => isVerdict(field, 'write', 'adopt')),
    held: wishes.flatMap(({ field }): readonly HeldField[] => {
      if (isVerdict(field, 'critical')) return [{ field, by: 'critical' }];
      if (!isVerdict(field, 'held')) return [];
      return [{ field, by: holderOf(finding, considered.view.standing(field)) }];
    }),
    isLater,
  };
}
