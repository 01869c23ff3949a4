import { existsSync, readFileSync } from 'node:fs';

/** One line of the shared pattern vectors: a pair with its verdict, or a pattern that is refused. */
export type PatternVector =
  | {
      readonly id: string;
      readonly feature: string;
      readonly pattern: unknown;
      readonly event: unknown;
      readonly matches: boolean;
    }
  | { readonly id: string; readonly pattern: unknown; readonly valid: false; readonly reason: string };

const SHARED_VECTORS = new URL('../../../../shared/vectors/event-patterns.ndjson', import.meta.url);

/** The shared vectors, or null where they are not beside the checkout. */
export function readSharedVectors(): readonly PatternVector[] | null {
  if (!existsSync(SHARED_VECTORS)) return null;
  const lines = readFileSync(SHARED_VECTORS, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PatternVector);
}
