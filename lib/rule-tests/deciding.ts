import type { Condition } from '../rules/rule.ts';

/** Whether conditions hold, and the comparisons (by their number) that make it so. */
export interface Ground {
  readonly result: boolean;
  readonly leaves: readonly number[];
}

/**
 * Says which comparisons decide a result: of an `all` that fails those that fail it, of an `any` that fails all of
 * it, and the other way round. `results` are those of the comparisons in the order of the written-out conditions.
 */
export function groundOf(condition: Condition, results: readonly boolean[]): Ground {
  let next = 0;
  return visit(condition);

  function visit(node: Condition): Ground {
    if ('all' in node) return combine(node.all.map(visit), false);
    if ('any' in node) return combine(node.any.map(visit), true);
    if ('not' in node) {
      const { result, leaves } = visit(node.not);
      return { result: !result, leaves };
    }
    const number = next;
    next += 1;
    return { result: results[number] === true, leaves: [number] };
  }
}

/** One part with the `decisive` result settles the block; without any, all its parts do together. */
function combine(parts: readonly Ground[], decisive: boolean): Ground {
  const settling = parts.filter(({ result }) => result === decisive);
  return {
    result: settling.length > 0 ? decisive : !decisive,
    leaves: (settling.length > 0 ? settling : parts).flatMap(({ leaves }) => leaves),
  };
}
