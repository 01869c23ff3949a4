import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { simulateArguments, WRITE_FINDINGS } from './programs.ts';
import { writeRules } from './rules-folder.ts';
import { runProgram } from './run-program.ts';

/** What each thread computed over the same findings, start included. */
export interface ThreadFigures {
  readonly findings: number;
  readonly rules: number;
  readonly workers: number;
  readonly mainMs: number;
  /** Of threads that decide; none where the main thread does that too. */
  readonly decidingMs: readonly number[];
  readonly helpersMs: number;
}

const RUNS = [
  { rules: 100, workers: [1, 2, 3] },
  { rules: 1_000, workers: [1, 2] },
] as const;
const FULL_BYTES = 100e6;
const QUICK_BYTES = 10e6;

/** Runs one after the other; none where the system does not tell threads apart. */
export async function measureThreads(
  folder: string,
  quick: boolean,
  progress: (text: string) => void,
): Promise<readonly ThreadFigures[]> {
  const [file, bytes] = [join(folder, 'threads.ndjson'), quick ? QUICK_BYTES : FULL_BYTES];
  await runProgram([WRITE_FINDINGS, file, String(bytes)]);
  const figures: ThreadFigures[] = [];
  for (const { rules, workers: counts } of RUNS) {
    const rulesFolder = join(folder, `rules-of-threads-${rules}`);
    writeRules(rulesFolder, rules);
    for (const workers of counts) {
      progress(`threads: ${rules} rules, ${workers} workers`);
      const { spent, stdout } = await runProgram(simulateArguments(file, rulesFolder, workers));
      const { findings } = JSON.parse(stdout) as { readonly findings: { readonly read: number } };
      if (spent.threads === null) return [];
      const { main, workers: decidingMs, helpers } = spent.threads;
      figures.push({ findings: findings.read, rules, workers, mainMs: main, decidingMs, helpersMs: helpers });
    }
  }
  rmSync(file);
  return figures;
}
