import { canonicalJson } from '../findings/canonical-json.ts';
import type { Finding } from '../findings/finding.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import { compileRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Decision, HeldField, TraceDetail } from './decision.ts';
import { type InstanceReading, isOwnAction, isRetriage, readInstance } from './instance.ts';
import { isHeldSince, type PressedOn } from './pressed-on.ts';
import { NOTHING_RULED, ruleOn } from './rule-on-finding.ts';
import type { Ruling, Rulings } from './ruling.ts';

/** A decision but for the finding it is about: where two findings cannot be told apart, it is the same of both. */
type Conclusion = Omit<Decision, 'finding'>;

/**
 * Decides what is to become of one finding. Pure: the same finding, event, ruleset and instant (ms since 1970) give
 * the same decision, and deciding again after applying it sends nothing, whatever the event. Throws or rejects only on
 * a bug: a ruleset that passed the checks cannot make the engine throw. The answer is no promise where the engine was
 * asked nothing, which is so for most findings.
 *
 * @param detail `matching` traces the rules that matched or would have; `all` every rule.
 * @param pressedOn What a press was made on, where that may be older than `finding`: nothing set since is written over.
 */
export function decide(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  now: number,
  detail: TraceDetail = 'matching',
  pressedOn?: PressedOn,
): Decision | Promise<Decision> {
  const reading = readInstance(finding, ruleset.config);
  const isLeftAlone = pressedOn !== undefined && isHeldSince(pressedOn, finding, reading);
  const retriage = isRetriage(event, ruleset.config) && !isLeftAlone;
  const situation = {
    finding,
    event,
    nowMs: now,
    detail,
    compiled: compileRuleset(ruleset),
    reading,
    ownAction: isOwnAction(event, ruleset.config),
    retriage,
    pressedOn,
  };
  const concluded = ruleOn(situation, (rulings) => conclude(rulings, reading, retriage));
  return concluded instanceof Promise
    ? concluded.then((awaited) => decisionOn(finding, awaited))
    : decisionOn(finding, concluded);
}

function decisionOn({ Id, ProductArn }: Finding, conclusion: Conclusion): Decision {
  return { finding: { Id, ProductArn }, ...conclusion };
}

const UNCHANGED: Conclusion = {
  kind: 'unchanged',
  update: null,
  rules: [],
  held: [],
  observed: null,
  newlySuppressed: false,
  trace: [],
};

function conclude(rulings: Rulings, reading: InstanceReading, retriage: boolean): Conclusion {
  if (rulings === NOTHING_RULED) return UNCHANGED;
  const { enforced, shadow, trace } = rulings;
  const differs = shadow !== enforced && canonicalJson(shadow.update) !== canonicalJson(enforced.update);
  const conclusion = {
    update: null,
    rules: enforced.rules,
    held: enforced.held,
    ...(enforced.kept && { kept: enforced.kept }),
    observed: differs ? { rules: shadow.rules, update: shadow.update } : null,
    newlySuppressed: false,
    trace,
  } as const;

  const pressed = enforced.pressed && { pressed: enforced.pressed };
  const whole = heldWhole(reading, retriage, enforced);
  if (whole !== null) return { ...conclusion, kind: 'held', held: whole };
  if (reading.holds.length > 0 && !retriage) return belowHold(conclusion, shadow);
  if (enforced.cause)
    return { ...conclusion, kind: 'deadLetter', update: enforced.update, cause: enforced.cause };
  if (enforced.update !== null) {
    // An update holds only what differs from what stands.
    const newlySuppressed = enforced.update.Workflow?.Status === 'SUPPRESSED';
    return { ...conclusion, ...pressed, kind: 'update', update: enforced.update, newlySuppressed };
  }
  if (enforced.held.length > 0) return { ...conclusion, ...pressed, kind: 'held' };
  const wouldDoMore = shadow.update !== null || shadow.held.length > 0;
  return wouldDoMore
    ? { ...conclusion, ...pressed, kind: 'observed', rules: shadow.rules }
    : { ...conclusion, ...pressed, kind: 'unchanged' };
}

/** Under a hold nothing is sent; what observed rules would add is counted as it would be anywhere else. */
function belowHold(conclusion: Omit<Conclusion, 'kind'>, shadow: Ruling): Conclusion {
  const nothing = { ...conclusion, held: [], observed: null };
  return shadow.update === null
    ? { ...nothing, kind: 'unchanged' }
    : { ...nothing, kind: 'observed', rules: shadow.rules };
}

/** What a hold on the whole finding keeps back; null where nothing holds it or there is nothing to keep back. */
function heldWhole(reading: InstanceReading, retriage: boolean, ruling: Ruling): readonly HeldField[] | null {
  const by = reading.foreign ? 'instance' : 'hold';
  if (ruling.update === null || (by === 'hold' && (reading.holds.length === 0 || retriage))) return null;
  return ruling.changed.map((field) => ({ field, by }));
}
