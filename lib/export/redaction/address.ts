import { isIP } from 'node:net';
import type { KeyedHash } from './keyed-hash.ts';
import { permute } from './permutation.ts';

/** RFC 1918 and RFC 6598: first address, and the square root of the number of addresses. */
const PRIVATE_BLOCKS = [
  { from: ipv4('10.0.0.0'), half: 2 ** 12 },
  { from: ipv4('172.16.0.0'), half: 2 ** 10 },
  { from: ipv4('192.168.0.0'), half: 2 ** 8 },
  { from: ipv4('100.64.0.0'), half: 2 ** 11 },
] as const;

/**
 * Another address of the same sort: private ones stay in their block, public ones public, since rules tell them apart.
 * What belongs to nobody stays (`0.0.0.0`, loopback, link-local, multicast). IPv6 addresses become ones of the
 * documentation's prefix, RFC 3849. A prefix length (`/24`) stays.
 */
export function anotherAddress(text: string, hash: KeyedHash): string {
  const [address = '', ...suffix] = text.split('/');
  const another = isIP(address) === 4 ? anotherIpv4(ipv4(address), hash) : anotherIpv6(address, hash);
  return [another, ...suffix].join('/');
}

/** Whether a text is an IP address, or a block of them in CIDR form. */
export function isAddress(text: string): boolean {
  return isIP(text.replace(/\/\d{1,3}$/, '')) !== 0;
}

function anotherIpv4(value: number, hash: KeyedHash): string {
  if (belongsToNobody(value)) return ipv4Text(value);
  const block = PRIVATE_BLOCKS.find((one) => isIn(one, value));
  if (block !== undefined)
    return ipv4Text(block.from + permute(value - block.from, block.half, 'ipv4', hash));
  let another = value;
  // Walks the cycle of the exchange to its next public address, so that it is an exchange among these too.
  do another = permute(another, 2 ** 16, 'ipv4', hash);
  while (belongsToNobody(another) || PRIVATE_BLOCKS.some((one) => isIn(one, another)));
  return ipv4Text(another);
}

function anotherIpv6(address: string, hash: KeyedHash): string {
  const [bare = '', zone] = address.split('%');
  // One address has many spellings; the URL parser knows the one of RFC 5952.
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  if (canonical === '::' || canonical === '::1') return address;
  const digits = hash('ipv6', canonical).toString('hex').slice(0, 24);
  const groups = digits.match(/.{4}/g) ?? [];
  return `2001:db8:${groups.join(':')}${zone === undefined ? '' : '%0'}`;
}

function belongsToNobody(value: number): boolean {
  const first = Math.floor(value / 2 ** 24);
  return first === 0 || first === 127 || first >= 224 || Math.floor(value / 2 ** 16) === 169 * 256 + 254;
}

function isIn({ from, half }: (typeof PRIVATE_BLOCKS)[number], value: number): boolean {
  return value >= from && value < from + half ** 2;
}

function ipv4(text: string): number {
  return text.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

function ipv4Text(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
