import { isIP } from 'node:net';

/** What `::ffff:0:0/96` begins with, IPv6 addresses that hold IPv4 ones (RFC 4291, 2.5.5.2): `BlockList` of node:net takes both as one. */
const MAPPED_DIGITS = '0'.repeat(80) + '1'.repeat(16);
/** Stands for those 96 digits: most addresses have them, and short texts are quicker to search. */
const IPV4 = '4';
const ADDRESS_DIGITS = 128;

/**
 * An address as digits, `0` or `1`, of which networks are the beginnings; null where the text is no address. The zone of a
 * scoped address does not count.
 */
export function digitsOfAddress(text: string): string | null {
  switch (isIP(text)) {
    case 4:
      return IPV4 + digitsOfDotted(text);
    case 6: {
      const digits = digitsOfColoned(text.split('%', 1)[0] as string);
      return digits.startsWith(MAPPED_DIGITS) ? IPV4 + digits.slice(MAPPED_DIGITS.length) : digits;
    }
    default:
      return null;
  }
}

/**
 * The beginnings that the addresses of a network have: none where the text is no network, an empty one for `::/0`, and
 * two where IPv4 addresses are some of many.
 */
export function beginningsOfNetwork(cidr: string): readonly string[] {
  const [address, length = ''] = cidr.split('/') as [string, string?];
  const digits = digitsOfAddress(address);
  const isDotted = isIP(address) === 4;
  const count = Number(length);
  if (digits === null || !/^\d{1,3}$/.test(length) || count > (isDotted ? 32 : ADDRESS_DIGITS)) return [];
  if (isDotted) return [digits.slice(0, IPV4.length + count)];
  const whole = digits.startsWith(IPV4) ? MAPPED_DIGITS + digits.slice(IPV4.length) : digits;
  const beginning = whole.slice(0, count);
  if (beginning.startsWith(MAPPED_DIGITS)) return [IPV4 + beginning.slice(MAPPED_DIGITS.length)];
  return MAPPED_DIGITS.startsWith(beginning) ? [beginning, IPV4] : [beginning];
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(2).padStart(8, '0'));
const DOT = '.'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** Character by character: it is asked of most addresses, and splitting them takes five times as long. */
function digitsOfDotted(text: string): string {
  let digits = '';
  let byte = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== DOT) byte = 10 * byte + code - ZERO;
    else {
      digits += BYTES[byte];
      byte = 0;
    }
  }
  return digits + (BYTES[byte] as string);
}

/** Groups of four hexadecimal digits, the last two of them perhaps dotted; `::` stands for as many zeros as are left out. */
function digitsOfColoned(text: string): string {
  const [head, tail] = text.split('::').map(digitsOfPart) as [string, string?];
  return tail === undefined ? head : head.padEnd(ADDRESS_DIGITS - tail.length, '0') + tail;
}

function digitsOfPart(part: string): string {
  if (part === '') return '';
  const groups = part.split(':');
  return groups.map((group) => (group.includes('.') ? digitsOfDotted(group) : digitsOfGroup(group))).join('');
}

function digitsOfGroup(group: string): string {
  return Number.parseInt(group, 16).toString(2).padStart(16, '0');
}
