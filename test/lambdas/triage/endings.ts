import type { CallCount } from '../../../lambdas/triage/counted-hub.ts';
import type { Ending } from '../../../lambdas/triage/ending.ts';
import type { TriageReport } from '../../../lambdas/triage/pipeline.ts';
import type { Decision, RuleTrace } from '../../../lib/triage/decision.ts';
import type { FindingOutcome } from '../../../lib/triage/outcome.ts';
import { finding, identifier, NOW_MS } from './fixtures.ts';

const NO_CALLS: CallCount = { updateCalls: 0, sentIdentifiers: 0, readCalls: 0, throttled: 0, denied: 0 };

/** A report of these endings. */
export function reportOf(
  endings: readonly Ending[],
  calls: Partial<CallCount> = {},
  ignored = 0,
): TriageReport {
  return { endings, postponedIds: [], newlySuppressed: 0, ignored, calls: { ...NO_CALLS, ...calls } };
}

interface Ended {
  readonly messageIds?: readonly string[];
  readonly outcome?: Partial<FindingOutcome>;
  readonly decision?: Partial<Decision>;
  readonly timeMs?: number | null;
  readonly atMs?: number | null;
}

/** How finding `n` ended: by default updated one second after its event. */
export function endingOf(n: number, ended: Ended = {}): Ending {
  const { messageIds = [`m-${n}`], timeMs = NOW_MS, atMs = NOW_MS + 1_000 } = ended;
  const outcome: FindingOutcome = {
    ...identifier(n),
    outcome: 'updated',
    rules: [],
    update: null,
    held: [],
    ...ended.outcome,
  };
  const decision: Decision = {
    finding: identifier(n),
    kind: 'unchanged',
    update: null,
    rules: [],
    held: [],
    observed: null,
    newlySuppressed: false,
    trace: [],
    ...ended.decision,
  };
  const event = { detailType: 'Security Hub Findings - Imported' };
  const delivery = { envelope: {}, messageId: `m-${n}`, redelivered: false };
  const snapshot = { finding: finding(n), event, timeMs, ...delivery };
  const decided = { snapshot, press: null, covered: [snapshot], decision, blocked: null, readAtMs: null };
  return { outcome, messageIds, deadLetter: null, decided, atMs };
}

/** How a message ended that holds no finding to decide. */
export function unreadEnding(messageId: string): Ending {
  const cause = { code: 'MalformedEvent', message: 'the body is no JSON object' };
  const outcome = { Id: '', ProductArn: '', outcome: 'deadLettered' as const, cause };
  return { ...endingOf(0, { messageIds: [messageId], outcome, atMs: null }), decided: null };
}

export function traceOf(rule: string, members: Partial<RuleTrace> = {}): RuleTrace {
  return {
    rule,
    mode: 'enforce',
    matched: true,
    expired: false,
    stopped: false,
    won: [],
    conditions: [],
    ...members,
  };
}
