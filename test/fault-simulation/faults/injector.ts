import type { Random } from '../random.ts';
import { FAULT_KINDS, type FaultKind } from './catalogue.ts';

/** How likely a fault is at each place where it could strike; 0 where the schedule goes without. */
export type FaultRates = Readonly<Record<FaultKind, number>>;

/** Which of a kind's occasions were struck, counted from 1; of a fault that lasts, that it happened. */
export type Strikes = Partial<Readonly<Record<FaultKind, readonly number[]>>>;

/** Faults are drawn on the way, or stand in a script. */
export type FaultPlan =
  | { readonly kind: 'drawn'; readonly rates: FaultRates }
  | { readonly kind: 'given'; readonly strikes: Strikes };

export interface Injector {
  /** Whether the fault strikes here and now. */
  readonly strikes: (kind: FaultKind, where: string) => boolean;
  /** A fault that was planned, not drawn: whether it is to happen. */
  readonly happens: (kind: FaultKind, where: string) => boolean;
  /** Chance in what a fault does, apart from whether it strikes. */
  readonly random: Random;
  /** From now on nothing fails. */
  readonly stop: () => void;
  readonly stopped: () => boolean;
  readonly counts: () => Readonly<Record<FaultKind, number>>;
  readonly struck: () => Strikes;
  /** How many faults have been numbered, those that were left out included. */
  readonly numbered: () => number;
}

/**
 * Draws the faults of one schedule, each kind from a stream of its own. Every strike has a number, by which a replay
 * can leave it out: that is how a failing schedule is made small.
 */
export function createInjector(options: {
  readonly plan: FaultPlan;
  readonly random: Random;
  readonly leftOut: ReadonlySet<number>;
  readonly note: (what: string) => void;
}): Injector {
  const { plan, random, leftOut, note } = options;
  const streams = new Map(FAULT_KINDS.map((kind) => [kind, random.fork(kind)]));
  const counts = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const occasions = new Map<FaultKind, number>();
  const struck: Partial<Record<FaultKind, number[]>> = {};
  let number = 0;
  let stopped = false;

  const happens = (kind: FaultKind, where: string): boolean => {
    if (stopped) return false;
    number += 1;
    if (leftOut.has(number)) return false;
    counts[kind] += 1;
    struck[kind] ??= [];
    struck[kind].push(occasions.get(kind) ?? 1);
    note(`fault ${number}: ${kind}: ${where}`);
    return true;
  };

  const isTurn = (kind: FaultKind, occasion: number): boolean =>
    plan.kind === 'drawn'
      ? streams.get(kind)?.chance(plan.rates[kind]) === true
      : plan.strikes[kind]?.includes(occasion) === true;

  return {
    happens,
    strikes(kind, where) {
      if (stopped) return false;
      const occasion = (occasions.get(kind) ?? 0) + 1;
      occasions.set(kind, occasion);
      return isTurn(kind, occasion) && happens(kind, where);
    },
    random: random.fork('what faults do'),
    stop: () => {
      stopped = true;
    },
    stopped: () => stopped,
    counts: () => ({ ...counts }),
    struck: () => ({ ...struck }),
    numbered: () => number,
  };
}
