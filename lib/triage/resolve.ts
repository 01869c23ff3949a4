import type { Finding } from '../findings/finding.ts';
import type { Rule } from '../rules/rule.ts';
import type { HeldField } from './decision.ts';
import { type FieldName, type FieldValue, KEY_PREFIX, markForm, sameValue } from './field.ts';
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
  /** Fields that would be taken back, were the function's role allowed to write them. */
  readonly kept: readonly FieldName[];
  /** The fields whose value someone else set and a rule takes over: the one reason to send a mark alone. */
  readonly adopted: readonly FieldName[];
  /** The rules with at least one field that they won and that is not held. */
  readonly inForce: ReadonlySet<Rule>;
}

/** What may be done on this finding: for rules, and for taking back what they wrote. */
export interface Leave extends Permissions {
  /** The members that the function's role lets it write. */
  readonly writable: ReadonlySet<string>;
}

/** Applies ownership to what the rules want. Pure; the finding is the snapshot that was decided on. */
export function resolveWishes(
  finding: Finding,
  view: View,
  mark: Mark,
  wishes: ReadonlyMap<FieldName, Wish>,
  permissions: Leave,
): Resolution {
  const verdicts = verdictsOn(finding, view, wishes, permissions);
  const changes = new Map<FieldName, FieldValue>();
  const entries = new Map<FieldName, string | number>();
  const was = new Map<FieldName, Before>();
  const withdrawn: FieldName[] = [];
  const kept: FieldName[] = [];
  for (const field of fieldsOf(wishes, mark)) {
    const mayWrite = permissions.writable.has(field.startsWith(KEY_PREFIX) ? 'UserDefinedFields' : field);
    const next = nextOf(finding, view.standing(field), wishes.get(field), verdicts.get(field), mayWrite);
    if (next.change !== undefined) changes.set(field, next.change);
    if (next.entry !== undefined) entries.set(field, next.entry);
    if (next.entry !== undefined && next.was !== undefined) was.set(field, next.was);
    if (next.withdrawn === true) withdrawn.push(field);
    if (next.kept === true) kept.push(field);
  }
  return {
    changes,
    held: heldFields(finding, view, wishes, verdicts),
    mark: { entries, was },
    withdrawn,
    kept,
    adopted: [...verdicts.keys()].filter((field) => verdicts.get(field) === 'adopt'),
    inForce: rulesInForce(wishes, verdicts),
  };
}

function rulesInForce(
  wishes: ReadonlyMap<FieldName, Wish>,
  verdicts: ReadonlyMap<FieldName, Verdict>,
): ReadonlySet<Rule> {
  const inForce = new Set<Rule>();
  for (const { field, rules } of wishes.values())
    if (isInForce(verdicts.get(field))) for (const rule of rules) inForce.add(rule);
  return inForce;
}

/** The fields that rules want something of, and those that have an entry. */
function fieldsOf(wishes: ReadonlyMap<FieldName, Wish>, { entries }: Mark): Iterable<FieldName> {
  return entries.size === 0 ? wishes.keys() : new Set([...wishes.keys(), ...entries.keys()]);
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
  readonly kept?: boolean;
}

function nextOf(
  finding: Finding,
  standing: Standing,
  wish: Wish | undefined,
  verdict: Verdict | undefined,
  mayWrite: boolean,
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
  if (back === undefined || sameValue(current, back)) return { entry, was: standing.was, withdrawn: true };
  // Asking for what is denied would send the whole call, and its message, round and round.
  if (!mayWrite) return { entry, was: standing.was, kept: true };
  return { change: back, entry: markForm(field, back), was: standing.was, withdrawn: true };
}

function heldFields(
  finding: Finding,
  view: View,
  wishes: ReadonlyMap<FieldName, Wish>,
  verdicts: ReadonlyMap<FieldName, Verdict>,
): readonly HeldField[] {
  const held: HeldField[] = [];
  for (const field of wishes.keys()) {
    const verdict = verdicts.get(field);
    if (verdict === 'critical') held.push({ field, by: 'critical' });
    else if (verdict === 'held') held.push({ field, by: holderOf(finding, view.standing(field)) });
  }
  return held;
}
