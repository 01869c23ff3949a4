import { canonicalJson } from '../../../lib/findings/canonical-json.ts';
import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { Caller } from '../../../lib/local/security-hub/contract.ts';
import type { Operation } from '../../../lib/local/security-hub/limits.ts';
import type { Refusal } from '../../../lib/local/security-hub/reply.ts';
import { type CallFate, drawCallFate } from '../faults/call-fate.ts';
import type { FindingFaults } from '../faults/finding-faults.ts';
import type { Spells } from '../faults/spells.ts';
import { eventsAnswered, groundsOf, latestPressOf } from '../grounds.ts';
import type { HubAnswer } from '../hub.ts';
import { notePress } from '../learn-presses.ts';
import type { AppliedUpdate, Invocation } from '../ledger.ts';
import { hubReply, operationOf, wireReply } from '../wire/hub-exchange.ts';
import { bodyText, connectionReset, type Exchange, type WireReply } from '../wire/request-handler.ts';
import type { World } from '../world.ts';
import { eatQuota } from './foreign-load.ts';
import { ROLE_ARN, roleOf } from './role.ts';

type Request = Readonly<Record<string, unknown>>;

/** Twice what the product gives a call. */
const LONGEST_WAIT_MS = 10_000;

/** A reply that never comes. One of its own each time: whoever waits for a promise is kept as long as that is. */
export const never = () => new Promise<never>(() => {});

/** The process behind the calls, which may die before or after any of them. */
export interface Caged {
  readonly current: () => Invocation;
  readonly kill: () => void;
}

