import { readdirSync, readFileSync } from 'node:fs';

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: times are in ticks of 10 ms on every common Linux. */
const TICK_MS = 10;
const EVERY_MS = 20;
/** As Node 24 names them. */
const WORKER_NAME = 'WorkerThread';

/** What each thread of a process computed, in ms; nothing where there is no /proc. */
export interface ThreadTimes {
  /** The thread that the program began in. */
  readonly main: number;
  /** Threads that it started to run code of its own. */
  readonly workers: readonly number[];
  /** All others: they collect garbage, compile code, read files. */
  readonly helpers: number;
}

interface Seen {
  readonly name: string;
  readonly ms: number;
}

/**
 * Watches the threads of a process from outside, for a thread that is ended tells nothing any more. The function that
 * comes back stops that, and says how much each computed.
 */
export function watchThreads(pid: number): () => ThreadTimes | null {
  const seen = new Map<string, Seen>();
  const look = () => {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
        // The name of the thread comes first and may hold anything.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        seen.set(thread, { name, ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS });
      }
    } catch {
      // The process, or one of its threads, has just ended.
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return seen.size === 0 ? null : timesOf(pid, seen);
  };
}

/** What one would wait for on a machine where every thread has a core, in ms; NaN where nobody watched. */
export function busiestOf(threads: ThreadTimes | null): number {
  return threads === null ? Number.NaN : Math.max(threads.main, ...threads.workers);
}

function timesOf(pid: number, seen: ReadonlyMap<string, Seen>): ThreadTimes {
  const isMain = (thread: string) => thread === String(pid);
  const all = [...seen];
  const workers = all.filter(([thread, { name }]) => !isMain(thread) && name === WORKER_NAME);
  const helpers = all.filter(([thread, { name }]) => !isMain(thread) && name !== WORKER_NAME);
  return {
    main: seen.get(String(pid))?.ms ?? 0,
    workers: workers.map(([, { ms }]) => ms).sort((a, b) => b - a),
    helpers: helpers.reduce((sum, [, { ms }]) => sum + ms, 0),
  };
}
