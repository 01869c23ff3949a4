import { createHash } from 'node:crypto';

/** The first 8 hex digits of the SHA-256 of a text: enough to tell whether a value is still the one we wrote. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8);
}
