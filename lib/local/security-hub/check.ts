import { isObject } from './json.ts';

/** Judges one value: what is wrong with it, naming where it stands, or undefined. */
export type Check = (value: unknown, at: string) => string | undefined;

/** The service's NonEmptyString (`.*\S.*`, unanchored) with the documented lengths in characters. */
export function text(limits: { readonly min?: number; readonly max?: number } = {}): Check {
  const { min = 1, max = Number.POSITIVE_INFINITY } = limits;
  return (value, at) => {
    if (typeof value !== 'string' || !/\S/.test(value)) {
      return `${at} must be a string with a character that is not blank`;
    }
    return value.length < min || value.length > max
      ? `${at} must have ${min} to ${max} characters, not ${value.length}`
      : undefined;
  };
}

export function matching(pattern: RegExp, wanted: string): Check {
  return (value, at) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `${at} must be ${wanted}`;
}

export function integer(min: number, max: number): Check {
  return (value, at) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : `${at} must be an integer from ${min} to ${max}`;
}

export function finiteNumber(value: unknown, at: string): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? undefined : `${at} must be a number`;
}

export function oneOf(values: readonly string[]): Check {
  return (value, at) =>
    typeof value === 'string' && values.includes(value)
      ? undefined
      : `${at} must be one of ${values.join(', ')}`;
}

export function listOf(item: Check, min: number, max: number): Check {
  return (value, at) => {
    if (!Array.isArray(value)) {
      return `${at} must be a list`;
    }
    if (value.length < min || value.length > max) {
      return `${at} must have ${min} to ${max} items, not ${value.length}`;
    }
    return first(value, (element, index) => item(element, `${at}[${index}]`));
  };
}

export function mapOf(maxPairs: number, key: Check, value: Check): Check {
  return (map, at) => {
    if (!isObject(map)) {
      return `${at} must be a map`;
    }
    const pairs = Object.entries(map);
    if (pairs.length > maxPairs) {
      return `${at} must have at most ${maxPairs} pairs, not ${pairs.length}`;
    }
    return first(pairs, ([name, item]) => key(name, `${at} key`) ?? value(item, `${at}[${name}]`));
  };
}

/** An object whose known members pass; unknown members are ignored and null counts as absent, as on the wire. */
export function objectOf(members: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (object, at) => {
    if (!isObject(object)) {
      return `${at} must be an object`;
    }
    return first(Object.entries(members), ([name, check]) => {
      const value = object[name] ?? undefined;
      const path = at === '' ? name : `${at}.${name}`;
      if (value === undefined) {
        return required.includes(name) ? `${path} is missing` : undefined;
      }
      return check(value, path);
    });
  };
}

function first<T>(
  items: readonly T[],
  judge: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const problem = judge(item, index);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}
