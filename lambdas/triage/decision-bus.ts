import type { Logger } from '@aws-lambda-powertools/logger';
import { EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { batchesOf, eachAtOnce } from './batches.ts';
import { classifyFailure, statusOf } from './call-failure.ts';
import type { Clock } from './clock.ts';
import { type DecisionEvent, decisionEvent, sizeOf } from './decision-event.ts';
import type { Ending } from './ending.ts';

/** The bus on which others hear what was decided and done. */
export interface DecisionBus {
  /** Puts an event for each of these updates; returns how many the bus did not confirm before `untilMs` (epoch). */
  put(updated: readonly Ending[], untilMs: number): Promise<number>;
}

export interface DecisionBusSettings {
  readonly busArn: string;
  readonly ruleset: Ruleset;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Ten entries a call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html. Their sum was
 * raised from 256 KB to 1 MB; what is put here is far below either.
 */
const PER_CALL = { entries: 10, bytes: 262_144 } as const;
const ATTEMPTS = 3;
const FIRST_BACKOFF_MS = 100;
/** A call that starts later would be cut off. */
const LEAST_MS = 100;
/** Calls that nobody answered, after which no other is made. */
const UNANSWERED_TO_STOP = 2;

/** Retries are ours, for the SDK's would repeat what may have been taken. */
export const BUS_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
} as const;

/** What became of the events of one call. */
interface Reply {
  /** EventBridge says that it has not taken them, and may yet. */
  readonly again: readonly DecisionEvent[];
  readonly lost: readonly DecisionEvent[];
  /** Why; each once. */
  readonly codes: readonly string[];
  /** Of the call as a whole. */
  readonly failed?: 'denied' | 'unanswered';
}

/**
 * Opens the way to the bus. An event is put again only where EventBridge says that it has not taken it: a call that
 * nobody answered may have been carried out, and is not repeated, so that no update is told of twice.
 */
export function connectDecisionBus(
  { busArn, ruleset, clock, log }: DecisionBusSettings,
  client = new EventBridgeClient(BUS_CLIENT),
): DecisionBus {
  async function putOnce(events: readonly DecisionEvent[], timeoutMs: number): Promise<Reply> {
    const Entries = events.map(({ entry }) => ({ ...entry, EventBusName: busArn }));
    try {
      const abortSignal = AbortSignal.timeout(timeoutMs);
      const reply = await client.send(new PutEventsCommand({ Entries }), { abortSignal });
      return readReply(events, reply.Entries ?? []);
    } catch (error) {
      return readFailure(events, error);
    }
  }

  return {
    async put(updated, untilMs) {
      const tally = createTally(log);
      const putBatch = async (batch: readonly DecisionEvent[]) => {
        let reply: Reply = { again: batch, lost: [], codes: [] };
        for (let attempt = 1; reply.again.length > 0 && attempt <= ATTEMPTS; attempt += 1) {
          if (attempt > 1) await clock.sleep(clock.random() * FIRST_BACKOFF_MS * 2 ** attempt);
          const timeoutMs = Math.floor(untilMs - clock.nowMs());
          const hindrance = tally.stopped() ?? (timeoutMs < LEAST_MS ? 'DeadlineNear' : null);
          reply =
            hindrance === null
              ? await putOnce(reply.again, timeoutMs)
              : { again: [], lost: reply.again, codes: [hindrance] };
          tally.add(reply);
        }
        tally.lose(reply.again, reply.codes);
      };
      const events = updated.map((ending) => decisionEvent(ending, ruleset));
      await eachAtOnce(batchesOf(events, sizeOf, PER_CALL), putBatch);
      return tally.lost();
    },
  };
}

/** What the calls of one invocation come to. Logs identities and codes: an error's message may quote an event. */
function createTally(log: Logger) {
  let lost = 0;
  let unanswered = 0;
  let stopped: string | null = null;

  function lose(events: readonly DecisionEvent[], codes: readonly string[]): void {
    if (events.length === 0) return;
    lost += events.length;
    const findings = events.map(({ finding }) => finding);
    log.warn('decision events lost', { codes, findings });
  }

  function add(reply: Reply): void {
    const { failed, codes } = reply;
    if (failed === 'denied') log.error('access denied', { operation: 'PutEvents', codes });
    if (failed === 'unanswered') unanswered += 1;
    if (failed === 'denied' || unanswered >= UNANSWERED_TO_STOP) stopped ??= codes[0] ?? null;
    lose(reply.lost, codes);
  }

  return { add, lose, lost: () => lost, stopped: () => stopped };
}

/** Entry by entry, in the order of the request: a call that was answered may have been carried out in part. */
function readReply(events: readonly DecisionEvent[], entries: readonly PutEventsResultEntry[]): Reply {
  const again: DecisionEvent[] = [];
  const lost: DecisionEvent[] = [];
  const found = new Set<string>();
  for (const [position, event] of events.entries()) {
    const { EventId, ErrorCode = 'NotAccounted' } = entries[position] ?? {};
    if (EventId !== undefined) continue;
    found.add(ErrorCode);
    (PASSING.test(ErrorCode) ? again : lost).push(event);
  }
  const codes = [...found];
  return { again, lost, codes, ...(codes.some((code) => DENIED.test(code)) && { failed: 'denied' }) };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
const PASSING = /^(?:Throttling|InternalFailure)/;
const DENIED = /^(?:AccessDenied|NotAuthorized)/;

function readFailure(events: readonly DecisionEvent[], error: unknown): Reply {
  const { kind, cause } = classifyFailure(error);
  const codes = [cause.code];
  if (kind === 'throttled') return { again: events, lost: [], codes };
  if (kind === 'denied') return { again: [], lost: events, codes, failed: 'denied' };
  if (kind === 'refused') return { again: [], lost: events, codes };
  return (statusOf(error) ?? 0) >= 500
    ? { again: events, lost: [], codes }
    : { again: [], lost: events, codes, failed: 'unanswered' };
}
