import type { Condition } from '../rules/rule.ts';
import type { JsonPath } from '../rules/source.ts';

/** Two ways to break a comparison: it says the opposite, or nothing. */
export type Mutation = 'negated' | 'left out';
export const MUTATIONS: readonly Mutation[] = ['negated', 'left out'];

const TRUE: Condition = { all: [] };
const FALSE: Condition = { not: TRUE };

/** The conditions with one comparison broken; `at` is its place in them. Shared conditions are written out already. */
export function mutate(conditions: Condition, at: JsonPath, mutation: Mutation): Condition {
  return mutation === 'negated'
    ? replaced(conditions, at, (leaf) => ({ not: leaf as Condition }))
    : leftOut(conditions, at);
}

/** Without a member, `all` asks for less and `any` offers less; a block whose only member it was goes with it. */
function leftOut(conditions: Condition, at: JsonPath): Condition {
  const step = at.at(-1);
  if (step === 'not') return leftOut(conditions, at.slice(0, -1));
  if (typeof step !== 'number') return replaced(conditions, at, () => TRUE);
  const block = at.slice(0, -2);
  const group = at.at(-2);
  if (membersAt(conditions, at.slice(0, -1)) === 1) return leftOut(conditions, block);
  return replaced(conditions, at, () => (group === 'any' ? FALSE : TRUE));
}

function membersAt(conditions: Condition, at: JsonPath): number {
  let node: unknown = conditions;
  for (const step of at) node = (node as Readonly<Record<string | number, unknown>>)[step];
  return (node as readonly unknown[]).length;
}

function replaced(node: unknown, at: JsonPath, make: (node: unknown) => Condition): Condition {
  const [step, ...rest] = at;
  if (step === undefined) return make(node);
  if (Array.isArray(node)) {
    return node.map((item, i) => (i === step ? replaced(item, rest, make) : item)) as unknown as Condition;
  }
  const members = node as Readonly<Record<string, unknown>>;
  return { ...members, [step]: replaced(members[step], rest, make) } as unknown as Condition;
}
