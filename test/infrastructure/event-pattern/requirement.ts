import { compilePattern } from '../../../lib/event-bridge/compile-pattern.ts';
import type { Finding } from '../../../lib/findings/finding.ts';
import {
  type DerivedPattern,
  deriveEventPattern,
} from '../../../lib/infrastructure/event-pattern/derive-pattern.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { IMPORTED } from '../../triage/generators.ts';

/** What was seen of pairs of ruleset and finding. */
export interface Seen {
  pairs: number;
  /** Something would be sent, or counted of an observed, held or expired rule. */
  wanted: number;
  /** Of those the findings without any mark, which pass by what rules ask. */
  wantedUnmarked: number;
  keptOut: number;
  /** Rulesets whose pattern lets all through. */
  open: number;
  rulesets: number;
}

export function nothingSeen(): Seen {
  return { pairs: 0, wanted: 0, wantedUnmarked: 0, keptOut: 0, open: 0, rulesets: 0 };
}

/**
 * Requires that the pattern of a ruleset lets every finding through on which something would be decided or counted.
 * Throws with the pattern and the finding where it does not, or where EventBridge would refuse the pattern.
 *
 * @param mostBytes the room the pattern has: less room makes it widen
 */
export async function requirePassing(
  ruleset: Ruleset,
  findings: readonly { readonly finding: Finding; readonly nowMs: number }[],
  mostBytes: number,
  seen: Seen,
): Promise<void> {
  const derived = deriveEventPattern(ruleset, mostBytes);
  const compiled = compilePattern(derived.pattern);
  if (!compiled.ok) throw new Error(`EventBridge refuses it at ${compiled.path}: ${compiled.reason}`);
  seen.rulesets += 1;
  if (derived.ways === null) seen.open += 1;
  for (const { finding, nowMs } of findings) {
    const passes = compiled.matches(eventOf(finding));
    const isWanted = await decidesSomething(finding, ruleset, nowMs);
    seen.pairs += 1;
    if (!passes) seen.keptOut += 1;
    if (isWanted) seen.wanted += 1;
    if (isWanted && !JSON.stringify(finding).includes('Set":')) seen.wantedUnmarked += 1;
    if (isWanted && !passes) throw new Error(lost(ruleset, finding, derived));
  }
}

/** Drawn conditions may make the engine throw, which the checks of loading refuse: then each rule is asked by itself. */
async function decidesSomething(finding: Finding, ruleset: Ruleset, nowMs: number): Promise<boolean> {
  try {
    const decision = await decide(finding, IMPORTED, ruleset, nowMs);
    return decision.kind !== 'unchanged' || decision.trace.some(({ expired }) => expired);
  } catch {
    if (ruleset.rules.length < 2) return false;
    for (const rule of ruleset.rules)
      if (await decidesSomething(finding, { ...ruleset, rules: [rule] }, nowMs)) return true;
    return false;
  }
}

/** The event that Security Hub sends of a finding. */
export function eventOf(finding: unknown): object {
  return {
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    resources: [],
    detail: { findings: [finding] },
  };
}

function lost(ruleset: Ruleset, finding: Finding, { pattern }: DerivedPattern): string {
  const conditions = ruleset.rules.map((rule) => JSON.stringify(rule.conditions)).join('\n');
  return `Kept out, though it is decided:\n${JSON.stringify(finding)}\n${JSON.stringify(pattern)}\n${conditions}`;
}
