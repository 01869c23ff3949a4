import type { Finding } from '../findings/finding.ts';
import type { FindingUpdate } from '../findings/update.ts';
import type { CompiledRule } from '../rules/engine/compiled-ruleset.ts';
import type { Rule } from '../rules/rule.ts';
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
import type { Cause, HeldField } from './decision.ts';
import { currentValue, type FieldName, KEY_PREFIX, sameValue } from './field.ts';
import type { InstanceReading } from './instance.ts';
import type { Judgement } from './judge.ts';
import type { Wish } from './merge.ts';
import { resolveWishes } from './resolve.ts';
import { type Verdict, verdictsOn } from './verdict.ts';

/** Everything one decision stands on. */
export interface Situation extends Hearing {
  readonly finding: Finding;
  readonly reading: InstanceReading;
  readonly ownAction: boolean;
  readonly retriage: boolean;
}

/** What a set of rules makes of a finding, holds on the whole finding left aside. */
export interface Ruling {
  readonly update: FindingUpdate | null;
  /** The fields that `update` changes, marks left out. */
  readonly changed: readonly FieldName[];
  readonly held: readonly HeldField[];
  readonly cause?: Cause;
  /** Names of the rules that decided a field, in winning order. */
  readonly rules: readonly string[];
  readonly judgements: readonly Judgement[];
  /** The matching rules that were heard: those that a `stop` cut off are not among them. */
  readonly counted: readonly Rule[];
  readonly wishes: readonly Wish[];
}

/** What a custom action writes, as the act of the person who pressed it: decided among its own rules alone. */
interface Pressed {
  readonly considered: Considered;
  readonly wishes: readonly Wish[];
  readonly held: readonly HeldField[];
}

/** The ruling that counts, and what it would be if the observed rules were enforced too; the same where they agree. */
export interface Rulings {
  readonly enforced: Ruling;
  readonly shadow: Ruling;
}

/**
 * Rules on a finding. What a custom action of ours writes is put on the finding first, and the ordinary rules decide
 * on that finding, as they would on the next event: so the next event finds nothing to do.
 */
export async function ruleOn(situation: Situation): Promise<Rulings> {
  if (situation.ownAction) return ruleOnAct(situation);
  const standing = { finding: situation.finding, mark: situation.reading.mark };
  const judged = await judgeFinding(situation, standing, isOrdinary);
  const enforced = rulingOf(situation, 'enforce', standing, judged, null);
  const shadow = hasObserved(judged) ? rulingOf(situation, 'observe', standing, judged, null) : enforced;
  return { enforced, shadow };
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
  return { enforced: await ruleIn('enforce'), shadow: await ruleIn('observe') };
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
  const written = new Map((pressed?.wishes ?? []).map(({ field, value }) => [field, value] as const));
  const ordinary = considerRules(situation, judged, mode);
  const resolution = resolveWishes(acted.finding, ordinary.view, acted.mark, ordinary.wishes, {
    overwriteAll: retriage,
    reads: compiled.reads,
  });

  const changes = new Map([...written, ...resolution.changes]);
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
  const isAsked = changes.size > 0 || [...resolution.adopted, ...written.keys()].some(isNew);
  const update = isAsked ? composeUpdate(finding, changes, provenance, config) : null;
  const cause = update === null ? undefined : oversize(update, config);
  const actors = pressed === null ? [] : decidersOf(pressed.considered, pressed.wishes);
  return {
    update,
    changed: [...changes.keys()],
    held: [...(pressed?.held ?? []), ...resolution.held],
    ...(cause && { cause }),
    rules: [...new Set([...actors, ...deciders].map(({ name }) => name))],
    judgements: [...(pressed?.considered.judgements ?? []), ...ordinary.judgements],
    counted: [...(pressed?.considered.matching ?? []), ...ordinary.matching],
    wishes: [...(pressed?.wishes ?? []), ...ordinary.wishes.values()],
  };
}

function press(situation: Situation, judged: Judged, mode: 'enforce' | 'observe'): Pressed {
  const considered = considerRules(situation, judged, mode);
  // A person may overwrite a person; only the guard on CRITICAL stands above both.
  const verdicts = verdictsOn(situation.finding, considered.view, considered.wishes, {
    overwriteAll: true,
    reads: new Set(),
  });
  const isVerdict = (field: FieldName, ...wanted: readonly Verdict[]) =>
    wanted.some((verdict) => verdicts.get(field) === verdict);
  const wishes = [...considered.wishes.values()];
  return {
    considered,
    wishes: wishes.filter(({ field }) => isVerdict(field, 'write', 'adopt')),
    held: wishes
      .filter(({ field }) => isVerdict(field, 'critical'))
      .map(({ field }) => ({ field, by: 'critical' })),
  };
}
