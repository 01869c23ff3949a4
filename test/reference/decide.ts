import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import { type FindingUpdate, UPDATE_LIMITS } from '../../lib/findings/update.ts';
import type { Ruleset, TriageConfig } from '../../lib/rules/ruleset.ts';
import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import { updateOf } from './apply-update.ts';
import { holdsOn, isOwnAction } from './custom-action.ts';
import { type FieldName, fieldOfKey, keyOfField, userDefined } from './fields.ts';
import { hasForeignMark, NO_MARK, readMark, writeMark } from './mark.ts';
import { isHandedBack, type Question, type Resolution, resolve } from './resolve.ts';
import { inReportOrder, type Settlement } from './settle.ts';
import { isInstanceKey } from './view.ts';

/** The members of a Decision that both implementations must agree on. */
export interface ReferenceDecision {
  readonly kind: 'update' | 'held' | 'observed' | 'unchanged' | 'deadLetter';
  readonly update: FindingUpdate | null;
  readonly rules: readonly string[];
  readonly held: readonly string[];
  /** Fields that would be taken back, were the role allowed to; absent where there is none. */
  readonly kept?: readonly string[];
  /** Of a press that is decided: the fields that stand as it asks for once this is carried out. */
  readonly pressed?: readonly string[];
  /** Only for `deadLetter`. */
  readonly causeCode?: 'MarkTooLarge' | 'TooManyUserDefinedFields';
}

/** What a decision is, written plainly and slowly: the second opinion on what is to be sent for one finding. */
export function referenceDecide(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  now: Date | number,
  pressedOn?: PressedOn,
): ReferenceDecision {
  const enforcedRules = ruleset.rules.filter((rule) => rule.mode === 'enforce');
  const question = { finding, event, ruleset, whole: ruleset, nowMs: Number(now), pressedOn };
  const enforced = decideWith({ ...question, ruleset: { ...ruleset, rules: enforcedRules } });
  const nothingObserves = enforcedRules.length === ruleset.rules.length;
  if (enforced.kind !== 'unchanged' || nothingObserves) return enforced;
  const shadow = decideWith(question);
  if (shadow.kind === 'unchanged') return enforced;
  const { pressed } = enforced;
  const found = { ...keptOf(enforced), ...(pressed && { pressed }) };
  return { kind: 'observed', update: null, rules: shadow.rules, held: [], ...found };
}

function keptOf({ kept }: ReferenceDecision): Pick<ReferenceDecision, 'kept'> {
  return kept === undefined ? {} : { kept };
}

function decideWith(question: Question): ReferenceDecision {
  const { finding, ruleset } = question;
  const { config } = ruleset;
  const mark = readMark(finding, config);
  const known = mark === 'unknownVersion' ? undefined : mark;
  const decision = conclude(question, resolve(question, known ?? NO_MARK), known !== undefined);
  const foreign = hasForeignMark(finding, config);
  const onHold = holdsOn(finding, config).length > 0 && !isHandedBack(question);
  if (!foreign && !onHold && mark !== 'unknownVersion') return decision;
  const nothing = { update: null, rules: decision.rules, ...keptOf(decision) };
  if (decision.update !== null)
    return { kind: 'held', ...nothing, held: changedFields(finding, decision.update, config) };
  return foreign || mark === 'unknownVersion' ? decision : { kind: 'unchanged', ...nothing, held: [] };
}

/** Adds the marks, checks the limits, and names the outcome. */
function conclude(question: Question, resolution: Resolution, wasMarked: boolean): ReferenceDecision {
  const { finding, ruleset } = question;
  const { writes, settlement, held } = resolution;
  const { config } = ruleset;
  const rules = resolution.rules.map((rule) => rule.name);
  const kept = settlement.denied.length > 0 ? { kept: settlement.denied } : {};
  const pressed = isOwnAction(question.event, config) ? { pressed: resolution.pressed } : {};
  const isMarked = wasMarked || settlement.mark.entries.size > 0;
  const marks = isMarked ? marksOf(finding, settlement, resolution, config) : new Map<FieldName, string>();
  const before = userDefined(finding);
  const changedMarks = [...marks].filter(([field, text]) => before.get(keyOfField(field) ?? '') !== text);
  if (writes.size === 0 && !resolution.changesOwner) {
    return { kind: held.length > 0 ? 'held' : 'unchanged', update: null, rules, held, ...kept, ...pressed };
  }
  const update = updateOf(finding, new Map([...writes, ...changedMarks]), `securityhub-${config.prefix}`);
  const tooLarge = [...marks.values()].some((text) => text.length > UPDATE_LIMITS.userDefinedValueCharacters);
  if (tooLarge) return { kind: 'deadLetter', update, rules, held, ...kept, causeCode: 'MarkTooLarge' };
  if (Object.keys(update.UserDefinedFields ?? {}).length > UPDATE_LIMITS.userDefinedFields) {
    return { kind: 'deadLetter', update, rules, held, ...kept, causeCode: 'TooManyUserDefinedFields' };
  }
  return { kind: 'update', update, rules, held, ...kept, ...pressed };
}

function markField(config: TriageConfig): FieldName {
  return fieldOfKey(`${config.prefix}Set`);
}

function marksOf(
  finding: Finding,
  settlement: Settlement,
  resolution: Resolution,
  config: TriageConfig,
): Map<FieldName, string> {
  const marks = new Map([[markField(config), writeMark(settlement.mark, settlement.off)]]);
  const field = fieldOfKey(`${config.prefix}Rules`);
  if (config.provenance === 'log')
    return userDefined(finding).has(`${config.prefix}Rules`) ? marks.set(field, '|') : marks;
  const winners = resolution.rules.filter((rule) => settlement.winners.has(rule));
  return marks.set(field, `|${winners.map((rule) => `${rule.name}|`).join('')}`);
}

/** The fields an update changes, marks aside. */
function changedFields(
  finding: Finding,
  update: FindingUpdate | null,
  config: TriageConfig,
): readonly FieldName[] {
  const before = userDefined(finding);
  const keys = Object.entries(update?.UserDefinedFields ?? {})
    .filter(([key, value]) => !isInstanceKey(key, config) && before.get(key) !== value)
    .map(([key]) => fieldOfKey(key));
  return inReportOrder([...Object.keys(update ?? {}), ...keys]);
}
