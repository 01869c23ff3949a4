/** One text in place of another, once, in a file of the product. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A deliberate bug in a copy of the product's code. */
export interface Sabotage {
  readonly says: string;
  readonly edits: readonly Edit[];
}

export function sabotage(says: string, file: string, from: string, to: string): Sabotage {
  return { says, edits: [{ file, from, to }] };
}
