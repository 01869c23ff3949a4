import type { Runs } from './candidates/literals.ts';

/**
 * Makes the test whether a text begins with the first run of an alternative, ends with its last, and has its others in
 * between, in their order. Expressions on ids list names in their midst: what all alternatives begin with is looked for
 * once, and where they part, only those are tried that go on as the text does.
 */
export function runsTestOf(alternatives: readonly Runs[]): (text: string) => boolean {
  const shared = sharedRuns(alternatives);
  const tails = alternatives.map((runs) => runs.slice(shared.length));
  const stem = commonPrefixOf(tails);
  if (shared.length > 0 && stem !== '' && tails.every(({ length }) => length === 2))
    return partingTest(shared, stem, tails as readonly Runs[] as readonly Tail[]);
  const prefix = commonPrefixOf(alternatives);
  return (text) => text.startsWith(prefix) && alternatives.some((runs) => hasRuns(text, runs));
}

/** What an alternative has of its own: a run somewhere, and how it ends. */
type Tail = readonly [run: string, last: string];

/**
 * Each place where the alternatives could go on, which is wherever the stem of their runs stands, is looked at once: the
 * time it takes grows with the text and no faster.
 */
function partingTest(shared: Runs, stem: string, tails: readonly Tail[]): (text: string) => boolean {
  const atStem = tails.filter(([run]) => run === stem);
  const byNext = new Map<number, Tail[]>();
  for (const tail of tails.filter(([run]) => run !== stem)) {
    const next = tail[0].charCodeAt(stem.length);
    byNext.set(next, [...(byNext.get(next) ?? []), tail]);
  }
  return (text) => {
    const from = endOf(shared, text);
    let at = from === -1 ? -1 : text.indexOf(stem, from);
    while (at !== -1) {
      if (goesOn(text, at, atStem)) return true;
      if (goesOn(text, at, byNext.get(text.charCodeAt(at + stem.length)) ?? NONE)) return true;
      at = text.indexOf(stem, at + 1);
    }
    return false;
  };
}

const NONE: readonly Tail[] = [];

/** Whether the text goes on at a place with one of the tails. */
function goesOn(text: string, at: number, tails: readonly Tail[]): boolean {
  for (const [run, last] of tails)
    if (at + run.length <= text.length - last.length && text.startsWith(run, at) && text.endsWith(last))
      return true;
  return false;
}

/** The runs that all alternatives begin with; the last one of an alternative is not among them. */
function sharedRuns(alternatives: readonly Runs[]): Runs {
  const first = alternatives[0] as Runs;
  const most = Math.min(...alternatives.map(({ length }) => length)) - 1;
  let count = 0;
  while (count < most && alternatives.every((runs) => runs[count] === first[count])) count += 1;
  return first.slice(0, count);
}

/** Where a text goes on after runs that it begins with and then has as far to the left as can be; -1 where it has not. */
function endOf(runs: Runs, text: string): number {
  const first = runs[0] as string;
  if (!text.startsWith(first)) return -1;
  let at = first.length;
  for (let i = 1; i < runs.length; i += 1) {
    const run = runs[i] as string;
    const found = text.indexOf(run, at);
    if (found === -1) return -1;
    at = found + run.length;
  }
  return at;
}

/** Whether a text begins with the first run, ends with the last, and has the others in between, in their order. */
function hasRuns(text: string, runs: Runs): boolean {
  const last = runs.length - 1;
  const first = runs[0] as string;
  if (last === 0) return text === first;
  const end = text.length - (runs[last] as string).length;
  let at = first.length;
  if (at > end || !text.startsWith(first) || !text.endsWith(runs[last] as string)) return false;
  for (let i = 1; i < last; i += 1) {
    const run = runs[i] as string;
    const found = text.indexOf(run, at);
    if (found === -1 || found + run.length > end) return false;
    at = found + run.length;
  }
  return true;
}

/** What the first runs of all begin with. */
function commonPrefixOf(alternatives: readonly Runs[]): string {
  return alternatives.map((runs) => runs[0] as string).reduce(commonPrefix);
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
