import { UPDATE_LIMITS } from '../../findings/update.ts';
import type { Decision } from '../../triage/decision.ts';

/**
 * How many findings have each distinct payload, told apart in a way of its own (members flattened to paths) and not
 * by the product's canonical JSON: the yardstick must not share a mistake with what it measures. A finding counts
 * once, by its first decision.
 */
export function payloadSizes(decisions: Iterable<Decision>): readonly number[] {
  const seen = new Set<string>();
  const sizes = new Map<string, number>();
  for (const { finding, kind, update } of decisions) {
    const identity = `${finding.ProductArn.length} ${finding.ProductArn} ${finding.Id}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    if (kind !== 'update' || update === null) continue;
    const key = payloadKey(update);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes.values()];
}

/** Σ over distinct payloads ⌈n / 100⌉: no way of making calls needs fewer, since a call carries one payload. */
export function fewestCalls(sizes: readonly number[]): number {
  return sizes.reduce((calls, size) => calls + Math.ceil(size / UPDATE_LIMITS.findingsPerCall), 0);
}

const keys = new WeakMap<object, string>();

/** A text that two updates share exactly when they are the same payload. */
export function payloadKey(update: object): string {
  const known = keys.get(update);
  if (known !== undefined) return known;
  const key = leavesOf(update, []).sort().join('\n');
  keys.set(update, key);
  return key;
}

function leavesOf(value: unknown, path: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [JSON.stringify([path, typeof value, value])];
  const inner = Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
  return [JSON.stringify([path, Array.isArray(value) ? 'list' : 'map']), ...inner];
}
