/** Shorter lists are searched one by one as fast. */
const SHORT = 8;

/**
 * A list whose `indexOf` looks its values up instead of walking them: json-rules-engine's `in` and `notIn` ask for
 * nothing else, and lists of accounts are long. Equality is that of `===`, but for NaN, which JSON does not have.
 */
class HashedList extends Array<unknown> {
  readonly #places = new Map<unknown, number>();

  /** Arrays derived of it, by `map` or `filter`, are plain ones. */
  static override readonly [Symbol.species]: ArrayConstructor = Array;

  constructor(values: readonly unknown[]) {
    super();
    for (const value of values) {
      if (!this.#places.has(value)) this.#places.set(value, this.length);
      this.push(value);
    }
  }

  override indexOf(value: unknown, fromIndex?: number): number {
    return fromIndex === undefined ? (this.#places.get(value) ?? -1) : super.indexOf(value, fromIndex);
  }
}

/** The same list, made to be searched; short ones as they are. It is not to be changed afterwards. */
export function hashedList<T>(values: readonly T[]): readonly T[] {
  return values.length <= SHORT ? values : (new HashedList(values) as unknown as readonly T[]);
}
