import type { FactSlots } from './fact-slots.ts';
import { type Bucket, type IndexNode, type Lookup, nodeOf } from './index-tree.ts';
import { type Catalogue, searchIn } from './search.ts';

/*
 * A node is a stretch of one array of integers: how many rules are to be looked at in any case, those rules, how many
 * lookups follow, and the lookups one after another. A lookup is its operation, the slot it looks at, the size of what
 * comes next, and its cells; a cell leads on to a node. Objects say the same, but an index of many rules is larger than
 * a processor's caches, and each object lies somewhere else.
 */
const VALUE = 0;
const ITEM = 1;
/** Added where the numbers lie far apart: they stand before the cells, rising, instead of being places among them. */
const SPARSE = 2;
const TEXT = 4;
const TEXT_OF_ITEM = 5;
const HEAD = 3;
/** More room than this for each cell, and numbers are searched instead. */
const MOST_ROOM = 16;

/** In a cell: nothing there. Above it stands where a node is; below it the number of a bucket whose node is not made yet. */
const NOTHING = 0;

/** Says which rules an index leads to, for the subject that the slots are turned to; a rule may be named repeatedly. */
export function createIndexWalk(
  root: IndexNode,
  slots: FactSlots,
  consider: (rule: number) => void,
): () => void {
  // No node stands at 0.
  let code = new Int32Array(1_024);
  let length = 1;
  const buckets: (Bucket | null)[] = [];
  const catalogues: Catalogue<number>[] = [];

  const append = (numbers: readonly number[]): number => {
    if (length + numbers.length > code.length) {
      const grown = new Int32Array(2 * (length + numbers.length));
      grown.set(code);
      code = grown;
    }
    code.set(numbers, length);
    length += numbers.length;
    return length - numbers.length;
  };
  const cellOf = (bucket: Bucket): number => -buckets.push(bucket);
  const write = ({ always, lookups }: IndexNode): number => {
    // What catalogues point at has to be in place before the node.
    const written = lookups.map(writeLookup);
    const numbers = [always.length, ...always, lookups.length];
    for (const lookup of written) for (const number of lookup) numbers.push(number);
    return append(numbers);
  };
  const writeLookup = ({ slot, ofItem, catalogue }: Lookup): readonly number[] => {
    if (catalogue.kind !== 'value') {
      const cells = new Map([...catalogue.groups].map(([key, bucket]) => [key, append([cellOf(bucket)])]));
      const place = catalogues.push({ ...catalogue, groups: cells }) - 1;
      return [ofItem ? TEXT_OF_ITEM : TEXT, slot, 1, place];
    }
    const filed = [...(catalogue.groups as ReadonlyMap<number, Bucket>)].sort(([a], [b]) => a - b);
    const [last] = filed.at(-1) as [number, Bucket];
    const end = last + 1;
    const operation = ofItem ? ITEM : VALUE;
    if (end > MOST_ROOM * (filed.length + 1)) {
      const cells = filed.map(([, bucket]) => cellOf(bucket));
      return [operation + SPARSE, slot, 2 * filed.length, ...filed.map(([number]) => number), ...cells];
    }
    const cells = new Array<number>(end).fill(NOTHING);
    for (const [number, bucket] of filed) cells[number] = cellOf(bucket);
    return [operation, slot, end, ...cells];
  };

  const enter = (cell: number): void => {
    let node = code[cell] as number;
    if (node === NOTHING) return;
    if (node < NOTHING) {
      node = write(nodeOf(buckets[-node - 1] as Bucket, slots));
      // Its entries, with all their literals, would only lie about.
      buckets[-(code[cell] as number) - 1] = null;
      code[cell] = node;
    }
    visit(node);
  };
  const visit = (node: number): void => {
    let at = node + 1;
    for (const end = at + (code[node] as number); at < end; at += 1) consider(code[at] as number);
    let left = code[at] as number;
    for (at += 1; left > 0; left -= 1) {
      lookUp(at);
      at += HEAD + (code[at + 2] as number);
    }
  };
  const lookUp = (at: number): void => {
    const operation = code[at] as number;
    const slot = code[at + 1] as number;
    if (operation >= TEXT) {
      lookUpTexts(operation, slot, catalogues[code[at + HEAD] as number] as Catalogue<number>);
    } else if ((operation & ITEM) === 0) {
      enterNumber(at, slots.valueNumber(slot));
    } else {
      // Tests compiled meanwhile may number further items: what was behind then stays behind, so none is passed over.
      for (let item = 0; item < slots.itemCount(slot); item += 1)
        enterNumber(at, slots.itemNumber(slot, item));
    }
  };
  const lookUpTexts = (operation: number, slot: number, catalogue: Catalogue<number>): void => {
    const value = slots.read(slot);
    if (operation === TEXT) searchIn(catalogue, value, enter);
    else if (Array.isArray(value)) for (const item of value) searchIn(catalogue, item, enter);
  };
  const enterNumber = (at: number, number: number): void => {
    const size = code[at + 2] as number;
    const from = at + HEAD;
    if (((code[at] as number) & SPARSE) === 0) {
      if (number < size) enter(from + number);
      return;
    }
    const count = size >> 1;
    let first = 0;
    for (let end = count; first < end; ) {
      const middle = (first + end) >> 1;
      if ((code[from + middle] as number) < number) first = middle + 1;
      else end = middle;
    }
    if (first < count && code[from + first] === number) enter(from + count + first);
  };

  const start = write(root);
  return () => visit(start);
}
