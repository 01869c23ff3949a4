import type { Ruleset } from '../../rules/ruleset.ts';
import type { Block, ReadFault } from '../read/block.ts';
import type { Source } from '../read/find-sources.ts';
import { readBlocks } from '../read/read-blocks.ts';
import { type Counted, createTally, type Tally } from '../tally/tally.ts';
import { type Crew, type DecidedByOne, hireCrew } from './crew.ts';
import { type DecisionsFile, openDecisions } from './decisions-file.ts';

export interface CountingSettings {
  readonly ruleset: Ruleset;
  readonly base: Ruleset | null;
  readonly nowMs: number;
  /** Whether verdicts tell of suppressions. */
  readonly withSuppressions: boolean;
  /** Threads that decide; with 1, this one does. The result is the same. */
  readonly workers: number;
  /** Path of a file with one line a finding; null for none. */
  readonly decisions: string | null;
  /** Aborted to have what was counted by then. */
  readonly signal: AbortSignal;
  /** Bytes as they lie on disk, and findings, read so far. */
  readonly onProgress: (bytes: number, findings: number) => void;
}

/**
 * Decides all findings of the sources as the deployed function would, sends nothing, and counts. Memory does not
 * depend on the size of the input but for some 50 bytes a finding.
 */
export async function countFindings(
  sources: readonly Source[],
  { workers, decisions, signal, onProgress, ...settings }: CountingSettings,
): Promise<Counted> {
  const file = decisions === null ? null : openDecisions(decisions);
  const { ruleset, base, nowMs, withSuppressions } = settings;
  const deciding = { ruleset, base, nowMs, withSuppressions, withLines: file !== null };
  const crew = hireCrew(deciding, workers);
  const tally = createTally();
  let bytes = 0;
  const blocks = readAll(sources, (more) => {
    bytes += more;
  });
  try {
    for await (const one of decideInOrder(untilAborted(blocks, signal), crew)) {
      addTo(tally, one, file);
      onProgress(bytes, tally.read());
    }
  } catch (error) {
    file?.abandon();
    throw error;
  } finally {
    await crew.dismiss();
  }
  await file?.close(tally);
  return tally.counted();
}

async function* readAll(
  sources: readonly Source[],
  onRead: (bytes: number) => void,
): AsyncGenerator<Block | ReadFault, void> {
  for (const source of sources) yield* readBlocks(source, onRead);
}

/** The same until the signal comes; it does not wait for a pipe that says nothing. */
async function* untilAborted<T>(
  items: AsyncGenerator<T, void>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  while (!signal.aborted) {
    // A promise for each item: one for all would keep every item it was ever raced with.
    const { promise: aborted, resolve } = Promise.withResolvers<null>();
    const stop = () => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    const next = await Promise.race([items.next(), aborted]);
    signal.removeEventListener('abort', stop);
    if (next === null || next.done) return;
    yield next.value;
  }
}

/** Has blocks decided, several at once, and gives them back in their order. */
async function* decideInOrder(
  blocks: AsyncGenerator<Block | ReadFault, void>,
  crew: Crew,
): AsyncGenerator<DecidedByOne | ReadFault, void> {
  const underway: Promise<DecidedByOne | ReadFault>[] = [];
  for await (const block of blocks) {
    const decided = block.kind === 'fault' ? Promise.resolve(block) : crew.decide(block);
    // Told where it is awaited, which may be later than it happens.
    decided.catch(() => {});
    underway.push(decided);
    const first = underway.length >= crew.width ? underway.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const decided of underway) yield await decided;
}

function addTo(tally: Tally, one: DecidedByOne | ReadFault, file: DecisionsFile | null): void {
  if ('kind' in one) tally.addFault(one);
  else {
    tally.addBlock(one.block, one.decider);
    file?.write(one.block.lines);
  }
}
