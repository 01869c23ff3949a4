import { anotherAddress, isAddress } from './address.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { permute } from './permutation.ts';

/** Another text for one that names somebody or something of theirs: of the same shape where it has one we know. */
export type Pseudonym = (text: string) => string;

interface Shape {
  readonly pattern: RegExp;
  readonly write: (text: string, hash: KeyedHash) => string;
}

const hex = (kind: string, text: string, length: number, hash: KeyedHash): string =>
  hash(kind, text).toString('hex').slice(0, length);
const redacted = (kind: string, text: string, hash: KeyedHash): string =>
  `redacted-${hex(kind, text, 16, hash)}`;

/** Longest first where one contains another: a mail address holds a host name. */
const SHAPES: readonly Shape[] = [
  { pattern: /^\d{12}$/, write: account },
  {
    pattern: /^\d{4}-\d{4}-\d{4}$/,
    write: (text, hash) => account(text.replaceAll('-', ''), hash).replace(/(.{4})(.{4})/, '$1-$2-'),
  },
  { pattern: /^[\w.+-]+@[\w.-]+$/, write: (text, hash) => `${redacted('mail', text, hash)}@example.com` },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  {
    pattern: /^A[A-Z]{3}[A-Z0-9]{12,}$/,
    write: (text, hash) => text.slice(0, 4) + base32(hash('key', text)).slice(0, 16),
  },
  {
    pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    write: (text, hash) =>
      hex('uuid', text, 32, hash).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
  },
  {
    pattern: /^(?:[a-z]{1,12}-){1,2}(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
    write: (text, hash) => text.replace(/[0-9a-f]+$/, hex('id', text, 17, hash)),
  },
  { pattern: /^ip(?:-\d{1,3}){4}$/, write: privateHost },
  { pattern: /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i, write: hardwareAddress },
  {
    pattern: /^[0-9a-f]{16,}$/i,
    write: (text, hash) => hex('hex', text, Math.min(64, text.length), hash),
  },
  {
    pattern: /^(?:[\w-]+\.)+[a-z]{2,24}$/i,
    write: (text, hash) => `${redacted('host', text, hash)}.example.com`,
  },
];

/**
 * The pseudonyms under one key. Equal texts become equal ones and different texts different ones: account ids and IPv4
 * addresses by an exchange, all others by at least 64 bits of a hash.
 */
export function createPseudonym(hash: KeyedHash): Pseudonym {
  return (text) => {
    if (isAddress(text)) return anotherAddress(text, hash);
    const shape = SHAPES.find(({ pattern }) => pattern.test(text));
    return shape?.write(text, hash) ?? redacted('name', text, hash);
  };
}

function account(digits: string, hash: KeyedHash): string {
  return String(permute(Number(digits), 1e6, 'account', hash)).padStart(12, '0');
}

/** `ip-10-0-0-1`, as EC2 names hosts by their private address. */
function privateHost(text: string, hash: KeyedHash): string {
  const address = text.slice('ip-'.length).replaceAll('-', '.');
  if (!isAddress(address)) return redacted('host', text, hash);
  return `ip-${anotherAddress(address, hash).replaceAll('.', '-')}`;
}

/** Of those that are locally administered and so nobody's. */
function hardwareAddress(text: string, hash: KeyedHash): string {
  return `02:${hex('mac', text, 10, hash).match(/../g)?.join(':')}`;
}

function base32(bytes: Buffer): string {
  return [...bytes].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}
