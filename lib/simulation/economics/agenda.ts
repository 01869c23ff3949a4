/** Things that are to happen, taken out in the order of their time; at one time, in the order they were put in. */
export interface Agenda<T> {
  readonly put: (atMs: number, what: T) => void;
  readonly next: () => { readonly atMs: number; readonly what: T } | undefined;
}

interface Entry<T> {
  readonly atMs: number;
  readonly turn: number;
  readonly what: T;
}

/** A binary heap: a stream has tens of thousands of events, and each is put in and taken out once. */
export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let turns = 0;

  function put(atMs: number, what: T): void {
    const entry = { atMs, turn: turns++, what };
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  function next(): Entry<T> | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const right = heap[2 * at + 2];
      let child = 2 * at + 1;
      let below = heap[child];
      if (right !== undefined && below !== undefined && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (below === undefined || !isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  return { put, next };
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.atMs === b.atMs ? a.turn < b.turn : a.atMs < b.atMs;
}
