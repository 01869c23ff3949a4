import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { Cause } from '../../lib/triage/decision.ts';
import type { UpdateGroup } from '../../lib/triage/plan.ts';
import {
  accountReply,
  attemptsAllowed,
  isNotAccounted,
  type ReplyAccount,
  type UpdateReply,
} from '../../lib/triage/reply.ts';
import type { UpdateResult } from '../../lib/triage/settle.ts';
import type { CallResult } from './call-failure.ts';
import type { Clock } from './clock.ts';
import { backoffEndMs, callPaced, LATE, type Pace, pauseUntil } from './paced-call.ts';
import type { SecurityHub } from './security-hub.ts';

/** How one identifier ended, when, and in how many rounds of calls it was sent. */
export interface Applied {
  readonly result: UpdateResult;
  readonly attempts: number;
  readonly atMs: number;
  /** A call with it failed on its way, or was answered without it: whatever the result, the update may stand. */
  readonly mayStand: boolean;
}

/** Identifiers that go into one call, and their place in its retries. */
interface Part {
  readonly update: FindingUpdate;
  readonly findings: readonly FindingIdentifier[];
  /** 1 for the first time; counts only rounds that named the identifiers as failed. */
  readonly attempt: number;
  /** They were sent in this round: within a larger call, which was refused. */
  readonly wasSent: boolean;
  /** Sent alone to see whether its payload is refused for any finding. */
  readonly isTrial: boolean;
  readonly notBeforeMs: number;
}

/** What of one payload waits for its calls, and what is known of the payload itself. */
interface Lane {
  readonly parts: Part[];
  /** A call with this payload was answered, so whatever is refused of it is a finding's fault. */
  accepted: boolean;
  /** How many findings are still to try the payload, and the codes of those that did; null until there is a trial. */
  trial: { waiting: number; readonly codes: Set<string> } | null;
}

type End = (part: Part, findings: readonly FindingIdentifier[], result: UpdateResult) => void;

/** An outage may hit one payload alone, so it takes two in a row to stop calling. */
const OUTAGES_TO_STOP = 2;
/** Findings that try a refused payload, one by one. So many culprits are rarely drawn where not all are. */
const TRIALS = 5;
/** No more findings than this are halved without a trial: the calls are few, and each finding is heard. */
const SMALL_PART = 10;

/**
 * Makes the calls and accounts for every identifier: each one sent in ends up exactly once in the result, by its
 * finding key. Identifiers are retried by their own code; a call that is refused whole is halved until the
 * culprits stand alone; throttling and outages return what is left to the queue. Calls are made one at a time:
 * the rate is the limit, not the latency.
 *
 * After a refusal the other payloads come first, so that a bad one cannot starve them. A payload of which no call was
 * accepted is first tried on five findings drawn by lot, each alone: where all are refused with one code, the payload
 * itself is at fault, and all its remaining identifiers are dead-lettered with that cause, without further calls.
 * Culprits found by halving say nothing of the payload, for that is what halving looks for.
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

  /** By finding key, those with which a call ended so that nobody knows what it did. */
  const inDoubt = new Set<string>();
  const doubt = (findings: readonly FindingIdentifier[]) => {
    for (const finding of findings) inDoubt.add(findingKey(finding));
  };

  const end: End = ({ attempt, wasSent }, findings, result) => {
    const attempts = wasSent ? attempt : attempt - 1;
    const atMs = pace.clock.nowMs();
    for (const key of findings.map(findingKey))
      applied.set(key, { result, attempts, atMs, mayStand: inDoubt.has(key) });
  };

  for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
    const part = lane.parts.shift();
    if (part === undefined) continue;
    if (stopped !== null) {
      end(part, part.findings, { kind: 'returned', cause: stopped });
      waiting.unshift(lane);
      continue;
    }
    const result = await callPart(part, hub, pace, () => doubt(part.findings));
    const sent = { ...part, wasSent: part.wasSent || result.kind !== 'late' };
    outages = result.kind === 'unavailable' ? outages + 1 : 0;
    if (result.kind === 'refused') {
      settleRefusal(lane, sent, result.cause, end, pace.clock);
      waiting.push(lane);
      continue;
    }
    waiting.unshift(lane);
    if (result.kind === 'answered') {
      accept(lane);
      const account = accountReply(sent.findings, result.reply);
      doubt(account.failed.flatMap(({ finding, cause }) => (isNotAccounted(cause) ? [finding] : [])));
      // In a lane of its own: nothing else is to wait for its backoff.
      waiting.push({ parts: settleReply(sent, account, end, pace), accepted: true, trial: null });
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
    const lane: Lane = lanes.get(payload) ?? { parts: [], accepted: false, trial: null };
    lane.parts.push({ ...group, attempt: 1, wasSent: false, isTrial: false, notBeforeMs: 0 });
    lanes.set(payload, lane);
  }
  return [...lanes.values()];
}

