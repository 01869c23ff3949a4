import { createHmac } from 'node:crypto';

/** The HMAC-SHA-256 of a text under a secret key, apart from those of the same text of another kind. */
export type KeyedHash = (kind: string, text: string) => Buffer;

/**
 * What every made-up value is drawn from. Hashes without a key could be looked up: there are few account ids, addresses
 * and names, and who has the file could try them all.
 */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  return (kind, text) => createHmac('sha256', key).update(kind).update('\0').update(text).digest();
}
