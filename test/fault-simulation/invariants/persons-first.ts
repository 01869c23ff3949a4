import type { Finding } from '../../../lib/findings/finding.ts';
import type { Rule } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { holdsOn, isOwnAction, isRetriage } from '../../reference/custom-action.ts';
import { readsEvent } from '../../reference/facts.ts';
import {
  currentValue,
  type FieldName,
  fieldOfKey,
  fingerprint,
  keyOfField,
  providerValue,
  sameValue,
} from '../../reference/fields.ts';
import { type Mark, NO_MARK, readMark } from '../../reference/mark.ts';
import { askedBy, latestPressOf, statesShown } from '../grounds.ts';
import type { AppliedUpdate, By, Environment, Invocation, Snapshot, StateShown } from '../ledger.ts';
import { BELIEVED_MS, isAfterKnown, otherPressesOn } from '../other-presses.ts';
import type { Invariant } from './invariant.ts';
import { changedFields, createTouches, type Touch } from './touches.ts';

const MINUTE = 60_000;
/** The wrongest clock of the simulation, an event's time without milliseconds, a call on its way. */
const SLACK_MS = 2 * MINUTE + 8_000;
const MARK_KEYS = ['triageSet', 'triageRules', 'otherSet'];

/** How old the state may be on which an update was decided: that is the window in which a person can be overwritten. */
export function raceWindowMs(functionTimeoutMs: number): number {
  return BELIEVED_MS + functionTimeoutMs + SLACK_MS;
}

export const personsFirst: Invariant = {
  id: 'I6',
  name: 'persons first',
  says: 'What a person set before the state that was decided on is never overwritten; what was set after it, only within the stated window; a press writes over nothing that was set after it; what comes back is not believed.',
  watch: (world, judging) => {
    const touches = createTouches();
    /** By environment, event id and finding key of what it has acknowledged. */
    const acknowledged = new Map<Environment, Set<string>>();
    const windowMs = raceWindowMs(world.schedule.settings.functionTimeoutMs);
    return {
      onAcknowledge({ environment }, messages) {
        const done = acknowledged.get(environment) ?? new Set();
        acknowledged.set(environment, done);
        for (const { eventId, key } of messages.flatMap(({ snapshots }) => snapshots))
          done.add(`${eventId} ${key}`);
      },
      onChange({ by, key, before, after, atMs }) {
        if (by === 'product') return;
        for (const field of changedFields(before, after)) {
          touches.note(key, field, { by, atMs, value: currentValue(after, field) });
          if (isOfPerson(by) && !isOfMark(field)) judging.person('set');
        }
      },
      onUpdate(update) {
        const { key, before, after, atMs, grounds, invocation } = update;
        const grounded = latestOf(grounds);
        if (grounded !== null) judging.window(atMs - grounded.shownMs);
        judging.holds(
          grounds.length === 0 || !grounds.every(({ redelivered }) => redelivered),
          () => `${key} was decided on the state in a message that had been received before`,
        );
        // What the reference would not have sent is the very thing to be judged: by the newest state that was shown.
        const ground = grounded ?? latestOf(statesShown(invocation, key));
        for (const field of changedFields(before, after)) {
          const touch = touches.of(key, field);
          const press = latestPressOf(update);
          // Ordinary rules write along with a press: that is not its word.
          const isAsked = press !== null && askedBy(invocation, press).includes(field);
          const value = currentValue(after, field);
          touches.note(key, field, {
            by: 'product',
            atMs,
            value,
            press: isAsked ? press.brought : undefined,
          });
          judgeEarlierPress(update, field, touch);
          if (touch === undefined || !isOfPerson(touch.by) || isOfMark(field) || ground === null) continue;
          judge(update, field, touch, ground);
        }
      },
    };

    /** Of two buttons the last one pressed has the last word, as far as the environment knows what became of it. */
    function judgeEarlierPress(update: AppliedUpdate, field: FieldName, touch: Touch | undefined): void {
      const { key, invocation } = update;
      const press = latestPressOf(update)?.brought;
      const later = touch?.press;
      if (press === undefined || later === undefined || press.timeMs >= later.timeMs || isOfMark(field))
        return;
      const { environment } = invocation;
      const isAcknowledged = acknowledged.get(environment)?.has(`${later.eventId} ${key}`) === true;
      judging.holds(
        (isAfterKnown(press, field, invocation) && !isAcknowledged) ||
          isUnderOverwrite(field, environment.ruleset),
        () => `${key}: ${field} of a press was written over by an earlier one that came after it`,
      );
    }

    function judge(update: AppliedUpdate, field: FieldName, touch: Touch, ground: StateShown): void {
      const { key, atMs, before, after } = update;
      const ageMs = atMs - ground.shownMs;
      const observed = ground.shownMs >= touch.atMs;
      if (observed) {
        const reason = permitted(update, field, touch, ground) ?? acceptedException(update, field, ground);
        if (reason !== null) {
          judging.accept(reason);
          judging.person('accepted');
          return;
        }
      } else {
        judging.accept('changed between the state that was decided on and the call');
        judging.race(ageMs);
      }
      const isInWindow = !observed && ageMs <= windowMs;
      judging.person(isInWindow ? 'accepted' : 'overwritten');
      judging.holds(
        isInWindow,
        () =>
          `${key}: ${field} of ${touch.by} (${JSON.stringify(currentValue(before, field))}) became ` +
          `${JSON.stringify(currentValue(after, field))}, decided on a state of ${Math.round(ageMs / 1000)} s ago` +
          `${observed ? ' that showed it' : ''}`,
      );
    }

    /** What a person's later press, or a rule, is allowed to write over. */
    function permitted(
      { invocation, before }: AppliedUpdate,
      field: FieldName,
      touch: Touch,
      { brought }: StateShown,
    ): string | null {
      const { ruleset } = invocation.environment;
      if (isWrittenBy(brought, field, before, invocation)) {
        if (brought.shownMs >= touch.atMs) return 'a later press of our own action asked for it';
        if (sameValue(currentValue(before, field), currentValue(brought.finding, field)))
          return 'put back to what stood when our button was pressed';
        const others = otherPressesOn(brought, invocation);
        if (others.some((other) => other(field) === 'earlier') && isAsOtherButton(before, field, ruleset))
          return 'all that one of our buttons writes was set by hand: it counts as the press before';
      }
      return isUnderOverwrite(field, ruleset) ? 'a rule names the field under overwrite' : null;
    }

    /** The accepted cases in which a person's value cannot be told from another's. */
    function acceptedException(
      { invocation }: AppliedUpdate,
      field: FieldName,
      { finding }: Snapshot,
    ): string | null {
      const value = currentValue(finding, field);
      const entry = markOf(finding, invocation.environment.ruleset).entries.get(field);
      if (field === 'Workflow' && value === 'NEW' && (entry === 'NOTIFIED' || entry === 'RESOLVED'))
        return 'our NOTIFIED or RESOLVED was put back to NEW by hand, as the service does';
      if (field === 'Workflow' && value === 'NEW' && entry === undefined)
        return 'set to NEW where nothing of ours stood: it cannot be told from an untouched field';
      if (sameValue(value, providerValue(finding, field)))
        return "a person's value that the provider agrees with";
      if (entry !== undefined && value !== undefined && fingerprint(field, value) === entry)
        return "a person's value that is also ours";
      return null;
    }
  },
};

