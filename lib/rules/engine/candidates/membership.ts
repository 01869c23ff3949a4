/** A comparison that asks whether values are among some literals. */
export interface Membership {
  /** Whether the value is among them; whether some item of a list is; whether the value is a list and no item is. */
  readonly of: 'value' | 'someItem' | 'noItem';
  readonly literals: readonly unknown[];
  /** The opposite is asked. */
  readonly negated: boolean;
}

/** What asks whether a value, or some item of a list, is one of some literals; null where an operator asks more. */
export function membershipOf(operator: string, value: unknown): Membership | null {
  const asks = (of: Membership['of'], literals: unknown, negated = false): Membership | null =>
    Array.isArray(literals) ? { of, literals, negated } : null;
  switch (operator) {
    case 'equal':
      return asks('value', [value]);
    case 'notEqual':
      return asks('value', [value], true);
    case 'in':
      return asks('value', value);
    case 'notIn':
      return asks('value', value, true);
    case 'contains':
    case 'someFact:equal':
      return asks('someItem', [value]);
    case 'someFact:in':
      return asks('someItem', value);
    case 'doesNotContain':
      return asks('noItem', [value]);
    default:
      return null;
  }
}
