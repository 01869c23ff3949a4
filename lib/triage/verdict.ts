import type { Finding } from '../findings/finding.ts';
import { type FieldName, KEY_PREFIX, sameValue } from './field.ts';
import type { Wish } from './merge.ts';
import type { Standing } from './ownership.ts';
import type { View } from './view.ts';
import { withdrawnValue } from './withdraw.ts';

/** What rules may do on this finding beyond the rules' own words. */
export interface Permissions {
  /** The event asks to overwrite everything that someone else set. */
  readonly overwriteAll: boolean;
  /** What that leave ends at: fields that someone else has set since the event was made. */
  readonly isLater?: (field: FieldName) => boolean;
  /** Members and `UserDefinedFields.<key>`s that some rule reads: a note or key among them must stay readable. */
  readonly reads: ReadonlySet<string>;
}

/**
 * `write`: ours to set. `adopt`: someone else's equal value is taken over. `same`: someone else set the same value, and
 * it stays theirs.
 * `held`, `critical`: left as it stands. `noteless`: a note that would claim what was not done.
 */
export type Verdict = 'write' | 'adopt' | 'same' | 'held' | 'critical' | 'noteless';

/** Says of each wish whether it may be carried out: by whom the field belongs to, and by the guard on CRITICAL. */
export function verdictsOn(
  finding: Finding,
  view: View,
  wishes: ReadonlyMap<FieldName, Wish>,
  permissions: Permissions,
): ReadonlyMap<FieldName, Verdict> {
  const verdicts = new Map<FieldName, Verdict>();
  for (const wish of wishes.values())
    verdicts.set(wish.field, ownershipVerdict(view.standing(wish.field), wish, permissions));
  if (!permissions.overwriteAll) for (const field of doubtful(wishes, verdicts)) verdicts.set(field, 'same');
  const workflow = wishes.get('Workflow');
  if (
    workflow &&
    isDone(verdicts.get('Workflow')) &&
    hidesCritical(finding, view, workflow, wishes, verdicts)
  ) {
    verdicts.set('Workflow', 'critical');
  }
  const author = wishes.get('Note')?.rules[0];
  if (author === undefined) return verdicts;
  // A note must not claim what was not done.
  for (const { field, rules } of wishes.values())
    if (field !== 'Note' && rules.includes(author) && !isDone(verdicts.get(field)))
      verdicts.set('Note', 'noteless');
  return verdicts;
}

/**
 * Equal values that are not taken over after all: where something else that the rule won is held, whoever set that may
 * have set the equal value too, and a withdrawal would take back what they decided.
 */
function doubtful(
  wishes: ReadonlyMap<FieldName, Wish>,
  verdicts: ReadonlyMap<FieldName, Verdict>,
): readonly FieldName[] {
  const adopting = [...wishes.values()].filter(({ field }) => verdicts.get(field) === 'adopt');
  const held = [...wishes.values()].filter(({ field }) => verdicts.get(field) === 'held');
  return adopting.flatMap(({ field, rules: [adopter] }) =>
    held.some(({ rules }) => rules.includes(adopter)) ? [field] : [],
  );
}

function isDone(verdict: Verdict | undefined): boolean {
  return verdict === 'write' || verdict === 'adopt';
}

function ownershipVerdict(
  standing: Standing,
  { field, value, rules }: Wish,
  permissions: Permissions,
): Verdict {
  const isLater = permissions.isLater?.(field) === true;
  if (standing.owner !== 'other' && !isLater) return 'write';
  const [rule] = rules;
  const same = sameValue(standing.current, value);
  // Once ours, a note or a key reads as absent: taking it from under a rule that reads it would change the decision.
  const hideable = !isHidden(field) || !isRead(field, permissions.reads);
  const member = field.startsWith(KEY_PREFIX) ? 'UserDefinedFields' : field;
  const overwriteAll = permissions.overwriteAll && !isLater;
  const mayOverwrite = overwriteAll || rule.overwrite?.some((name) => name === member) === true;
  // Re-triage overrides for one event only, so what it leaves as it is must be ours from then on.
  if (same && (rule.adopt === true || overwriteAll) && hideable) return 'adopt';
  if (mayOverwrite && hideable) return 'write';
  return same ? 'same' : 'held';
}

function isHidden(field: FieldName): boolean {
  return field === 'Note' || field.startsWith(KEY_PREFIX);
}

function isRead(field: FieldName, reads: ReadonlySet<string>): boolean {
  return reads.has(field) || (field.startsWith(KEY_PREFIX) && reads.has(`${KEY_PREFIX}*`));
}

/** Whether this would suppress a CRITICAL finding without leave: by the view, or by the label that will stand then. */
function hidesCritical(
  finding: Finding,
  view: View,
  { value, rules }: Wish,
  wishes: ReadonlyMap<FieldName, Wish>,
  verdicts: ReadonlyMap<FieldName, Verdict>,
): boolean {
  if (value !== 'SUPPRESSED' || rules[0].allowCritical === true) return false;
  const severity = view.standing('Severity');
  if (severity.base === 'CRITICAL') return true;
  const wanted = verdicts.get('Severity') === 'write' ? wishes.get('Severity')?.value : undefined;
  const undecided = severity.owner === 'ours' ? withdrawnValue(finding, severity) : undefined;
  return (wanted ?? undecided ?? severity.current) === 'CRITICAL';
}
