import type { Finding } from '../findings/finding.ts';
import type { Rule } from '../rules/rule.ts';
import type { HeldField } from './decision.ts';
import { type FieldName, type FieldValue, markForm, sameValue } from './field.ts';
import type { Before, Mark } from './mark.ts';
import type { Wish } from './merge.ts';
import { holderOf, type Standing, wasToRemember } from './ownership.ts';
import { type Permissions, type Verdict, verdictsOn } from './verdict.ts';
import type { View } from './view.ts';
import { withdrawnValue } from './withdraw.ts';

/** What is to become of the finding, after ownership, the guard on CRITICAL and withdrawal. */
export interface Resolution {
  /** The values that differ from what stands, by field. */
  readonly changes: ReadonlyMap<FieldName, FieldValue>;
  readonly held: readonly HeldField[];
  readonly mark: Mark;
  /** Fields whose entry is kept though no rule decides them. */
  readonly withdrawn: readonly FieldName[];
  /** The fields whose value someone else set and a rule takes over: the one reason to send a mark alone. */
  readonly adopted: readonly FieldName[];
  /** The rules with at least one field that they won and that is not held. */
  readonly inForce: ReadonlySet<Rule>;
}

/** Applies ownership to what the rules want (DESIGN §4). Pure; the finding is the snapshot that was decided on. */
export function resolveWishes(
  finding: Finding,
  view: View,
  mark: Mark,
  wishes: ReadonlyMap<FieldName, Wish>,
  permissions: Permissions,
): Resolution {
  const verdicts = verdictsOn(finding, view, wishes, permissions);
  const changes = new Map<FieldName, FieldValue>();
  const entries = new Map<FieldName, string | number>();
  const was = new Map<FieldName, Before>();
  const withdrawn: FieldName[] = [];
  for (const field of new Set([...wishes.keys(), ...mark.entries.keys()])) {
    const next = nextOf(finding, view.standing(field), wishes.get(field), verdicts.get(field));
    if (next.change !== undefined) changes.set(field, next.change);
    if (next.entry !== undefined) entries.set(field, next.entry);
    if (next.entry !== undefined && next.was !== undefined) was.set(field, next.was);
    if (next.withdrawn === true) withdrawn.push(field);
  }
  return {
    changes,
    held: heldFields(finding, view, wishes, verdicts),
    mark: { entries, was },
    withdrawn,
    adopted: [...verdicts].flatMap(([field, verdict]) => (verdict === 'adopt' ? [field] : [])),
    inForce: new Set(
      [...wishes.values()].flatMap((wish) => (isInForce(verdicts.get(wish.field)) ? wish.rules : [])),
    ),
  };
}

function isInForce(verdict: Verdict | undefined): boolean {
  return verdict === 'write' || verdict === 'adopt' || verdict === 'same';
}

/** What is to become of one field and of its entry in the mark. */
interface Next {
  readonly change?: FieldValue | undefined;
  readonly entry?: string | number | undefined;
  readonly was?: Before | undefined;
  readonly withdrawn?: boolean;
}

function nextOf(
  finding: Finding,
  standing: Standing,
  wish: Wish | undefined,
  verdict: Verdict | undefined,
): Next {
  const { field, current, owner, entry } = standing;
  const was = wasToRemember(finding, standing);
  if (wish !== undefined && verdict === 'adopt') return { entry: markForm(field, wish.value), was };
  if (wish !== undefined && verdict === 'write' && !sameValue(current, wish.value)) {
    return { change: wish.value, entry: markForm(field, wish.value), was };
  }
  // Someone else's entry is carried forward, so that the field stays held whatever rule decides next.
  if (owner === 'other' || (owner === 'ours' && verdict === 'write')) return { entry, was: standing.was };
  // Free and equal to what is wanted, or reopened and no longer decided: nothing of ours stands there.
  if (owner === 'free') return {};
  const back = withdrawnValue(finding, standing);
  if (back === undefined) return { entry, was: standing.was, withdrawn: true };
  const change = sameValue(current, back) ? undefined : back;
  return { change, entry: markForm(field, back), was: standing.was, withdrawn: true };
}

function heldFields(
  finding: Finding,
  view: View,
  wishes: ReadonlyMap<FieldName, Wish>,
  verdicts: ReadonlyMap<FieldName, Verdict>,
): readonly HeldField[] {
  return [...wishes.keys()].flatMap((field): readonly HeldField[] => {
    const verdict = verdicts.get(field);
    if (verdict === 'critical') return [{ field, by: 'critical' }];
    return verdict === 'held' ? [{ field, by: holderOf(finding, view.standing(field)) }] : [];
  });
}
