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

const SHARED_VECTORS = new URL('../../../shared/vectors/event-patterns.ndjson', import.meta.url);
/**
 * Our own, small: what the documentation says of each operator, said of findings.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
const DOCUMENTED_VECTORS = new URL('documented-vectors.ndjson', import.meta.url);

/** The shared vectors, or null where they are not beside the checkout. */
export function readSharedVectors(): readonly PatternVector[] | null {
  return existsSync(SHARED_VECTORS) ? readVectors(SHARED_VECTORS) : null;
}

export function readDocumentedVectors(): readonly PatternVector[] {
  return readVectors(DOCUMENTED_VECTORS);
}

function readVectors(url: URL): readonly PatternVector[] {
  const lines = readFileSync(url, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PatternVector);
}
