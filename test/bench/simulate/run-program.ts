import { type ChildProcess, spawn } from 'node:child_process';
import { busiestOf, type ThreadTimes, watchThreads } from './watch-threads.ts';

/** What one run of a program took, from its start to its exit. */
export interface Spent {
  readonly wallMs: number;
  /** User and system, of all its threads. */
  readonly cpuMs: number;
  /** Of that, the thread that computed most; NaN where the system does not tell. */
  readonly busiestMs: number;
  readonly peakRssBytes: number;
  /** null where the system does not tell. */
  readonly threads: ThreadTimes | null;
}

export interface ProgramRun {
  readonly spent: Spent;
  readonly stdout: string;
  readonly stderr: string;
}

const SPENT = new URL('./spent.ts', import.meta.url).href;
const running = new Set<ChildProcess>();

/** Runs a Node program to its end. Rejects where it does not end with 0: what failed was not the work to measure. */
export async function runProgram(args: readonly string[]): Promise<ProgramRun> {
  const startMs = performance.now();
  const child = spawn(process.execPath, ['--no-warnings', '--import', SPENT, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  const stopWatching = watchThreads(child.pid ?? 0);
  const texts = Promise.all([1, 2, 3].map((at) => textOf(child, at)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const wallMs = performance.now() - startMs;
  running.delete(child);
  const threads = stopWatching();
  const [stdout = '', stderr = '', spent = ''] = await texts;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr.slice(0, 500)}`);
  const told = JSON.parse(spent) as Pick<Spent, 'cpuMs' | 'peakRssBytes'>;
  return { spent: { wallMs, busiestMs: busiestOf(threads), threads, ...told }, stdout, stderr };
}

/** Ends every program that is still running: an interrupted benchmark leaves none behind. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}

async function textOf(child: ChildProcess, at: number): Promise<string> {
  const chunks: Buffer[] = [];
  const stream = child.stdio[at];
  if (stream && 'read' in stream) for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
