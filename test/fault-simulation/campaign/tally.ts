import { FAULT_KINDS } from '../faults/catalogue.ts';
import { INVARIANT_IDS } from '../invariants/invariant.ts';
import type { Outcome } from '../run-schedule.ts';
import type { Breach } from '../verdict.ts';

/** A schedule in which something did not hold. */
export interface Failure {
  readonly seed: number;
  readonly breach: Breach;
}

/** Many schedules in numbers; plain data, so that threads can hand it over. */
export interface Tally {
  schedules: number;
  readonly failures: Failure[];
  readonly faults: Record<string, number>;
  readonly checks: Record<string, number>;
  readonly accepted: Record<string, number>;
  /** Fields that persons set: all, written over as accepted, written over as nothing allows. */
  readonly persons: Record<string, number>;
  /** How many updates were decided on a state of so many whole seconds ago. */
  readonly windows: Record<number, number>;
  /** The same for those that went over a person's change. */
  readonly races: Record<number, number>;
  stimuli: number;
  events: number;
  invocations: number;
  calls: number;
  updates: number;
  virtualMs: number;
  /** Exclusive or of the first 48 bits of all traces: equal campaigns have equal ones, in whatever order they ran. */
  traces: number;
}

const KEPT_FAILURES = 20;

export function newTally(): Tally {
  return {
    ...{ schedules: 0, failures: [], accepted: {}, persons: {}, windows: {}, races: {} },
    faults: Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])),
    checks: Object.fromEntries(INVARIANT_IDS.map((id) => [id, 0])),
    ...{ stimuli: 0, events: 0, invocations: 0, calls: 0, updates: 0, virtualMs: 0, traces: 0 },
  };
}

/** Adds one schedule. */
export function count(tally: Tally, outcome: Outcome): void {
  tally.schedules += 1;
  const [breach] = outcome.breaches;
  if (breach !== undefined) keep(tally, { seed: outcome.seed, breach });
  addAll(tally.faults, outcome.faults);
  addAll(tally.checks, outcome.checks);
  addAll(tally.accepted, outcome.accepted);
  addAll(tally.persons, outcome.persons);
  for (const ageMs of outcome.windows) add(tally.windows, Math.ceil(ageMs / 1000), 1);
  for (const ageMs of outcome.races) add(tally.races, Math.ceil(ageMs / 1000), 1);
  for (const name of ['stimuli', 'events', 'invocations', 'calls', 'updates', 'virtualMs'] as const)
    tally[name] += outcome[name];
  tally.traces = mixTraces(tally.traces, Number.parseInt(outcome.hash.slice(0, 12), 16));
}

/** Adds what another thread counted. */
export function merge(tally: Tally, other: Tally): void {
  for (const failure of other.failures) keep(tally, failure);
  for (const name of ['faults', 'checks', 'accepted', 'persons', 'windows', 'races'] as const)
    addAll(tally[name] as Record<string, number>, other[name] as Record<string, number>);
  for (const name of [
    'schedules',
    'stimuli',
    'events',
    'invocations',
    'calls',
    'updates',
    'virtualMs',
  ] as const)
    tally[name] += other[name];
  tally.traces = mixTraces(tally.traces, other.traces);
}

/** The age, in seconds, that so many of all ages do not pass. */
export function quantile(ages: Readonly<Record<number, number>>, share: number): number {
  const sorted = Object.entries(ages)
    .map(([age, times]) => [Number(age), times] as const)
    .sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, times]) => sum + times, 0);
  let seen = 0;
  for (const [age, times] of sorted) {
    seen += times;
    if (seen >= share * all) return age;
  }
  return 0;
}

function keep({ failures }: Tally, failure: Failure): void {
  failures.push(failure);
  failures.sort((a, b) => a.seed - b.seed).splice(KEPT_FAILURES);
}

function addAll(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(more)) add(sums, name, value);
}

function add(sums: Record<string | number, number>, name: string | number, value: number): void {
  sums[name] = (sums[name] ?? 0) + value;
}

/** 48 bits are more than a bitwise operator takes. */
function mixTraces(one: number, other: number): number {
  const half = 2 ** 24;
  const high = Math.floor(one / half) ^ Math.floor(other / half);
  return (high >>> 0) * half + (((one % half) ^ (other % half)) >>> 0);
}
