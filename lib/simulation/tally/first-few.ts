/** Counts all, and keeps the first to show. */
export interface FirstFew<T> {
  readonly count: number;
  readonly first: readonly T[];
}

const SHOWN = 5;

/** The same with more, which came later. */
export function withMore<T>({ count, first }: FirstFew<T>, more: readonly T[]): FirstFew<T> {
  return { count: count + more.length, first: [...first, ...more.slice(0, SHOWN - first.length)] };
}
