import type { Watcher, World } from '../world.ts';

export const INVARIANT_IDS = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I6',
  'I7',
  'I8',
  'I9',
  'I10',
  'I11',
  'I12',
  'I13',
  'I14',
  'I15',
  'I16',
] as const;
export type InvariantId = (typeof INVARIANT_IDS)[number];

/** How an invariant says what it saw. */
export interface Judging {
  /** One check; the message is asked for only where it fails. */
  readonly holds: (condition: boolean, message: () => string) => void;
  /** Something that the design accepts, to be counted. */
  readonly accept: (name: string) => void;
  /** A field that a person set, and what wrote over it: something accepted, or nothing that may. */
  readonly person: (what: 'set' | 'accepted' | 'overwritten') => void;
  readonly race: (ageMs: number) => void;
  readonly window: (ageMs: number) => void;
}

/** What must hold in every schedule. */
export interface Invariant {
  readonly id: InvariantId;
  readonly name: string;
  readonly says: string;
  readonly watch: (world: World, judging: Judging) => Watcher;
}
