import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { Cause } from '../../lib/triage/decision.ts';
import type { UpdateGroup } from '../../lib/triage/plan.ts';
import { accountReply, attemptsAllowed, type UpdateReply } from '../../lib/triage/reply.ts';
import type { UpdateResult } from '../../lib/triage/settle.ts';
import type { CallResult } from './call-failure.ts';
import { backoffEndMs, callPaced, LATE, type Pace, pauseUntil } from './paced-call.ts';
import type { SecurityHub } from './security-hub.ts';

/** How one identifier ended, when, and in how many rounds of calls it was sent. */
export interface Applied {
  readonly result: UpdateResult;
  readonly attempts: number;
  readonly atMs: number;
}

/** Identifiers that go into one call, and their place in its retries. */
interface Part {
  readonly update: FindingUpdate;
  readonly findings: readonly FindingIdentifier[];
  /** 1 for the first time; counts only rounds that named the identifiers as failed. */
  readonly attempt: number;
  /** They were sent in this round: within a larger call, which was refused. */
  readonly wasSent: boolean;
  readonly notBeforeMs: number;
}

/** What of one payload waits for its calls, and what is known of the payload itself. */
interface Lane {
  readonly parts: Part[];
  /** A call with this payload was answered, so whatever is refused of it is a finding's fault. */
  accepted: boolean;
  /** By error code, how many findings were refused alone. */
  readonly refused: Map<string, number>;
}

type End = (part: Part, findings: readonly FindingIdentifier[], result: UpdateResult) => void;

/** An outage may hit one payload alone, so it takes two in a row to stop calling. */
const OUTAGES_TO_STOP = 2;
/** Single findings refused with one code before the payload is blamed: two may be culprits side by side. */
const REFUSALS_TO_BLAME = 3;

/**
 * Makes the calls and accounts for every identifier: each one sent in ends up exactly once in the result, by its
 * finding key. Identifiers are retried by their own code; a call that is refused whole is halved until the
 * culprit stands alone; throttling and outages return what is left to the queue. Calls are made one at a time:
 * the rate is the limit, not the latency.
 *
 * After a refusal the other payloads come first, so that a bad one cannot starve them. And where three single
 * findings of one payload were refused with the same code and no call with it was ever accepted, the payload itself
 * is at fault: all its remaining identifiers are dead-lettered with that cause, without further calls.
 */
export async function applyUpdates(
  groups: readonly UpdateGroup[],
  connect: () => Promise<SecurityHub>,
  pace: Pace,
): Promise<ReadonlyMap<string, Applied>> {
  const applied = new Map<string, Applied>();
  if (groups.length === 0) return applied;
  const hub = await connect();
  const waiting = openLanes(groups);
  let stopped: Cause | null = null;
  let outages = 0;

  const end: End = ({ attempt, wasSent }, findings, result) => {
    const attempts = wasSent ? attempt : attempt - 1;
    const atMs = pace.clock.nowMs();
    for (const finding of findings) applied.set(findingKey(finding), { result, attempts, atMs });
  };

  for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
    const part = lane.parts.shift();
    if (part === undefined) continue;
    if (stopped !== null) {
      end(part, part.findings, { kind: 'returned', cause: stopped });
      waiting.unshift(lane);
      continue;
    }
    const result = await callPart(part, hub, pace);
    const sent = { ...part, wasSent: part.wasSent || result.kind !== 'late' };
    outages = result.kind === 'unavailable' ? outages + 1 : 0;
    if (result.kind === 'refused') {
      settleRefusal(lane, sent, result.cause, end);
      waiting.push(lane);
      continue;
    }
    waiting.unshift(lane);
    if (result.kind === 'answered') {
      lane.accepted = true;
      // In a lane of its own: nothing else is to wait for its backoff.
      waiting.push({ parts: settleReply(sent, result.reply, end, pace), accepted: true, refused: new Map() });
    } else {
      end(sent, sent.findings, { kind: 'returned', cause: result.cause });
      if (result.kind === 'throttled' || outages >= OUTAGES_TO_STOP) stopped = result.cause;
    }
  }
  return applied;
}

/** A lane for each distinct payload, in the order in which payloads first appear. */
function openLanes(groups: readonly UpdateGroup[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const group of groups) {
    const payload = canonicalJson(group.update);
    const lane: Lane = lanes.get(payload) ?? { parts: [], accepted: false, refused: new Map() };
    lane.parts.push({ ...group, attempt: 1, wasSent: false, notBeforeMs: 0 });
    lanes.set(payload, lane);
  }
  return [...lanes.values()];
}

async function callPart(part: Part, hub: SecurityHub, pace: Pace): Promise<CallResult<UpdateReply>> {
  if (!(await pauseUntil(part.notBeforeMs, pace))) return LATE;
  return callPaced((timeoutMs) => hub.update(part, timeoutMs), pace);
}

/** Ends what the reply decides and gives back, as a further part, what is worth another attempt. */
function settleReply(part: Part, reply: UpdateReply, end: End, pace: Pace): Part[] {
  const { processed, failed } = accountReply(part.findings, reply);
  end(part, processed, { kind: 'updated' });
  const again: FindingIdentifier[] = [];
  for (const { finding, cause } of failed) {
    if (part.attempt < attemptsAllowed(cause.code)) again.push(finding);
    else end(part, [finding], { kind: 'deadLettered', cause });
  }
  if (again.length === 0) return [];
  const notBeforeMs = backoffEndMs('identifier', part.attempt, pace.clock);
  const { update, attempt } = part;
  return [{ update, findings: again, attempt: attempt + 1, wasSent: false, notBeforeMs }];
}

/**
 * Halves what was refused. One half is followed down to a single finding while the other waits behind all else of
 * the payload, so the next single finding is sought far from this one: neighbours are often at fault together.
 */
function settleRefusal(lane: Lane, part: Part, cause: Cause, end: End): void {
  const { findings } = part;
  if (findings.length > 1) {
    const middle = Math.ceil(findings.length / 2);
    lane.parts.unshift({ ...part, findings: findings.slice(0, middle) });
    lane.parts.push({ ...part, findings: findings.slice(middle) });
    return;
  }
  end(part, findings, { kind: 'deadLettered', cause });
  const refusals = (lane.refused.get(cause.code) ?? 0) + 1;
  lane.refused.set(cause.code, refusals);
  if (lane.accepted || refusals < REFUSALS_TO_BLAME) return;
  for (const rest of lane.parts.splice(0)) end(rest, rest.findings, { kind: 'deadLettered', cause });
}
