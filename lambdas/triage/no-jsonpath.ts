/**
 * Stands in for jsonpath-plus in the bundle: that library has open code-execution holes, and facts are read by
 * compiled getters instead. A call means that a rule's `path` got past the checks, so it must not be answered.
 */
export function JSONPath(): never {
  throw new Error('JSONPath is not evaluated: rules name facts by ASFF path.');
}
