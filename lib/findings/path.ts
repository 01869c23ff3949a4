/** `[*]` in a path: every element of the array at this place. */
export const EACH = Symbol('each');

/** A path into a finding, e.g. `Resources[*].Tags.env` or `ProductFields["aws/securityhub/ProductName"]`. */
export interface AsffPath {
  readonly text: string;
  /** Member names, array indexes and EACH, from the outside in. */
  readonly segments: readonly (string | number | typeof EACH)[];
}

const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const QUOTED = /\["((?:[^"\\]|\\["\\])+)"\]/y;
const INDEX = /\[(\d{1,4})\]/y;
const EVERY = /\[\*\]/y;

/**
 * Reads the one path grammar of the product: `Name`, then any of `.Name`, `["any key"]`, `[*]` and `[n]`.
 * Nothing in it is evaluated, so a path can do no more than read. Returns null where the text is none.
 */
export function parsePath(text: string): AsffPath | null {
  const first = take(NAME, text, 0);
  if (first === null) return null;
  const segments: (string | number | typeof EACH)[] = [first.text];
  let at = first.end;
  while (at < text.length) {
    const next = takeSegment(text, at);
    if (next === null) return null;
    segments.push(next.segment);
    at = next.end;
  }
  return { text, segments };
}

/**
 * Compiles a path, from one of its segments on, to a getter that reads own properties only; null and an empty `[*]`
 * count as missing (undefined).
 */
export function compileGetter({ segments }: AsffPath, from = 0): (root: unknown) => unknown {
  return getterOf(segments.slice(from));
}

function getterOf(rest: AsffPath['segments']): (root: unknown) => unknown {
  const each = rest.indexOf(EACH);
  if (each >= 0) {
    const before = getterOf(rest.slice(0, each));
    const after = rest.slice(each + 1);
    // Nearly all lists are read one level deep.
    const ofElement = after.includes(EACH) ? null : getterOf(after);
    return (root) => {
      const list = before(root);
      if (!Array.isArray(list)) return undefined;
      const found: unknown[] = [];
      for (const element of list) {
        if (ofElement === null) collect(element, after, 0, found);
        else add(ofElement(element), found);
      }
      return found.length === 0 ? undefined : found;
    };
  }
  const [first, second] = rest as readonly (string | number)[];
  // Most facts are one or two members deep, and a getter runs for each finding.
  if (first === undefined) return (root) => root ?? undefined;
  if (second === undefined) return (root) => readMember(root, first);
  if (rest.length === 2) return (root) => readMember(readMember(root, first), second);
  return (root) => readPlain(root, rest);
}

function takeSegment(
  text: string,
  at: number,
): { segment: string | number | typeof EACH; end: number } | null {
  if (text[at] === '.') {
    const name = take(NAME, text, at + 1);
    return name && { segment: name.text, end: name.end };
  }
  const every = take(EVERY, text, at);
  if (every) return { segment: EACH, end: every.end };
  const index = take(INDEX, text, at);
  if (index) return { segment: Number(index.text), end: index.end };
  const quoted = take(QUOTED, text, at);
  return quoted && { segment: quoted.text.replace(/\\(["\\])/g, '$1'), end: quoted.end };
}

function take(pattern: RegExp, text: string, at: number): { text: string; end: number } | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match && { text: match[1] ?? match[0], end: pattern.lastIndex };
}

function readPlain(root: unknown, segments: AsffPath['segments']): unknown {
  let value = root;
  for (const segment of segments) {
    value = readMember(value, segment as string | number);
    if (value === undefined) return undefined;
  }
  return value;
}

function collect(value: unknown, segments: AsffPath['segments'], from: number, found: unknown[]): void {
  let current = value;
  for (let i = from; i < segments.length; i += 1) {
    const segment = segments[i] as string | number | typeof EACH;
    if (segment === EACH) {
      if (Array.isArray(current)) for (const element of current) collect(element, segments, i + 1, found);
      return;
    }
    current = readMember(current, segment);
  }
  add(current, found);
}

/** A list inside a list is flattened, so that `[*]` always yields the single values. */
function add(value: unknown, found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) if (item !== undefined && item !== null) found.push(item);
  } else if (value !== undefined && value !== null) found.push(value);
}

function readMember(value: unknown, segment: string | number): unknown {
  if (value === null || typeof value !== 'object') return undefined;
  if (typeof segment === 'number') return Array.isArray(value) ? (value[segment] ?? undefined) : undefined;
  const member = (value as Record<string, unknown>)[segment];
  // What is not there is most often asked for; what is there may be inherited, by a list or by its name.
  if (member === undefined || member === null) return undefined;
  return Array.isArray(value) || !Object.hasOwn(value, segment) ? undefined : member;
}
