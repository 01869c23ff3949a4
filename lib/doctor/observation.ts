/** What is looked at, in the order in which it is told. */
export const TOPICS = [
  'security-hub',
  'administrator',
  'aggregation',
  'stack',
  'decision-bus',
  'automation-rules',
  'suppressions',
  'bus',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * How things stand: `fine`; `note` works, but is worth knowing; `wrong` keeps the product from its work, or makes it
 * work against somebody; `unseen` could not be looked at.
 */
export type Standing = 'fine' | 'note' | 'wrong' | 'unseen';

/** One thing that was looked at. Texts may hold what others wrote: whoever prints them escapes them. */
export interface Observation {
  readonly topic: Topic;
  /** Stable, for programs: `linked-region`. */
  readonly code: string;
  readonly standing: Standing;
  /** What was found, in sentences. */
  readonly found: string;
  /** What to do; null where there is nothing. */
  readonly advice: string | null;
  /** One line each, below what was found. */
  readonly details: readonly string[];
  /** The same for programs. */
  readonly data: unknown;
}

/** An observation without details, unless they are given. */
export function observation(
  topic: Topic,
  standing: Standing,
  code: string,
  found: string,
  rest: Partial<Pick<Observation, 'advice' | 'details' | 'data'>> = {},
): Observation {
  return { topic, code, standing, found, advice: null, details: [], data: null, ...rest };
}
