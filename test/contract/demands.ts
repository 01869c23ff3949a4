import { isIP } from 'node:net';
import type { Branch, Demand } from '../../lib/rules/engine/candidates/demand.ts';

/** Whether one way for a condition to hold has all that it demands, by looking at each demand as it is written. */
export function isSomeBranchMet(
  branches: readonly Branch[],
  read: (fact: string) => unknown,
  nowMs: number,
): boolean {
  return branches.some((demands) => demands.every((demand) => isMet(demand, read(demand.fact), nowMs)));
}

function isMet({ as, kind, literals, ofItem }: Demand, value: unknown, nowMs: number): boolean {
  const looked = ofItem ? (Array.isArray(value) ? value : []) : [value];
  const has = as === undefined ? HAS[kind] : HAS_FORM[as](HAS[kind], nowMs);
  return looked.some((one) => literals.some((literal) => has(one, literal)));
}

type Has = (value: unknown, literal: unknown) => boolean;

const HAS_FORM: Readonly<Record<NonNullable<Demand['as']>, (has: Has, nowMs: number) => Has>> = {
  folded: (has) => (value, literal) => has(withoutCase(value), withoutCase(literal)),
  address: (has) => (value, literal) => has(addressDigits(value), literal),
  instant: (has) => (value, literal) => has(instantOf(value), literal),
  age: (has, nowMs) => (value, literal) => has(nowMs - instantOf(value), literal),
};

function instantOf(value: unknown): number {
  return typeof value === 'string' ? new Date(value).getTime() : Number.NaN;
}

function withoutCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase().split('\u017f').join('s') : value;
}

/** By way of how `SocketAddress` and URLs write addresses, not by the product's own reading. */
function addressDigits(value: unknown): unknown {
  if (typeof value !== 'string' || isIP(value) === 0) return value;
  if (isIP(value) === 4)
    return `4${value
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('')}`;
  const [left = '', right] = new URL(`http://[${value.replace(/%.*/, '')}]/`).hostname
    .slice(1, -1)
    .split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const [head, tail] = [groups(left), groups(right ?? '')];
  const all = [...head, ...new Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  const digits = all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
  return digits.replace(/^0{80}1{16}/, '4');
}

const HAS: Readonly<Record<Demand['kind'], Has>> = {
  value: (value, literal) => value === literal,
  prefix: (value, literal) => typeof value === 'string' && value.startsWith(String(literal)),
  suffix: (value, literal) => typeof value === 'string' && value.endsWith(String(literal)),
  part: (value, literal) => typeof value === 'string' && value.includes(String(literal)),
  atLeast: (value, literal) => (value as number) >= (literal as number),
  atMost: (value, literal) => (value as number) <= (literal as number),
};
