import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import type { Ruleset, TriageConfig } from '../../lib/rules/ruleset.ts';
import { factsRead } from './facts.ts';
import { type FieldName, keyOfField, userDefined } from './fields.ts';
import { parsePath } from './values.ts';

/** True for an event of one of our own custom actions: only such an event reaches rules that read `event.*`. */
export function isOwnAction(event: TriageEvent, config: TriageConfig): boolean {
  if (event.detailType !== 'Security Hub Findings - Custom Action' || event.actionId === undefined)
    return false;
  return [...config.customActions, `${config.prefix}Retriage`].includes(event.actionId);
}

/** True for the one action that may overwrite everything. */
export function isRetriage(event: TriageEvent, config: TriageConfig): boolean {
  return isOwnAction(event, config) && event.actionId === `${config.prefix}Retriage`;
}

/** The keys by which a person asked that the finding be left alone, ours and those of instances we succeed. */
export function holdsOn(finding: Finding, config: TriageConfig): readonly string[] {
  return [config.prefix, ...config.succeeds]
    .map((prefix) => `${prefix}Hold`)
    .filter((key) => (userDefined(finding).get(key) ?? 'off').trim().toLowerCase() !== 'off');
}

/** Whether the rule that decides a field may write over someone else's value, or take over an equal one. */
export interface Permission {
  readonly mayOverwrite: (field: FieldName, decider: Rule) => boolean;
  readonly mayTakeOver: (field: FieldName, decider: Rule) => boolean;
  /** Even where another wish of that rule is held. */
  readonly mayTakeOverDisputed: boolean;
}

/** What this event permits: Re-triage overwrites everything and takes over what is equal, but for what came later. */
export function permissionOf(retriage: boolean, ruleset: Ruleset, later: readonly FieldName[]): Permission {
  const mayHide = (field: FieldName) => !ruleset.rules.some((rule) => readsOwnText(rule, ruleset, field));
  return {
    mayOverwrite: (field, decider) => {
      const member = keyOfField(field) === undefined ? field : 'UserDefinedFields';
      const isHandedBack = retriage && !later.includes(field);
      return (isHandedBack || decider.overwrite?.some((name) => name === member) === true) && mayHide(field);
    },
    mayTakeOver: (field, decider) =>
      ((retriage && !later.includes(field)) || decider.adopt === true) && mayHide(field),
    mayTakeOverDisputed: retriage,
  };
}

/** What may be sent: what an enforced rule writes, what `withdrawing` lists, and what is never denied. */
export function mayTakeBack(field: FieldName, { rules, config }: Ruleset): boolean {
  if (keyOfField(field) !== undefined) return true;
  if (['Workflow', 'VerificationState', 'Note'].includes(field)) return true;
  if (config.withdrawing.some((listed) => listed === field)) return true;
  return rules.some(({ mode, event }) => mode === 'enforce' && Object.hasOwn(event.params, field));
}

/** A note or user-defined value that a rule reads would vanish from the view once it is ours. */
function readsOwnText(rule: Rule, ruleset: Ruleset, field: FieldName): boolean {
  const key = keyOfField(field);
  if (field !== 'Note' && key === undefined) return false;
  return factsRead(rule, ruleset).some((path) => {
    const [first, second] = parsePath(path) ?? [];
    if (first === undefined || !('member' in first)) return false;
    if (key === undefined) return first.member === 'Note';
    if (first.member !== 'UserDefinedFields') return false;
    return second === undefined || !('member' in second) || second.member === key;
  });
}
