import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
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
import {
  accept,
  acceptedLane,
  giveBack,
  type Lane,
  openLanes,
  type Part,
  refuse,
  takeNext,
} from './payload-lane.ts';
import type { SecurityHub } from './security-hub.ts';

/** How one identifier ended, when, and in how many rounds of calls it was sent. */
export interface Applied {
  readonly result: UpdateResult;
  readonly attempts: number;
  readonly atMs: number;
  /** A call with it failed on its way, or was answered without it: whatever the result, the update may stand. */
  readonly mayStand: boolean;
}

/** Of each finding how it ended, and whether a call with it ended so that nobody knows what it did. */
interface Account {
  readonly applied: ReadonlyMap<string, Applied>;
  readonly end: End;
  readonly doubt: (findings: readonly FindingIdentifier[]) => void;
}

type End = (part: Part, findings: readonly FindingIdentifier[], result: UpdateResult) => void;

/** An outage may hit one payload alone, so it takes two in a row to stop calling. */
const OUTAGES_TO_STOP = 2;

/**
 * Makes the calls and accounts for every identifier: each one sent in ends up exactly once in the result, by its
 * finding key. Identifiers are retried by their own code; a call that is refused whole is halved until the
 * culprits stand alone; throttling and outages return what is left to the queue. Calls are made one at a time:
 * the rate is the limit, not the latency.
 *
 * After a refusal the other payloads come first, so that a bad one cannot starve them. A payload that is at fault itself
 * is given up without a call for each finding (lambdas/triage/payload-lane.ts).
 */
export async function applyUpdates(
  groups: readonly UpdateGroup[],
  connect: () => Promise<SecurityHub>,
  pace: Pace,
): Promise<ReadonlyMap<string, Applied>> {
  const account = openAccount(pace.clock);
  if (groups.length === 0) return account.applied;
  const hub = await connect();
  const waiting = openLanes(groups);
  let outages = 0;

  for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
    const part = takeNext(lane);
    if (part === undefined) continue;
    const result = await callPart(part, hub, pace, () => account.doubt(part.findings));
    const sent = { ...part, wasSent: part.wasSent || result.kind !== 'late' };
    outages = result.kind === 'unavailable' ? outages + 1 : 0;
    const again = settleCall(lane, sent, result, account, pace);
    if (result.kind === 'refused') waiting.push(lane);
    else waiting.unshift(lane);
    // In a lane of its own: nothing else is to wait for its backoff.
    waiting.push(acceptedLane(again));
    const stops =
      result.kind === 'throttled' || (result.kind === 'unavailable' && outages >= OUTAGES_TO_STOP);
    if (!stops) continue;
    for (const rest of waiting.splice(0).flatMap(({ parts }) => parts))
      account.end(rest, rest.findings, { kind: 'returned', cause: result.cause });
  }
  return account.applied;
}

/** Ends what the call has decided; gives back what of it is worth another attempt. */
function settleCall(
  lane: Lane,
  part: Part,
  result: CallResult<UpdateReply>,
  { end, doubt }: Account,
  pace: Pace,
): Part[] {
  if (result.kind === 'answered') {
    accept(lane);
    const account = accountReply(part.findings, result.reply);
    doubt(account.failed.filter(({ cause }) => isNotAccounted(cause)).map(({ finding }) => finding));
    return settleReply(part, account, end, pace);
  }
  if (result.kind === 'refused') {
    for (const culprits of refuse(lane, part, result.cause, pace.clock))
      end(culprits, culprits.findings, { kind: 'deadLettered', cause: result.cause });
  } else {
    end(part, part.findings, { kind: 'returned', cause: result.cause });
    giveBack(lane, result.kind === 'unavailable', pace.clock);
  }
  return [];
}

function openAccount(clock: Clock): Account {
  const applied = new Map<string, Applied>();
  const inDoubt = new Set<string>();
  return {
    applied,
    end({ attempt, wasSent }, findings, result) {
      const attempts = wasSent ? attempt : attempt - 1;
      const atMs = clock.nowMs();
      for (const key of findings.map(findingKey))
        applied.set(key, { result, attempts, atMs, mayStand: inDoubt.has(key) });
    },
    doubt(findings) {
      for (const finding of findings) inDoubt.add(findingKey(finding));
    },
  };
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
  return [{ update, findings: again, attempt: attempt + 1, wasSent: false, notBeforeMs }];
}
