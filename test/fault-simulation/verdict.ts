import type { Invariant, InvariantId } from './invariants/invariant.ts';
import type { World } from './world.ts';

export interface Breach {
  readonly invariant: InvariantId;
  readonly says: string;
  readonly message: string;
  readonly atMs: number;
}

/** What was judged in a schedule: breaches, and how often each invariant was looked at. */
export interface Verdict {
  readonly breaches: readonly Breach[];
  readonly checks: Readonly<Record<string, number>>;
  /** What is accepted and counted, by name. */
  readonly accepted: Readonly<Record<string, number>>;
  /** Fields that persons set, and how many of them were written over since. */
  readonly persons: Readonly<Record<'set' | 'accepted' | 'overwritten', number>>;
  /** For each update that went over a person's change: how old the state was that it was decided on, in ms. */
  readonly races: readonly number[];
  /** The same for every update. */
  readonly windows: readonly number[];
}

export interface Judge {
  readonly isBroken: () => boolean;
  readonly breach: (invariant: InvariantId, message: string) => void;
  readonly judged: () => Verdict;
}

/** Lets every invariant watch the world. */
export function createVerdict(world: World, invariants: readonly Invariant[]): Judge {
  const breaches: Breach[] = [];
  const checks: Record<string, number> = Object.fromEntries(invariants.map(({ id }) => [id, 0]));
  const accepted: Record<string, number> = {};
  const persons = { set: 0, accepted: 0, overwritten: 0 };
  const races: number[] = [];
  const windows: number[] = [];
  const says = new Map(invariants.map((one) => [one.id, one.says]));

  const breach = (invariant: InvariantId, message: string): void => {
    world.note(`BREACH of ${invariant}: ${message}`);
    breaches.push({ invariant, says: says.get(invariant) ?? '', message, atMs: world.time.nowMs() });
  };
  for (const invariant of invariants)
    world.watchers.push(
      invariant.watch(world, {
        holds(condition, message) {
          checks[invariant.id] = (checks[invariant.id] ?? 0) + 1;
          if (!condition) breach(invariant.id, message());
        },
        accept(name) {
          accepted[name] = (accepted[name] ?? 0) + 1;
        },
        person(what) {
          persons[what] += 1;
        },
        race: (ageMs) => races.push(ageMs),
        window: (ageMs) => windows.push(ageMs),
      }),
    );
  return {
    isBroken: () => breaches.length > 0,
    breach,
    judged: () => ({ breaches, checks, accepted, persons, races, windows }),
  };
}
