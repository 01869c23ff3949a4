import type { Finding } from '../../findings/finding.ts';
import { integer, listOf, objectOf, oneOf, text } from './check.ts';
import { readFilters } from './finding-filter.ts';
import { isObject, listAt, textAt } from './json.ts';
import { QUERY_LIMITS } from './limits.ts';
import { done, invalidInput, type Reply } from './reply.ts';
import type { StoredFinding } from './stored-finding.ts';

/** The page size where MaxResults is absent: undocumented, and small so that forgotten pagination shows. */
const DEFAULT_RESULTS = 10;

const CHECK = objectOf({
  Filters: objectOf({}),
  SortCriteria: listOf(
    objectOf({ Field: oneOf(['CreatedAt', 'UpdatedAt', 'Id']), SortOrder: oneOf(['asc', 'desc']) }, [
      'Field',
    ]),
    0,
    QUERY_LIMITS.filteredAttributes,
  ),
  MaxResults: integer(1, QUERY_LIMITS.results),
  NextToken: text(),
});

/** A finding's place in the sorted answer: the sort values, then its place in the store. */
type Place = readonly (string | number)[];

/**
 * GetFindings on the store. The token holds the place of the last finding sent, so that findings which leave the
 * filter between two pages (a sweep updates what it reads) do not make others be skipped.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
 */
export function getFindings(
  findings: ReadonlyMap<string, StoredFinding>,
  request: unknown,
  nowMs: number,
): Reply {
  const why = CHECK(request, '');
  if (why !== undefined || !isObject(request)) {
    return invalidInput(why ?? 'the request must be an object');
  }
  const filters = readFilters(request.Filters, nowMs);
  if (filters.kind === 'invalid') {
    return invalidInput(filters.why);
  }
  const criteria = listAt(request, 'SortCriteria');
  const token = textAt(request, 'NextToken');
  const after = token === undefined ? undefined : readToken(token, criteria.length);
  if (after === 'invalid') {
    return invalidInput('NextToken is not one that this query returned');
  }
  const directions = criteria.map((criterion) => (textAt(criterion, 'SortOrder') === 'desc' ? -1 : 1));
  const compare = (left: Place, right: Place): number => comparePlaces(left, right, directions);
  const size = typeof request.MaxResults === 'number' ? request.MaxResults : DEFAULT_RESULTS;
  const wanted = function* (): Generator<Placed> {
    let index = 0;
    for (const { finding } of findings.values()) {
      const place = placeOf(finding, criteria, index);
      index += 1;
      if (after === undefined || compare(place, after) > 0) yield { finding, place };
    }
  };
  // One more than the page: whether there is another.
  const first = firstOf(wanted(), size + 1, compare, ({ finding }) => filters.matches(finding));
  const page = first.slice(0, size);
  const last = page.at(-1);
  return done({
    Findings: page.map(({ finding }) => finding),
    ...(last !== undefined && first.length > size && { NextToken: writeToken(last.place) }),
  });
}

interface Placed {
  readonly finding: Finding;
  readonly place: Place;
}

/**
 * The first `count` of those that match, in order. Sorting them all for each page would make a walk over 100,000
 * findings take an hour; only what comes before the last one known is asked whether it matches.
 */
function firstOf(
  all: Iterable<Placed>,
  count: number,
  compare: (left: Place, right: Place) => number,
  matches: (one: Placed) => boolean,
): readonly Placed[] {
  const first: Placed[] = [];
  for (const one of all) {
    const last = first.at(-1);
    const isFull = first.length === count;
    if (isFull && last !== undefined && compare(one.place, last.place) > 0) continue;
    if (!matches(one)) continue;
    if (isFull) first.pop();
    const at = first.findLastIndex(({ place }) => compare(place, one.place) < 0) + 1;
    first.splice(at, 0, one);
  }
  return first;
}

function placeOf(finding: Finding, criteria: readonly unknown[], index: number): Place {
  return [...criteria.map((criterion) => sortValue(finding, textAt(criterion, 'Field') ?? '')), index];
}

/** Timestamps are compared as instants: their spellings differ. */
function sortValue(finding: Finding, field: string): string | number {
  const value = textAt(finding, field) ?? '';
  return field === 'Id' ? value : instantOf(value);
}

/** Parsing is the dearest part of a page of many findings; beyond so many, what is known is let go. */
const instants = new Map<string, number>();
const MOST_INSTANTS = 200_000;

function instantOf(text: string): number {
  const known = instants.get(text);
  if (known !== undefined) return known;
  if (instants.size >= MOST_INSTANTS) instants.clear();
  const instant = Date.parse(text) || 0;
  instants.set(text, instant);
  return instant;
}

function comparePlaces(left: Place, right: Place, directions: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    if (value !== other) {
      return (value < other ? -1 : 1) * (directions[index] ?? 1);
    }
  }
  return 0;
}

function writeToken(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readToken(token: string, criteria: number): Place | 'invalid' {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    const ours =
      Array.isArray(place) &&
      place.length === criteria + 1 &&
      place.every((value) => typeof value === 'string' || typeof value === 'number');
    return ours ? place : 'invalid';
  } catch {
    return 'invalid';
  }
}
