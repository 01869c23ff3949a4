import type { Finding } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { readValue } from '../../../lib/findings/read-event.ts';
import type { CustomActionEvent } from '../../../lib/local/security-hub/custom-action-event.ts';
import type { ImportedEvent } from '../../../lib/local/security-hub/imported-event.ts';
import type { Injector } from '../faults/injector.ts';
import type { Ledger } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { VirtualTime } from '../virtual-time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export interface EventBridge {
  readonly put: (event: ImportedEvent | CustomActionEvent) => void;
  /** Delivers a body as it is, as fast as EventBridge does. */
  readonly send: (body: string) => void;
  readonly underWay: () => number;
}

/** EventBridge between Security Hub and the queue: at least once, in any order, and not always at once. */
export function createEventBridge(options: {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Injector;
  readonly ledger: Ledger;
  readonly deliver: (body: string) => void;
  readonly deliverToDeadLetters: (body: string) => void;
}): EventBridge {
  const { time, random, faults, ledger, deliver, deliverToDeadLetters } = options;
  let underWay = 0;

  const send = (body: string, delayMs: number, act = deliver): void => {
    underWay += 1;
    time.after(delayMs, () => {
      underWay -= 1;
      act(body);
    });
  };

  const route = (body: string): void => {
    const usualMs = random.int(80, 1_200);
    if (faults.strikes('undelivered', 'event')) {
      send(body, usualMs, deliverToDeadLetters);
      return;
    }
    let delayMs = usualMs;
    if (faults.strikes('reorderedEvents', 'event')) delayMs += faults.random.int(1, 90) * SECOND;
    if (faults.strikes('delayedEvent', 'event')) delayMs += faults.random.int(1, 120) * MINUTE;
    send(body, delayMs);
    if (faults.strikes('duplicateEvent', 'event'))
      send(body, delayMs + faults.random.int(1, faults.random.chance(0.7) ? 90 : 1_800) * SECOND);
  };

  const emit = (
    envelope: Readonly<Record<string, unknown>> & { readonly id: string },
    finding: Finding,
  ): void => {
    const body = JSON.stringify(envelope);
    const reading = readValue(envelope);
    if (reading.kind !== 'findings') throw new Error('The simulation emits events of findings only.');
    const emission = {
      ...{
        id: envelope.id,
        atMs: time.nowMs(),
        key: findingKey(finding),
        finding,
        event: reading.event,
        body,
      },
    };
    ledger.emissions.set(emission.id, emission);
    ledger.byBody.set(body, emission);
    ledger.newestOf.set(emission.key, emission);
    route(body);
  };

  return {
    put: (event) => emit({ ...event }, event.detail.findings[0]),
    send: (body) => send(body, random.int(80, 1_200)),
    underWay: () => underWay,
  };
}
