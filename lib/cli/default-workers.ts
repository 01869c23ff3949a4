import { InvalidArgumentError, Option } from 'commander';
import type { Source } from '../simulation/read/find-sources.ts';

/** What one thread decides in some seconds; each further one compiles the rules and warms up by itself. */
const WORTH_THREADS_BYTES = 200_000_000;
const MOST_THREADS = 4;
/** What findings shrink to in gzip. */
const GZIP_RATIO = 10;

/**
 * How many threads decide where nobody says it: one for little input, else one a core but for the core of the thread
 * that reads and counts. With two cores that is one: two threads would share what one can have, and compute more.
 */
export function defaultWorkers(sources: readonly Source[], cores: number): number {
  const bytes = sources.reduce(
    (sum, { name, bytes: size }) => sum + (size ?? 0) * (name.endsWith('.gz') ? GZIP_RATIO : 1),
    0,
  );
  return bytes < WORTH_THREADS_BYTES ? 1 : Math.max(1, Math.min(cores - 1, MOST_THREADS));
}

export const workersOption = () =>
  new Option('--workers <n>', 'threads to decide in (default: by size of the input and cores)').argParser(
    (text) => {
      if (/^[1-9]\d?$/.test(text)) return Number(text);
      throw new InvalidArgumentError('Not a number of threads from 1 to 99.');
    },
  );
