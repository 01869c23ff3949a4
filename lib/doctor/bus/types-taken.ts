import { compilePattern } from '../../event-bridge/compile-pattern.ts';

/** Kinds of events that Security Hub sends with findings. */
export const FINDING_EVENTS = {
  imported: 'Security Hub Findings - Imported',
  customAction: 'Security Hub Findings - Custom Action',
  /** Of the new Security Hub. */
  imported2: 'Findings Imported V2',
} as const;

/** What any of these events has, whatever its finding: the rest of a pattern tells findings apart. */
const COMMON = ['source', 'detail-type'];

type Pattern = Readonly<Record<string, unknown>>;

/**
 * The detail types of events with findings that a pattern of a rule can take, judged by their source and type alone.
 * A pattern that cannot be read takes all: to be told of a rule too many is better than of one too few.
 */
export function typesTaken(pattern: unknown): readonly string[] {
  const types = Object.values(FINDING_EVENTS);
  if (!isObject(pattern)) return types;
  const reduced = reduce(pattern);
  if (Object.keys(reduced).length === 0) return types;
  const compiled = compilePattern(reduced);
  if (!compiled.ok) return types;
  return types.filter((type) => compiled.matches({ source: 'aws.securityhub', 'detail-type': type }));
}

/** The pattern without what depends on the finding, the account or the time. */
function reduce(pattern: Pattern): Pattern {
  return Object.fromEntries(
    Object.entries(pattern).flatMap(([name, member]): readonly [string, unknown][] => {
      if (COMMON.includes(name)) return [[name, member]];
      if (name !== '$or' || !Array.isArray(member)) return [];
      const ways = member.map((way) => (isObject(way) ? reduce(way) : {}));
      // One way that asks nothing of this takes everything.
      return ways.some((way) => Object.keys(way).length === 0) ? [] : [[name, ways]];
    }),
  );
}

/** Whether a pattern asks for the mark of an instance of this product, so that it takes findings once they are triaged. */
export function asksForMark(pattern: unknown, prefix: string): boolean {
  const asked = [`detail`, 'findings', 'UserDefinedFields', `${prefix}Set`].reduce<unknown>(
    (at, name) => (isObject(at) ? at[name] : undefined),
    pattern,
  );
  return Array.isArray(asked) && asked.every((one) => isObject(one) && one.exists === true);
}

function isObject(value: unknown): value is Pattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