/** Calls of one execution environment to Security Hub: on the wire, with all that can befall them there. */
export function securityHubCalls(
  world: World,
  { current, kill }: Caged,
  findingFaults: FindingFaults,
  spells: Spells,
): Exchange {
  const { time, random, faults, hub, schedule, watchers, note } = world;

  /** The role as it is deployed with the rules of this environment. */
  function callerOf({ environment }: Invocation): Caller {
    const mayCall = roleOf(environment.ruleset, schedule.settings.mode);
    return {
      principalArn: ROLE_ARN,
      authorize: (access) => (spells.isOn('policySkew') ? 'denied' : mayCall(access)),
    };
  }

  /** Lets the service carry the call out, and writes down what came of it. */
  function carryOut(operation: Operation, request: Request, invocation: Invocation): HubAnswer {
    const answer = hub.call('product', operation, request, callerOf(invocation));
    const { FindingIdentifiers: _, ...update } = request;
    const sent = canonicalJson(update);
    for (const { key, before, after } of answer.changes) {
      const grounds = groundsOf(invocation, key, sent);
      const applied: AppliedUpdate = {
        ...{ atMs: time.nowMs(), invocation, key, update, before: before ?? after, after, grounds },
      };
      push(invocation.applied, key, applied);
      world.ledger.updates.push(applied);
      for (const eventId of eventsAnswered(invocation, key, grounds))
        invocation.environment.carriedOut.add(`${eventId} ${key}`);
      for (const watcher of watchers) watcher.onUpdate?.(applied);
    }
    return answer;
  }

  return async (wire, connection) => {
    const invocation = current();
    const operation = operationOf(wire);
    const text = bodyText(wire);
    const request = JSON.parse(text) as Request;
    const call = { invocation, operation, request, text, atMs: time.nowMs() };
    if (invocation.environment.dead) return never();
    for (const watcher of watchers) watcher.onCall?.(call);
    if (faults.strikes('crashBefore', operation)) {
      kill();
      return never();
    }
    const waiting = setTimeout(() => {
      if (connection.open && !invocation.environment.dead)
        for (const watcher of watchers) watcher.onWaiting?.(operation);
    }, LONGEST_WAIT_MS);
    const reply = await meet(operation, request, invocation);
    clearTimeout(waiting);
    if (faults.strikes('crashAfter', operation)) kill();
    if (invocation.environment.dead) return never();
    note(`invocation ${invocation.number}: ${operation} ${sizeOf(request)}: ${reply?.status ?? 'cut'}`);
    if (reply === null) throw connectionReset();
    // Nobody listens any more to what comes after the timeout.
    if (!connection.open) return never();
    if (operation === 'GetFindings') readAgain(invocation, reply);
    else confirm(invocation, reply);
    return reply;
  };

  /** Null where the connection is cut. */
  async function meet(
    operation: Operation,
    request: Request,
    invocation: Invocation,
  ): Promise<WireReply | null> {
    const fate = spells.isOn('outage') ? drawOutage() : drawCallFate(operation, faults, schedule.readings);
    await time.sleep(random.int(5, 60));
    if (fate.kind === 'refused') return fate.reply;
    const carried = !('carriedOut' in fate) || fate.carriedOut;
    const answer = carried ? serve(operation, request, invocation, fate) : null;
    if (fate.kind === 'silent') return never();
    if (fate.kind === 'cut') return null;
    await time.sleep(random.int(5, 60) + (fate.kind === 'slow' ? fate.delayMs : 0));
    if (answer === null) return notCarriedOut(fate, operation, request, invocation);
    return disfigured(fate, answer);
  }

  function drawOutage(): CallFate {
    if (faults.random.chance(0.7))
      return { kind: 'refused', reply: wireReply(503, { message: 'Service Unavailable' }) };
    return faults.random.chance(0.5)
      ? { kind: 'cut', carriedOut: false }
      : { kind: 'silent', carriedOut: false };
  }

  function serve(operation: Operation, request: Request, invocation: Invocation, fate: CallFate): WireReply {
    if (operation === 'BatchUpdateFindings') {
      const identifiers = request.FindingIdentifiers as readonly FindingIdentifier[];
      if (findingFaults.poisons(identifiers)) return POISONED;
      prepareFailures(identifiers);
      if (fate.kind === 'slow') hub.slowNext(fate.delayMs);
    }
    eatQuota(hub, spells, faults.random);
    const { delivery } = carryOut(operation, request, invocation);
    hub.failNoMore();
    if (delivery.kind !== 'reply') throw new Error('The hub itself neither hangs nor cuts.');
    return delivery.reply.kind === 'refused' ? refusal(operation, delivery.reply) : hubReply(delivery.reply);
  }

  function prepareFailures(identifiers: readonly FindingIdentifier[]): void {
    for (const finding of identifiers) {
      const code = findingFaults.codeFor(finding);
      if (code !== undefined) hub.failNext(finding, code);
    }
  }

  /** What the service itself refuses: by its quota, by permissions that were taken away, or for a fault of the product. */
  function refusal(operation: Operation, reply: Refusal): WireReply {
    const { errorType: code, message } = reply;
    const isThrottled = code === schedule.readings.throttledAs;
    const expected = isThrottled || (code === 'AccessDeniedException' && spells.isOn('policySkew'));
    for (const watcher of watchers) watcher.onRefused?.({ operation, code, message, expected });
    return hubReply(isThrottled ? { ...reply, status: schedule.readings.throttledStatus } : reply);
  }

  /** The reply of a call that was not carried out although it reads as if it had been. */
  function notCarriedOut(
    fate: CallFate,
    operation: Operation,
    request: Request,
    invocation: Invocation,
  ): WireReply {
    if (fate.kind !== 'missing') return wireReply(200, {});
    const identifiers = request.FindingIdentifiers as readonly FindingIdentifier[];
    const left = faults.random.int(0, identifiers.length - 1);
    const others = identifiers.filter((_, at) => at !== left);
    if (others.length === 0) return wireReply(200, { ProcessedFindings: [], UnprocessedFindings: [] });
    // One of them is neither carried out nor named; the others are both.
    return serve(operation, { ...request, FindingIdentifiers: others }, invocation, { kind: 'fair' });
  }

  /** Lists in another order than the request's, which no document forbids, and what the fate does to them. */
  function disfigured(fate: CallFate, reply: WireReply): WireReply {
    if (reply.status !== 200) return reply;
    const body = JSON.parse(reply.body) as Record<string, unknown[] | undefined>;
    if (fate.kind === 'empty') return { ...reply, body: '{}' };
    if (body.ProcessedFindings === undefined) return reply;
    const processed = [...random.shuffled(body.ProcessedFindings)];
    if (fate.kind === 'missing') processed.pop();
    if (fate.kind === 'stranger')
      processed.unshift({ Id: 'finding-of-nobody', ProductArn: 'arn:aws:securityhub:::product/x' });
    const unprocessed = random.shuffled(body.UnprocessedFindings ?? []);
    const told = { ProcessedFindings: processed, UnprocessedFindings: unprocessed };
    return { ...reply, body: JSON.stringify(told) };
  }

  function readAgain(invocation: Invocation, reply: WireReply): void {
    if (reply.status !== 200) return;
    const { Findings = [] } = JSON.parse(reply.body) as { readonly Findings?: readonly Finding[] };
    for (const finding of Findings) {
      const key = findingKey(finding);
      const snapshot = invocation.snapshots.get(key)?.[0];
      if (snapshot === undefined) continue;
      // A reply is some milliseconds old when it comes.
      const shownMs = time.nowMs() - 60;
      push(invocation.reads, key, { ...snapshot, finding, shownMs, timeMs: shownMs, redelivered: false });
    }
  }

  function confirm(invocation: Invocation, reply: WireReply): void {
    if (reply.status !== 200) return;
    const { ProcessedFindings = [] } = JSON.parse(reply.body) as {
      ProcessedFindings?: readonly FindingIdentifier[];
    };
    for (const finding of ProcessedFindings) {
      const key = findingKey(finding);
      const applied = invocation.applied.get(key);
      if (applied === undefined) continue;
      invocation.confirmed.add(key);
      for (const press of applied.flatMap((update) => latestPressOf(update) ?? []))
        notePress(invocation, press, 'confirmedMs');
    }
  }
}

const POISONED = wireReply(
  400,
  { Message: 'Invalid parameter', Code: 'InvalidInputException' },
  'InvalidInputException',
);

function sizeOf(request: Request): string {
  const { FindingIdentifiers } = request;
  return Array.isArray(FindingIdentifiers) ? `of ${FindingIdentifiers.length}` : '';
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [item]);
  else known.push(item);
}
