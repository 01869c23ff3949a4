import type { Finding } from '../findings/finding.ts';
import type { CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { Subject } from '../rules/engine/fact.ts';
import { currentValue, type FieldName, isProvided, KEY_PREFIX, sameValue } from './field.ts';
import { type InstanceReading, readInstance } from './instance.ts';
import { PERSONS } from './mark.ts';
import { mergeRules } from './merge.ts';
import type { View } from './view.ts';

/** What a person saw who pressed a button of ours: others may have acted between that and now. */
export interface PressedOn {
  /** The finding as the press's own event shows it; nothing but an identity where that is not known. */
  readonly finding: Finding;
  /**
   * What is known of another press on a field: `later`, one made after this has been carried out on it already. `earlier`:
   * one made before it has, or may have been, for this one is young and none is known. `none`: whatever stands is no press's.
   */
  readonly otherPress: (field: FieldName) => 'later' | 'earlier' | 'none';
}

/** How the finding stands now, on which the press is to be carried out. */
export interface StandingNow {
  readonly finding: Finding;
  readonly reading: InstanceReading;
  readonly compiled: CompiledRuleset;
  readonly view: View;
  readonly subject: Subject;
}

/**
 * Which fields someone else has changed since the press, so that what stands is a later word than the press: a value
 * that differs from what the press was made on and is not ours. A provider's change is no one's word, nor is NEW where
 * the service reopened the finding. Where the state is not known, whatever someone else set may have come later.
 *
 * Two buttons pressed in a row show the same state, and the second is to have the last word when it is decided after the
 * first was carried out: where all that a rule of one button writes stands, and is not ours, it counts as the press
 * before. What a later press is known to have set is its word, whatever stands by now.
 */
export function changesSince(
  { finding: then, otherPress }: PressedOn,
  now: StandingNow,
): (field: FieldName) => boolean {
  const isUnknown = isBare(then);
  const markThen = readInstance(then, now.compiled.ruleset.config).mark;
  let pressed: ReadonlySet<FieldName> | null = null;
  return (field) => {
    const other = otherPress(field);
    if (other === 'later') return true;
    const { owner, current, entry } = now.view.standing(field);
    if (owner === 'ours') return false;
    // Free in spite of an entry is what the service has reopened.
    if (owner === 'free' && (isUnknown || isProvided(field) || entry !== undefined)) return false;
    if (isUnknown) return true;
    const becamePersons = entry === PERSONS && markThen.entries.get(field) !== PERSONS;
    if (sameValue(current, currentValue(then, field)) && !becamePersons) return false;
    if (other === 'none') return true;
    pressed ??= writtenByButtons(then, now);
    return !pressed.has(field);
  };
}

/** Whether someone put the finding on hold since the press: then it is left alone, whatever button that was. */
export function isHeldSince({ finding: then }: PressedOn, now: Finding, { holds }: InstanceReading): boolean {
  const valueIn = (finding: Finding, key: string) => currentValue(finding, KEY_PREFIX + key);
  return holds.some((key) => valueIn(now, key) !== valueIn(then, key));
}

/** The fields of rules of buttons all of whose values stand, and as a person's: a press writes for who pressed it. */
function writtenByButtons(
  then: Finding,
  { finding, compiled, subject, view }: StandingNow,
): ReadonlySet<FieldName> {
  const buttons = compiled.rules.filter(({ needsAction, rule }) => needsAction && rule.mode === 'enforce');
  const readFact = (fact: string) => compiled.readFact(fact, subject);
  return new Set(
    buttons.flatMap(({ rule }) => {
      const wishes = [...mergeRules([rule], (field) => currentValue(then, field), readFact).values()];
      const stands = wishes.every(
        ({ field, value }) =>
          view.standing(field).owner !== 'ours' && sameValue(currentValue(finding, field), value),
      );
      return stands ? wishes.map(({ field }) => field) : [];
    }),
  );
}

/** A redriven event, or a letter cut to size, names a finding and says nothing of it. */
function isBare(finding: Finding): boolean {
  return Object.keys(finding).length === 2;
}
