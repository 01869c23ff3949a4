/** Ways in which a value is nearly another: the edges at which an index goes wrong. */
const TWISTS: readonly ((value: unknown, n: number) => unknown)[] = [
  onText((text) => text.slice(1)),
  onText((text) => text.slice(0, -1)),
  onText((text, n) => text.slice(0, Math.max(1, n % (text.length + 1)))),
  onText((text, n) => text.slice(n % (text.length + 1))),
  onText((text, n) => ENDS[n % ENDS.length] + text),
  onText((text, n) => text + ENDS[n % ENDS.length]),
  onText((text, n) => ENDS[n % ENDS.length] + text + ENDS[(n + 3) % ENDS.length]),
  onText((text) => text + text),
  onText((text) => text.toUpperCase()),
  onText((text) => text.toLowerCase()),
  onText((text, n) => text.slice(0, n % (text.length + 1)) + text.slice((n % (text.length + 1)) + 1)),
  otherType,
  (value) => [value],
  (value) => [[value]],
  (value) => [value, value],
  () => [],
  () => '',
  () => null,
  () => undefined,
  () => ({}),
];

const ENDS = ['a', 'b', '/', '.', 'é', '😀', '\ude00', 'abcde'];

/** How many twists there are. */
export const TWIST_COUNT = TWISTS.length;

/** A value near another; `n` says in which way, and how far. */
export function twist(value: unknown, n: number): unknown {
  return TWISTS[n % TWISTS.length]?.(value, Math.floor(n / TWISTS.length) + n);
}

function onText(change: (text: string, n: number) => string): (value: unknown, n: number) => unknown {
  return (value, n) => (typeof value === 'string' ? change(value, n) : otherType(value, n));
}

function otherType(value: unknown, n: number): unknown {
  if (typeof value === 'number') return n % 2 === 0 ? String(value) : value + 1;
  if (typeof value === 'boolean') return n % 2 === 0 ? String(value) : !value;
  if (typeof value !== 'string') return n % 2 === 0 ? 'a' : 0;
  const number = Number(value);
  return value === '' || Number.isNaN(number) ? value.length : number;
}
