import { EACH, parsePath } from '../../../lib/findings/path.ts';
import type { Condition, LeafCondition } from '../../../lib/rules/rule.ts';
import { type Drawn, drawnAt } from './comparison.ts';
import { INSTANTS } from './surroundings.ts';

/** What a finding should have for a condition to hold, or not to. */
export interface Wish {
  readonly fact: string;
  readonly value: Drawn;
}

type Intent = (wanted: boolean, n: number) => readonly Wish[];

/** Conditions stay plain JSON: what each was drawn for is kept beside it. */
const intents = new WeakMap<LeafCondition, Intent>();

/** Notes what makes a comparison hold. */
export function intend(leaf: LeafCondition, intent: Intent): LeafCondition {
  intents.set(leaf, intent);
  return leaf;
}

/** What to put on a finding so that a condition holds, or does not; `n` chooses among the ways. */
export function wishesFor(
  condition: Condition,
  wanted: boolean,
  n: number,
  named: Readonly<Record<string, Condition>>,
): readonly Wish[] {
  if ('all' in condition || 'any' in condition) {
    const inner = 'all' in condition ? condition.all : condition.any;
    const one = inner[n % Math.max(1, inner.length)];
    if (wanted === 'all' in condition)
      return inner.flatMap((each, i) => wishesFor(each, wanted, n + i, named));
    return one === undefined ? [] : wishesFor(one, wanted, Math.floor(n / inner.length) + n, named);
  }
  if ('not' in condition) return wishesFor(condition.not, !wanted, n, named);
  if ('condition' in condition) {
    const shared = Object.hasOwn(named, condition.condition) ? named[condition.condition] : undefined;
    return shared === undefined ? [] : wishesFor(shared, wanted, n, named);
  }
  return intents.get(condition)?.(wanted, n) ?? [];
}

/** An element on which a block holds, or does not. */
export function elementMeeting(block: Condition, wanted: boolean, n: number): unknown {
  const root: Record<string, unknown> = {};
  for (const { fact, value } of wishesFor(block, wanted, n, {}))
    put(root, fact, drawnAt(value, INSTANTS[0] ?? 0), n);
  return root;
}

/** Writes a value at a path, making what is missing on the way; a list goes to the elements one by one. */
export function put(root: Record<string, unknown>, fact: string, value: unknown, n: number): void {
  const path = parsePath(fact);
  if (path !== null) putAt(root, path.segments, value, n);
}

type Segments = readonly (string | number | typeof EACH)[];

function putAt(holder: object, [segment, ...rest]: Segments, value: unknown, n: number): void {
  if (segment === undefined) return;
  if (segment === EACH) {
    putEach(holder as unknown[], rest, value, n);
    return;
  }
  const known = Object.hasOwn(holder, segment)
    ? (holder as Record<string | number, unknown>)[segment]
    : undefined;
  const isBeside = n % 2 === 0 && Array.isArray(known) && Array.isArray(value) && value.length > 0;
  if (rest.length === 0) {
    assign(holder, segment, isBeside ? [...known, ...value] : value);
    return;
  }
  const wantsList = typeof rest[0] !== 'string';
  const fits = known !== null && typeof known === 'object' && Array.isArray(known) === wantsList;
  const next: object = fits ? (known as object) : wantsList ? [] : {};
  if (!fits) assign(holder, segment, next);
  putAt(next, rest, value, n);
}

/** Beside what other wishes put there, or over it. */
function putEach(items: unknown[], rest: Segments, value: unknown, n: number): void {
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) items.length = 0;
  const from = n % 2 === 0 ? items.length : 0;
  for (const [i, item] of values.entries()) putAt(items, [from + i, ...rest], item, n);
}

/** As an own member, whatever its name; lists are filled up to the place. */
function assign(holder: object, segment: string | number, value: unknown): void {
  if (Array.isArray(holder)) while (holder.length < Number(segment)) holder.push({});
  Object.defineProperty(holder, segment, { value, writable: true, enumerable: true, configurable: true });
}
