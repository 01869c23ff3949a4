export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a member, or an empty one: raw findings hold anything anywhere. */
export function objectAt(parent: unknown, member: string): JsonObject {
  const value = isObject(parent) ? parent[member] : undefined;
  return isObject(value) ? value : {};
}

export function listAt(parent: unknown, member: string): readonly unknown[] {
  const value = isObject(parent) ? parent[member] : undefined;
  return Array.isArray(value) ? value : [];
}

export function textAt(parent: unknown, member: string): string | undefined {
  const value = isObject(parent) ? parent[member] : undefined;
  return typeof value === 'string' ? value : undefined;
}
