import type { FindingIdentifier } from '../../findings/finding.ts';
import type { Operation } from './limits.ts';
import { type Refusal, refused } from './reply.ts';
import { keyOf } from './stored-finding.ts';

/** Which calls a fault strikes: the next `times` of one operation (BatchUpdateFindings unless named). */
export interface Strike {
  readonly operation?: Operation;
  /** 1 unless given; `Infinity` until cleared. */
  readonly times?: number;
}

/** What befalls one call beside its own merit. */
export interface CallFate {
  /** Answered so in place of being carried out. */
  readonly refusal: Refusal | undefined;
  /** Never answered and never carried out. */
  readonly hangs: boolean;
  /** Carried out, then the connection is cut. */
  readonly replyDropped: boolean;
  /** Carried out, then answered with 200 and `{}`. */
  readonly replyEmpty: boolean;
  /** How long the call takes; its findings are in use meanwhile. */
  readonly delayMs: number;
}

/** The door by which tests and the demo make the hub misbehave. */
export interface Faults {
  /** The identifier comes back unprocessed with this code. */
  readonly fail: (identifier: FindingIdentifier, code: string, times?: number) => void;
  /** Whole calls are refused, e.g. `('InternalException', 500, {times: 3})`. */
  readonly failCalls: (errorType: string, status: number, strike?: Strike) => void;
  readonly delayCalls: (delayMs: number, strike?: Strike) => void;
  readonly hang: (strike?: Strike) => void;
  readonly dropReply: (strike?: Strike) => void;
  readonly emptyReply: (strike?: Strike) => void;
  readonly clear: () => void;
}

/** The door and, for the hub, what to do with each call and identifier; both count down as they are asked. */
export function createFaults(): {
  readonly door: Faults;
  readonly fateOf: (operation: Operation) => CallFate;
  readonly failureOf: (identifier: FindingIdentifier) => string | undefined;
} {
  const perFinding = new Map<string, Counted<string>[]>();
  const refusals = createQueue<Refusal>();
  const delays = createQueue<number>();
  const hangs = createQueue<true>();
  const drops = createQueue<true>();
  const empties = createQueue<true>();
  const queues = [refusals, delays, hangs, drops, empties];
  return {
    door: {
      fail: (identifier, code, times = 1) => {
        const key = keyOf(identifier);
        perFinding.set(key, [...(perFinding.get(key) ?? []), { value: code, left: times }]);
      },
      failCalls: (errorType, status, strike) =>
        refusals.add(refused(errorType, status, `${errorType} was asked for.`), strike),
      delayCalls: (delayMs, strike) => delays.add(delayMs, strike),
      hang: (strike) => hangs.add(true, strike),
      dropReply: (strike) => drops.add(true, strike),
      emptyReply: (strike) => empties.add(true, strike),
      clear: () => {
        perFinding.clear();
        for (const queue of queues) {
          queue.clear();
        }
      },
    },
    fateOf: (operation) => {
      const delayMs = delays.take(operation) ?? 0;
      const refusal = refusals.take(operation);
      const answered = refusal !== undefined;
      const hung = !answered && hangs.take(operation) === true;
      const dropped = !answered && !hung && drops.take(operation) === true;
      const empty = !answered && !hung && !dropped && empties.take(operation) === true;
      return { refusal, hangs: hung, replyDropped: dropped, replyEmpty: empty, delayMs };
    },
    failureOf: (identifier) => takeFrom(perFinding.get(keyOf(identifier)) ?? []),
  };
}

interface Counted<T> {
  readonly value: T;
  left: number;
}

function takeFrom<T>(counted: readonly Counted<T>[]): T | undefined {
  const next = counted.find(({ left }) => left > 0);
  if (next !== undefined) {
    next.left -= 1;
  }
  return next?.value;
}

interface StrikeQueue<T> {
  readonly add: (value: T, strike?: Strike) => void;
  readonly take: (operation: Operation) => T | undefined;
  readonly clear: () => void;
}

function createQueue<T>(): StrikeQueue<T> {
  let waiting: (Counted<T> & { readonly operation: Operation })[] = [];
  return {
    add: (value, { operation = 'BatchUpdateFindings', times = 1 } = {}) => {
      waiting = [...waiting.filter(({ left }) => left > 0), { value, operation, left: times }];
    },
    take: (operation) => takeFrom(waiting.filter((strike) => strike.operation === operation)),
    clear: () => {
      waiting = [];
    },
  };
}
