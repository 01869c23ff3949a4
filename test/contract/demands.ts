import type { Branch, Demand } from '../../lib/rules/engine/candidates/demand.ts';

/** Whether one way for a condition to hold has all that it demands, by looking at each demand as it is written. */
export function isSomeBranchMet(branches: readonly Branch[], read: (fact: string) => unknown): boolean {
  return branches.some((demands) => demands.every((demand) => isMet(demand, read(demand.fact))));
}

function isMet({ kind, literals, ofItem }: Demand, value: unknown): boolean {
  const looked = ofItem ? (Array.isArray(value) ? value : []) : [value];
  return looked.some((one) => literals.some((literal) => HAS[kind](one, literal)));
}

const HAS: Readonly<Record<Demand['kind'], (value: unknown, literal: unknown) => boolean>> = {
  value: (value, literal) => value === literal,
  prefix: (value, literal) => typeof value === 'string' && value.startsWith(String(literal)),
  suffix: (value, literal) => typeof value === 'string' && value.endsWith(String(literal)),
  part: (value, literal) => typeof value === 'string' && value.includes(String(literal)),
};
