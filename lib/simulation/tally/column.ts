type Numbers = Uint32Array | Float64Array;

/** A column of numbers that grows; a finding costs its width and no more. */
export interface Column {
  readonly length: () => number;
  readonly push: (value: number) => void;
  readonly at: (index: number) => number;
  readonly set: (index: number, value: number) => void;
}

const FIRST_CAPACITY = 1024;

export function createColumn(make: (capacity: number) => Numbers): Column {
  let values = make(FIRST_CAPACITY);
  let length = 0;
  return {
    length: () => length,
    push(value) {
      if (length === values.length) {
        const larger = make(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index) => values[index] ?? 0,
    set(index, value) {
      values[index] = value;
    },
  };
}
