import type { Finding } from '../../findings/finding.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { decide } from '../../triage/decide.ts';
import type { Decision } from '../../triage/decision.ts';
import { recordBytes } from './record-bytes.ts';

/** What a simulated batch needs to know of a finding: what the product decides of it, and the room it takes. */
export interface DecidedFinding {
  readonly decision: Decision;
  /** Bytes of its event in an invocation's payload. */
  readonly recordBytes: number;
}

const IMPORTED = { detailType: 'Security Hub Findings - Imported' } as const;

/**
 * Has the product decide each finding at one instant (ms since 1970). A decision does not depend on the batch it is
 * made in, so one pass serves any number of simulated runs.
 */
export async function decideFindings(
  findings: readonly Finding[],
  ruleset: Ruleset,
  now: number,
): Promise<readonly DecidedFinding[]> {
  const decided: DecidedFinding[] = [];
  // One after the other: the engine is not to be run on two findings at once.
  for (const finding of findings) {
    const decision = await decide(finding, IMPORTED, ruleset, now);
    decided.push({ decision, recordBytes: recordBytes(finding) });
  }
  return decided;
}
