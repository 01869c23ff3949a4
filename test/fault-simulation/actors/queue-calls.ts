import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { identityFault } from '../../../lib/findings/read-event.ts';
import type { Input } from '../../../lib/local/sqs/input.ts';
import { isRefusal, type Refusal, refuse } from '../../../lib/local/sqs/refusal.ts';
import type { Invocation } from '../ledger.ts';
import { actionOf, queueReply } from '../wire/queue-exchange.ts';
import { bodyText, connectionReset, type Exchange } from '../wire/request-handler.ts';
import { DEAD_LETTERS, type World } from '../world.ts';
import { type Caged, never } from './security-hub-calls.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody?: string;
}

const OUT_OF_ORDER = refuse('InternalError', 'We encountered an internal error. Please try again.');

/** Calls of one execution environment to SQS: dead letters, and the delays of what it returns. */
export function queueCalls(world: World, { current, kill }: Caged): Exchange {
  const { time, random, faults, queues, watchers, note } = world;

  function serve(action: string, request: Input, invocation: Invocation): Input | Refusal {
    const entries = (request.Entries ?? []) as readonly Entry[];
    if (failsWhole(action, entries.length)) return OUT_OF_ORDER;
    const reply = queues.call(action, 'function', request);
    if (isRefusal(reply)) {
      const refused = { operation: action, code: reply.refused, message: reply.message, expected: false };
      for (const watcher of watchers) watcher.onRefused?.(refused);
      return reply;
    }
    if (action === 'SendMessageBatch') {
      const taken = new Set(((reply.Successful ?? []) as readonly Entry[]).map(({ Id }) => Id));
      for (const { Id, MessageBody = '' } of entries) if (taken.has(Id)) read(MessageBody, invocation);
    }
    return reply;
  }

  /** What is to fail of the call; of single entries the queue sees to it. */
  function failsWhole(action: string, entries: number): boolean {
    if (action !== 'SendMessageBatch') return faults.strikes('visibilityFails', `${entries} messages`);
    if (faults.strikes('letterSendFails', `${entries} letters`)) return true;
    if (faults.strikes('letterEntryFails', `of ${entries} letters`))
      queues.failSendEntries(DEAD_LETTERS, faults.random.int(1, Math.max(1, entries - 1)));
    return false;
  }

  function read(text: string, invocation: Invocation): void {
    const letter = JSON.parse(text) as LetterBody;
    const names = namesIn(letter);
    for (const name of names) {
      invocation.lettered.add(name);
      invocation.letteredEvents.add(`${letter.id} ${name}`);
    }
    const { cause, attempts = 0 } = letter.triage ?? {};
    for (const watcher of watchers)
      watcher.onLetter?.({ invocation, names, code: cause?.code ?? '', attempts });
  }

  return async (wire) => {
    const invocation = current();
    const action = actionOf(wire);
    const text = bodyText(wire);
    const request = JSON.parse(text) as Input;
    if (invocation.environment.dead) return never();
    for (const watcher of watchers)
      watcher.onCall?.({ invocation, operation: action, request, text, atMs: time.nowMs() });
    if (faults.strikes('crashBefore', action)) {
      kill();
      return never();
    }
    await time.sleep(random.int(3, 40));
    const result = serve(action, request, invocation);
    if (faults.strikes('crashAfter', action)) kill();
    if (invocation.environment.dead) return never();
    note(`invocation ${invocation.number}: ${action}: ${isRefusal(result) ? result.refused : 'taken'}`);
    if (action === 'SendMessageBatch' && !isRefusal(result) && faults.strikes('letterReplyLost', action)) {
      if (faults.random.chance(0.5)) throw connectionReset();
      return never();
    }
    await time.sleep(random.int(3, 40));
    return queueReply(result);
  };
}

interface LetterBody {
  readonly id?: string;
  readonly detail?: { readonly findings?: readonly unknown[] };
  readonly triage?: {
    readonly body?: string;
    readonly cause?: { readonly code: string };
    readonly attempts?: number;
  };
}

/** What a dead letter stands for: findings by key, events by id, bodies that are no events by their text. */
function namesIn({ id, detail, triage }: LetterBody): readonly string[] {
  if (triage?.body !== undefined) return [`body ${triage.body}`];
  return (detail?.findings ?? []).map((finding) =>
    identityFault(finding) === null ? findingKey(finding as FindingIdentifier) : `event ${id}`,
  );
}
