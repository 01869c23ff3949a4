type NumberTest = (value: number) => boolean;

/**
 * Compiles a `numeric` operand: one comparison (`= < <= > >=`) or a range written lower bound first.
 * Returns what is wrong with the operand where it is refused.
 */
export function compileNumeric(operand: unknown): NumberTest | { readonly reason: string } {
  if (!Array.isArray(operand)) return { reason: 'numeric needs an array.' };
  if (operand.length !== 2 && operand.length !== 4) return { reason: 'numeric needs one comparison or two.' };
  const [sign, bound, upperSign, upperBound] = operand as unknown[];
  const first = compare(sign, bound);
  if (first === null) return { reason: 'numeric needs one of = < <= > >= and a number after it.' };
  if (operand.length === 2) return first;
  const second = compare(upperSign, upperBound);
  const isRange = (sign === '>' || sign === '>=') && (upperSign === '<' || upperSign === '<=');
  if (second === null || !isRange)
    return { reason: 'A numeric range is > or >= a number, then < or <= a number.' };
  if (Number(bound) >= Number(upperBound))
    return { reason: 'A numeric range needs its lower bound below its upper.' };
  return (value) => first(value) && second(value);
}

function compare(sign: unknown, bound: unknown): NumberTest | null {
  if (typeof bound !== 'number') return null;
  switch (sign) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      return null;
  }
}
