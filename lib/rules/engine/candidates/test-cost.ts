import type { Condition } from '../../rule.ts';

/** What is cheap rules out before what is dear is asked. */
export function cheapFirst(conditions: readonly Condition[]): readonly Condition[] {
  return [...conditions].sort((a, b) => testCostOf(a) - testCostOf(b));
}

/** What a test of a condition costs at most: nanoseconds, roughly; only the ratios matter. */
export function testCostOf(condition: Condition): number {
  if ('any' in condition) return sum(condition.any);
  if ('all' in condition) return sum(condition.all);
  if ('not' in condition) return testCostOf(condition.not);
  if ('condition' in condition) return 200;
  const { fact, operator } = condition;
  const items = fact.includes('[*]') ? 2 : 1;
  if (/matches|glob/.test(operator)) return 600 * items;
  return (/Element|Cidr|before|after|Days/.test(operator) ? 300 : 40) * items;
}

function sum(conditions: readonly Condition[]): number {
  return conditions.reduce((total, condition) => total + testCostOf(condition), 0);
}
