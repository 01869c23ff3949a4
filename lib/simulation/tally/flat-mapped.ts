/** What each item makes, one after the other and anew whenever it is gone through: there may be too many to keep. */
export function flatMapped<T, U>(items: Iterable<T>, of: (item: T) => readonly U[]): Iterable<U> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield* of(item);
    },
  };
}
