import type { InvariantId } from '../invariants/invariant.ts';

/** One text in place of another, once, in a file of the product. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A bug in a copy of the product's code. */
export interface Bug {
  readonly says: string;
  readonly edits: readonly Edit[];
}

/** A deliberate bug, and the invariants that are there to see it: what another one breaks over is not counted. */
export interface Sabotage extends Bug {
  readonly foundBy: readonly InvariantId[];
}

export function sabotage(
  says: string,
  foundBy: readonly InvariantId[],
  file: string,
  from: string,
  to: string,
): Sabotage {
  return { says, foundBy, edits: [{ file, from, to }] };
}