/** @param failed told whenever a call failed on its way, also where a later attempt was answered */
async function callPart(
  part: Part,
  hub: SecurityHub,
  pace: Pace,
  failed: () => void,
): Promise<CallResult<UpdateReply>> {
  if (!(await pauseUntil(part.notBeforeMs, pace))) return LATE;
  return callPaced(async (timeoutMs) => {
    const result = await hub.update(part, timeoutMs);
    if (result.kind === 'unavailable') failed();
    return result;
  }, pace);
}

/** Ends what the reply decides and gives back, as a further part, what is worth another attempt. */
function settleReply(part: Part, { processed, failed }: ReplyAccount, end: End, pace: Pace): Part[] {
  end(part, processed, { kind: 'updated' });
  const again: FindingIdentifier[] = [];
  for (const { finding, cause } of failed) {
    if (part.attempt < attemptsAllowed(cause.code)) again.push(finding);
    else end(part, [finding], { kind: 'deadLettered', cause });
  }
  if (again.length === 0) return [];
  const notBeforeMs = backoffEndMs('identifier', part.attempt, pace.clock);
  const { update, attempt } = part;
  return [{ update, findings: again, attempt: attempt + 1, wasSent: false, isTrial: false, notBeforeMs }];
}

/** Halves what was refused until culprits stand alone, once its payload is known to be good. */
function settleRefusal(lane: Lane, part: Part, cause: Cause, end: End, clock: Clock): void {
  if (part.findings.length > SMALL_PART && !lane.accepted && lane.trial === null)
    tryPayload(lane, part, clock);
  else if (part.findings.length > 1) halve(lane, part);
  else {
    end(part, part.findings, { kind: 'deadLettered', cause });
    if (part.isTrial && isToBlame(lane, cause))
      for (const rest of lane.parts.splice(0)) end(rest, rest.findings, { kind: 'deadLettered', cause });
  }
}

/** Some findings of a part go alone and before the others, so that they speak for all and not for one end of it. */
function tryPayload(lane: Lane, part: Part, clock: Clock): void {
  const rest = [...part.findings];
  const drawn = Array.from({ length: TRIALS }, () =>
    rest.splice(Math.floor(clock.random() * rest.length), 1),
  );
  lane.trial = { waiting: TRIALS, codes: new Set() };
  lane.parts.unshift(...drawn.map((findings) => ({ ...part, findings, isTrial: true })), {
    ...part,
    findings: rest,
  });
}

/**
 * The payload is good: what was still to try it goes together with the rest again, or in halves where none of them was
 * the culprit that the whole was refused for.
 */
function accept(lane: Lane): void {
  if (lane.accepted) return;
  lane.accepted = true;
  const trying = lane.parts.filter(({ isTrial }) => isTrial);
  const [rest, ...others] = lane.parts.filter(({ isTrial }) => !isTrial);
  if (lane.trial === null || rest === undefined) return;
  const whole = { ...rest, findings: [...trying.flatMap(({ findings }) => findings), ...rest.findings] };
  lane.parts.splice(0, Number.POSITIVE_INFINITY, ...others);
  if (lane.trial.codes.size === 0) halve(lane, whole);
  else lane.parts.unshift(whole);
}

/** Whether all that tried the payload were refused, and for the same reason. */
function isToBlame({ trial }: Lane, { code }: Cause): boolean {
  if (trial === null) return false;
  trial.waiting -= 1;
  trial.codes.add(code);
  return trial.waiting === 0 && trial.codes.size === 1;
}

/**
 * One half is followed down to a single finding while the other waits behind all else of the payload, so the next
 * single finding is sought far from this one: neighbours are often at fault together.
 */
function halve(lane: Lane, part: Part): void {
  const middle = Math.ceil(part.findings.length / 2);
  lane.parts.unshift({ ...part, findings: part.findings.slice(0, middle) });
  lane.parts.push({ ...part, findings: part.findings.slice(middle) });
}
