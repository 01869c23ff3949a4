import type { Finding } from '../findings/finding.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import { userDefinedFieldsOf } from './field.ts';
import { EMPTY_MARK, looksLikeMark, type Mark, readMark } from './mark.ts';

/** The user-defined keys that one instance keeps for itself. */
export function keysOf(prefix: string): {
  readonly rules: string;
  readonly set: string;
  readonly hold: string;
} {
  return { rules: `${prefix}Rules`, set: `${prefix}Set`, hold: `${prefix}Hold` };
}

/** How a finding stands towards this instance: our mark on it, and whether something holds it as a whole. */
export interface InstanceReading {
  readonly mark: Mark;
  /** A mark is on the finding, ours or of an instance we succeed. */
  readonly marked: boolean;
  /** The keys that hold the finding: `<prefix>Hold`, ours or of an instance we succeed, set and not `off`. */
  readonly holds: readonly string[];
  /** Another instance's mark, or one of a version we do not know: decided by nobody but its writer. */
  readonly foreign: boolean;
}

const UNTOUCHED: InstanceReading = { mark: EMPTY_MARK, marked: false, holds: [], foreign: false };

const CUSTOM_ACTION = 'Security Hub Findings - Custom Action';

/** Reads marks and holds. Two instances that read each other's findings would oscillate, so a foreign mark holds all. */
export function readInstance(finding: Finding, { prefix, succeeds }: TriageConfig): InstanceReading {
  const fields = userDefinedFieldsOf(finding);
  if (fields.size === 0) return UNTOUCHED;
  const known = [prefix, ...succeeds];
  const readings = known.map((name) => readMark(fields.get(keysOf(name).set)));
  const ours = readings.find(({ kind }) => kind !== 'none');
  const ownKeys = new Set(known.map((name) => keysOf(name).set));
  const foreign = [...fields].some(
    ([key, value]) =>
      key.length > 'Set'.length && key.endsWith('Set') && !ownKeys.has(key) && looksLikeMark(value),
  );
  const holds = known.map((name) => keysOf(name).hold).filter((key) => isOn(fields.get(key)));
  return {
    mark: ours?.kind === 'mark' ? ours.mark : EMPTY_MARK,
    marked: ours?.kind === 'mark',
    holds,
    foreign: foreign || ours?.kind === 'unknownVersion',
  };
}

function isOn(hold: string | undefined): boolean {
  return hold !== undefined && hold.trim().toLowerCase() !== 'off';
}

/** Whether the event is a custom action of this instance: only such an event is a person's own act. */
export function isOwnAction(event: TriageEvent, config: TriageConfig): boolean {
  if (event.detailType !== CUSTOM_ACTION) return false;
  return isRetriage(event, config) || config.customActions.some((id) => id === event.actionId);
}

/** Whether the event asks to decide anew over everything a person set. */
export function isRetriage(event: TriageEvent, { prefix }: TriageConfig): boolean {
  return event.detailType === CUSTOM_ACTION && event.actionId === retriageActionId(prefix);
}

/** The id of the button "Re-triage" of an instance. */
export function retriageActionId(prefix: string): string {
  return `${prefix}Retriage`;
}
