import type { Condition } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import { takesBlock } from './element-operators.ts';
import { measuresAge } from './engine-operators.ts';

/**
 * Whether what an operator says of a condition depends on the instant of the decision beyond the values it is given:
 * ages are measured from the present, and lists named within a block on elements lose entries as days pass.
 */
export function readsClock(condition: Condition, ruleset: Ruleset): boolean {
  if ('all' in condition) return condition.all.some((inner) => readsClock(inner, ruleset));
  if ('any' in condition) return condition.any.some((inner) => readsClock(inner, ruleset));
  if ('not' in condition) return readsClock(condition.not, ruleset);
  if ('condition' in condition) {
    const { condition: name } = condition;
    const shared = Object.hasOwn(ruleset.conditions, name) ? ruleset.conditions[name] : undefined;
    // The loader refuses circles.
    return shared !== undefined && readsClock(shared, ruleset);
  }
  if (measuresAge(condition.operator)) return true;
  return takesBlock(condition.operator) && blockReadsClock(condition.value as Condition, ruleset);
}

function blockReadsClock(block: Condition, ruleset: Ruleset): boolean {
  return readsClock(block, ruleset) || JSON.stringify(block).includes('"fact":"lists.');
}
