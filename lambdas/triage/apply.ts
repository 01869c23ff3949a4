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
  readonly notBeforeMs: number;
}

/** An outage may hit one payload alone, so it takes two in a row to stop calling. */
const OUTAGES_TO_STOP = 2;

/**
 * Makes the calls and accounts for every identifier: each one sent in ends up exactly once in the result, by its
 * finding key. Identifiers are retried by their own code; a call that is refused whole is halved until the
 * culprit stands alone; throttling and outages return what is left to the queue. Calls are made one at a time:
 * the rate is the limit, not the latency.
 */
export async function applyUpdates(
  groups: readonly UpdateGroup[],
  connect: () => Promise<SecurityHub>,
  pace: Pace,
): Promise<ReadonlyMap<string, Applied>> {
  const applied = new Map<string, Applied>();
  if (groups.length === 0) return applied;
  const hub = await connect();
  const waiting: Part[] = groups.map((group) => ({ ...group, attempt: 1, notBeforeMs: 0 }));
  let stopped: Cause | null = null;
  let outages = 0;

  const end = (findings: readonly FindingIdentifier[], attempt: number, result: UpdateResult) => {
    const atMs = pace.clock.nowMs();
    for (const finding of findings) applied.set(findingKey(finding), { result, attempts: attempt, atMs });
  };

  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const { findings, attempt } = part;
    if (stopped !== null) {
      end(findings, attempt - 1, { kind: 'returned', cause: stopped });
      continue;
    }
    const result = await callPart(part, hub, pace);
    outages = result.kind === 'unavailable' ? outages + 1 : 0;
    switch (result.kind) {
      case 'answered':
        waiting.push(...settleReply(part, result.reply, end, pace));
        break;
      case 'refused':
        if (findings.length > 1) waiting.unshift(...halve(part));
        else end(findings, attempt, { kind: 'deadLettered', cause: result.cause });
        break;
      default:
        end(findings, attempt, { kind: 'returned', cause: result.cause });
        if (result.kind === 'throttled' || outages >= OUTAGES_TO_STOP) stopped = result.cause;
    }
  }
  return applied;
}

async function callPart(part: Part, hub: SecurityHub, pace: Pace): Promise<CallResult<UpdateReply>> {
  if (!(await pauseUntil(part.notBeforeMs, pace))) return LATE;
  return callPaced((timeoutMs) => hub.update(part, timeoutMs), pace);
}

/** Ends what the reply decides and gives back, as a further part, what is worth another attempt. */
function settleReply(
  part: Part,
  reply: UpdateReply,
  end: (findings: readonly FindingIdentifier[], attempt: number, result: UpdateResult) => void,
  pace: Pace,
): readonly Part[] {
  const { processed, failed } = accountReply(part.findings, reply);
  end(processed, part.attempt, { kind: 'updated' });
  const again: FindingIdentifier[] = [];
  for (const { finding, cause } of failed) {
    if (part.attempt < attemptsAllowed(cause.code)) again.push(finding);
    else end([finding], part.attempt, { kind: 'deadLettered', cause });
  }
  if (again.length === 0) return [];
  const notBeforeMs = backoffEndMs('identifier', part.attempt, pace.clock);
  return [{ update: part.update, findings: again, attempt: part.attempt + 1, notBeforeMs }];
}

function halve(part: Part): readonly Part[] {
  const middle = Math.ceil(part.findings.length / 2);
  return [
    { ...part, findings: part.findings.slice(0, middle) },
    { ...part, findings: part.findings.slice(middle) },
  ];
}
