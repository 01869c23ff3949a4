/** An IP address as its number; IPv4 addresses written in IPv6 (`::ffff:…`) are IPv4. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly number: bigint;
}

/** The addresses that a `cidr` operand accepts. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const MAPPED_IPV4 = 0xffffn;

/** Reads an IPv4 or IPv6 literal; null where the text is none. Leading zeros are decimal, zones are refused. */
export function parseIpAddress(text: string): IpAddress | null {
  if (IPV4.test(text)) return parseIpv4(text);
  return IPV6.test(text) ? parseIpv6(text) : null;
}

/**
 * Reads `address/bits`; null where it is no network that EventBridge accepts: bits 0–31 (IPv6: 0–127).
 * The range starts at the network's first address, whatever host bits the address has.
 */
export function parseCidr(text: string): IpRange | null {
  const [literal = '', bits = '', ...rest] = text.split('/');
  const address = parseIpAddress(literal);
  if (address === null || rest.length > 0 || !/^\d{1,3}$/.test(bits)) return null;
  const width = address.family === 4 ? 32 : 128;
  if (Number(bits) >= width) return null;
  const hosts = (1n << BigInt(width - Number(bits))) - 1n;
  return { family: address.family, first: address.number & ~hosts, last: address.number | hosts };
}

function parseIpv4(text: string): IpAddress | null {
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return null;
  return { family: 4, number: octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) };
}

function parseIpv6(text: string): IpAddress | null {
  const halves = text.split('::');
  const head = groupsOf(halves[0] ?? '');
  const tail = groupsOf(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return null;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (groups.some((group) => group.length < 1 || group.length > 4)) return null;
  const number = groups.reduce((sum, group) => sum * 0x10000n + BigInt(`0x${group}`), 0n);
  const isMapped = number >> 32n === MAPPED_IPV4;
  return isMapped ? { family: 4, number: number & 0xffffffffn } : { family: 6, number };
}

function groupsOf(half: string): readonly string[] {
  return half === '' ? [] : half.split(':');
}
