import { canonicalJson } from '../findings/canonical-json.ts';
import type { Finding } from '../findings/finding.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import { compileRuleset } from '../rules/engine/compiled-ruleset.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Decision, HeldField } from './decision.ts';
import { currentValue } from './field.ts';
import { type InstanceReading, isOwnAction, isRetriage, readInstance } from './instance.ts';
import { ruleOn } from './rule-on-finding.ts';
import type { Ruling } from './ruling.ts';
import type { TraceDetail } from './trace.ts';

/**
 * Decides what is to become of one finding. Pure: the same finding, event, ruleset and instant (ms since 1970) give
 * the same decision, and deciding again after applying it sends nothing, whatever the event. Rejects only on a bug:
 * a ruleset that passed the checks cannot make the engine throw.
 *
 * @param detail `matching` traces the rules that matched or would have; `all` every rule.
 */
export async function decide(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  now: number,
  detail: TraceDetail = 'matching',
): Promise<Decision> {
  const reading = readInstance(finding, ruleset.config);
  const { enforced, shadow, trace } = await ruleOn({
    finding,
    event,
    nowMs: now,
    detail,
    compiled: compileRuleset(ruleset),
    reading,
    ownAction: isOwnAction(event, ruleset.config),
    retriage: isRetriage(event, ruleset.config),
  });
  const differs = shadow !== enforced && canonicalJson(shadow.update) !== canonicalJson(enforced.update);
  const decision = {
    finding: { Id: finding.Id, ProductArn: finding.ProductArn },
    update: null,
    rules: enforced.rules,
    held: enforced.held,
    observed: differs ? { rules: shadow.rules, update: shadow.update } : null,
    newlySuppressed: false,
    trace,
  } as const;

  const whole = heldWhole(reading, isRetriage(event, ruleset.config), enforced);
  if (whole !== null) return { ...decision, kind: 'held', held: whole };
  if (reading.holds.length > 0 && !isRetriage(event, ruleset.config)) return belowHold(decision, shadow);
  if (enforced.cause)
    return { ...decision, kind: 'deadLetter', update: enforced.update, cause: enforced.cause };
  if (enforced.update !== null) {
    const suppresses = enforced.update.Workflow?.Status === 'SUPPRESSED';
    const newlySuppressed = suppresses && currentValue(finding, 'Workflow') !== 'SUPPRESSED';
    return { ...decision, kind: 'update', update: enforced.update, newlySuppressed };
  }
  if (enforced.held.length > 0) return { ...decision, kind: 'held' };
  const wouldDoMore = shadow.update !== null || shadow.held.length > 0;
  return wouldDoMore
    ? { ...decision, kind: 'observed', rules: shadow.rules }
    : { ...decision, kind: 'unchanged' };
}

/** Under a hold nothing is sent; what observed rules would add is counted as it would be anywhere else. */
function belowHold(decision: Omit<Decision, 'kind'>, shadow: Ruling): Decision {
  const nothing = { ...decision, held: [], observed: null };
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
