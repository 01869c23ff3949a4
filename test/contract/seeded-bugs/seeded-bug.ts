/** A bug that the index could have: what is written instead of what, once, in a file of lib/rules/engine. */
export interface SeededBug {
  readonly says: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Its four parts in their order. */
export const bug = (says: string, file: string, from: string, to: string): SeededBug => ({
  says,
  file,
  from,
  to,
});
