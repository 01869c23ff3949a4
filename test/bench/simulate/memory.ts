import { rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { simulateArguments, WRITE_FINDINGS } from './programs.ts';
import { writeRules } from './rules-folder.ts';
import { runProgram } from './run-program.ts';

/** The most memory one run held. */
export interface MemoryFigures {
  readonly findings: number;
  readonly bytes: number;
  readonly rules: number;
  readonly workers: number;
  readonly peakRssBytes: number;
}

const SIZES_BYTES = [100e6, 2e9] as const;
const RULES = 100;
const WORKERS = [1, 2] as const;
/** What may be left of the disk while the findings lie there. */
const SPARE_BYTES = 1e9;

/** Whether the folder's disk has room for the largest file of findings. */
export function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > Math.max(...SIZES_BYTES) + SPARE_BYTES;
}

/**
 * Peak memory of `triage simulate` for 100 MB and 2 GB of findings. Both numbers of workers run side by side: nothing
 * is timed here. Files lie in the folder while they are read.
 */
export async function measureMemory(
  folder: string,
  progress: (text: string) => void,
): Promise<readonly MemoryFigures[]> {
  const rules = join(folder, 'rules-of-memory');
  writeRules(rules, RULES);
  const figures: MemoryFigures[] = [];
  for (const size of SIZES_BYTES) {
    const file = join(folder, `memory-${size}.ndjson`);
    progress(`memory: writing ${size / 1e6} MB of findings`);
    await runProgram([WRITE_FINDINGS, file, String(size)]);
    progress(`memory: deciding ${size / 1e6} MB of findings`);
    const runs = await Promise.all(
      WORKERS.map((workers) => runProgram(simulateArguments(file, rules, workers))),
    );
    for (const [at, { spent, stdout }] of runs.entries()) {
      const { findings } = JSON.parse(stdout) as { readonly findings: { readonly read: number } };
      const [bytes, workers] = [statSync(file).size, WORKERS[at] ?? 1];
      figures.push({
        findings: findings.read,
        bytes,
        rules: RULES,
        workers,
        peakRssBytes: spent.peakRssBytes,
      });
    }
    rmSync(file);
  }
  return figures;
}
