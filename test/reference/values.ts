/** A JSON object: not null, not an array. */
export type JsonObject = Readonly<Record<string, unknown>>;

type Step =
  | { readonly member: string }
  | { readonly index: number }
  /** `[*]`: each element of an array. */
  | { readonly every: true };

/** True for a JSON object; arrays and null are none. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for text with at least one character that is not white space. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Splits `A.b["c/d"][*].e[0]` into steps; undefined where the text is not such a path. */
export function parsePath(path: string): readonly Step[] | undefined {
  const token = /\.?([^.[\]"\s]+)|\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|\[(\*)\]/y;
  const steps: Step[] = [];
  while (token.lastIndex < path.length) {
    const found = token.exec(path);
    if (found === null) return undefined;
    const [, member, quoted, index] = found;
    if (member !== undefined) steps.push({ member });
    else if (quoted !== undefined) steps.push({ member: String(JSON.parse(quoted)) });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else steps.push({ every: true });
  }
  return steps.length === 0 ? undefined : steps;
}

/** The value at a path; own properties only, and null is as good as missing: both are undefined. */
export function getPath(value: unknown, path: string): unknown {
  // A path begins with a name: what is in brackets names something inside another.
  if (path.startsWith('[')) return undefined;
  const steps = parsePath(path);
  return steps === undefined ? undefined : walk(value, steps);
}

/** Values in their first-seen order, each once. */
export function distinct<T>(values: readonly T[], identity: (value: T) => unknown): readonly T[] {
  const seen = new Set<unknown>();
  return values.filter((value) => {
    const name = identity(value);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function walk(value: unknown, steps: readonly Step[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value ?? undefined;
  if ('every' in step) {
    if (!Array.isArray(value)) return undefined;
    const found = value
      .flatMap((element) => walk(element, rest))
      .filter((one) => (one ?? undefined) !== undefined);
    return found.length === 0 ? undefined : found;
  }
  if ('index' in step) return Array.isArray(value) ? walk(value[step.index], rest) : undefined;
  return isObject(value) && Object.hasOwn(value, step.member) ? walk(value[step.member], rest) : undefined;
}
