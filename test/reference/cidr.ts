import { isIPv4, isIPv6 } from 'node:net';

interface Address {
  /** How it is written: the length of a block counts from its first bit. */
  readonly bits: 32 | 128;
  /** As IPv6 has it: IPv4 addresses lie in ::ffff:0:0/96. */
  readonly number: bigint;
}

const MAPPED = 0xffffn << 32n;

/**
 * True when the address lies in the block. An IPv4 address and the IPv6 one that holds it are the same; the zone of an
 * address does not count; a block without a length is one address.
 */
export function isInCidr(address: string, block: string): boolean {
  const [base = '', length, ...more] = block.split('/');
  const one = parseAddress(address);
  const other = parseAddress(base);
  if (one === undefined || other === undefined || more.length > 0) return false;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return false;
  const prefixBits = length === undefined ? other.bits : Number(length);
  if (prefixBits > other.bits) return false;
  const hostBits = BigInt(other.bits - prefixBits);
  return one.number >> hostBits === other.number >> hostBits;
}

function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bits: 32, number: MAPPED + fromDigits(text.split('.').map(Number), 256n) };
  if (!isIPv6(text)) return undefined;
  const [head = '', tail] = withoutDottedEnd(text.replace(/%.*$/, '')).split('::');
  const first = hextets(head);
  const last = tail === undefined ? [] : hextets(tail);
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return { bits: 128, number: fromDigits([...first, ...zeros, ...last], 65_536n) };
}

/** Rewrites an IPv6 address that ends in dotted IPv4 (`::ffff:10.0.0.1`) in hexadecimal only. */
function withoutDottedEnd(text: string): string {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (dotted === null) return text;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(1).map(Number);
  return `${text.slice(0, dotted.index)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function hextets(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((part) => Number.parseInt(part, 16));
}

function fromDigits(digits: readonly number[], base: bigint): bigint {
  return digits.reduce((sum, digit) => sum * base + BigInt(digit), 0n);
}
