/**
 * A set of small numbers written into an array of integers, so that a whole test lies in one place of memory: first
 * how many words of bits follow, or below zero how many numbers, rising.
 */
export function writeNumberSet(numbers: readonly number[]): readonly number[] {
  const rising = [...new Set(numbers)].sort((a, b) => a - b);
  const words = ((rising.at(-1) ?? 0) >> 5) + 1;
  if (words > rising.length) return [-rising.length, ...rising];
  const bits = new Array<number>(words).fill(0);
  for (const number of rising) bits[number >> 5] = (bits[number >> 5] as number) | (1 << (number & 31));
  return [words, ...bits];
}

/** Whether a number is in the set that was written at a place. */
export function isInNumberSet(code: Int32Array, at: number, number: number): boolean {
  const size = code[at] as number;
  if (size >= 0) {
    const word = number >> 5;
    return word < size && (((code[at + 1 + word] as number) >>> (number & 31)) & 1) === 1;
  }
  let from = at + 1;
  let to = at - size;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((code[middle] as number) < number) from = middle + 1;
    else to = middle;
  }
  return code[from] === number;
}