/** Whether a press may write the field at all: the button's own rules do, or for Re-triage any rule. */
function isWrittenBy(
  { event }: Snapshot,
  field: FieldName,
  before: Finding,
  { environment }: Invocation,
): boolean {
  const { ruleset } = environment;
  if (!isOwnAction(event, ruleset.config)) return false;
  const retriage = isRetriage(event, ruleset.config);
  if (retriage && holdsOn(before, ruleset.config).some((key) => field === fieldOfKey(key))) return true;
  return ruleset.rules.some((rule) => (retriage || readsEvent(rule, ruleset)) && names(rule, field));
}

function markOf(finding: Finding, { config }: Ruleset): Mark {
  const mark = readMark(finding, config);
  return mark === undefined || mark === 'unknownVersion' ? NO_MARK : mark;
}

function isUnderOverwrite(field: FieldName, { rules }: Ruleset): boolean {
  const member = keyOfField(field) === undefined ? field : 'UserDefinedFields';
  return rules.some(({ overwrite }) => overwrite?.some((name) => name === member));
}

/** Whether the finding shows all that the rule of a button writes, this field among it. */
function isAsOtherButton(before: Finding, field: FieldName, ruleset: Ruleset): boolean {
  return ruleset.rules.some((rule) => {
    if (!readsEvent(rule, ruleset) || !names(rule, field)) return false;
    const { Workflow, Note, ...others } = rule.event.params;
    return (
      Object.keys(others).length === 0 &&
      (Workflow === undefined || currentValue(before, 'Workflow') === Workflow.Status) &&
      (Note === undefined || currentValue(before, 'Note') === Note.Text)
    );
  });
}

function names({ mode, event }: Rule, field: FieldName): boolean {
  const key = keyOfField(field);
  const { params } = event;
  if (mode !== 'enforce') return false;
  return Object.hasOwn(key === undefined ? params : (params.UserDefinedFields ?? {}), key ?? field);
}

function latestOf(states: readonly StateShown[]): StateShown | null {
  return states.reduce<StateShown | null>(
    (latest, one) => (latest === null || one.shownMs > latest.shownMs ? one : latest),
    null,
  );
}

function isOfPerson(by: By): boolean {
  return by === 'analyst' || by === 'tool';
}

function isOfMark(field: FieldName): boolean {
  return MARK_KEYS.some((name) => field === fieldOfKey(name));
}
