type Members = Readonly<Record<string, unknown>>;

/** The JSON merge patch (RFC 7396) that makes one object of another; lists are replaced whole. */
export function differenceOf(from: Members, to: Members): Members {
  const patch = new Map<string, unknown>();
  for (const name of Object.keys(from)) if (!Object.hasOwn(to, name)) patch.set(name, null);
  for (const [name, value] of Object.entries(to)) {
    const before = Object.hasOwn(from, name) ? from[name] : undefined;
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    patch.set(name, isObject(before) && isObject(value) ? differenceOf(before, value) : value);
  }
  return Object.fromEntries(patch);
}

function isObject(value: unknown): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
