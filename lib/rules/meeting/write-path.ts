import { EACH, parsePath } from '../../findings/path.ts';
import type { Assignment } from './solution.ts';

/** The object in which each path holds its value; lists by `[n]` and `[*]` get one element. */
export function objectOf(values: Assignment): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const [fact, value] of values) {
    const names = (parsePath(fact)?.segments ?? []).map((segment) => (segment === EACH ? 0 : segment));
    let at: Record<string | number, unknown> = root;
    for (const [i, name] of names.slice(0, -1).entries()) {
      if (at[name] === null || typeof at[name] !== 'object')
        at[name] = typeof names[i + 1] === 'number' ? [] : {};
      at = at[name] as Record<string | number, unknown>;
    }
    const last = names.at(-1);
    if (last !== undefined) at[last] = value;
  }
  return root;
}
