import type { KeyedHash } from './keyed-hash.ts';

const ROUNDS = 8;

/**
 * Exchanges the numbers from 0 to `half`² − 1 for one another: none is left out and no two become one, which a hash cut
 * short could not promise of account ids or addresses. A Feistel network (Luby and Rackoff, 1988) over two halves.
 */
export function permute(value: number, half: number, kind: string, hash: KeyedHash): number {
  let left = Math.floor(value / half);
  let right = value % half;
  for (let round = 0; round < ROUNDS; round += 1) {
    const mixed = hash(`${kind}/${half}/${round}`, String(right)).readUIntBE(0, 6) % half;
    [left, right] = [right, (left + mixed) % half];
  }
  return left * half + right;
}
