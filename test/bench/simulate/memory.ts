import { rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { simulateArguments, WRITE_FINDINGS, WRITE_SMALL_FINDINGS } from './programs.ts';
import { CROSSED_RULES, writeCrossedRules, writeRules, writeWideRule } from './rules-folder.ts';
import { runProgram } from './run-program.ts';

/** The most memory one run held. */
export interface MemoryFigures {
  /** What was decided. */
  readonly work: string;
  readonly findings: number;
  readonly bytes: number;
  readonly rules: number;
  readonly workers: number;
  readonly peakRssBytes: number;
}

const SIZES_BYTES = [100e6, 2e9] as const;
const RULES = 100;
const WORKERS = [1, 2] as const;
/** Each of an account and a day that no other has together. */
const WIDE_FINDINGS = 200_000;
/** Two of each pair of an account and a control. */
const CROSSED_FINDINGS = 120_000;
/** What may be left of the disk while the findings lie there. */
const SPARE_BYTES = 1e9;

/** Whether the folder's disk has room for the largest file of findings. */
export function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > Math.max(...SIZES_BYTES) + SPARE_BYTES;
}

/**
 * Peak memory of `triage simulate` for 100 MB and 2 GB of findings, for one wide rule, and for many that meet. Both
 * numbers of workers run side by side: nothing is timed here. Files lie in the folder while they are read.
 */
export async function measureMemory(
  folder: string,
  progress: (text: string) => void,
): Promise<readonly MemoryFigures[]> {
  const [rules, wide, crossed] = ['of-memory', 'wide', 'crossed'].map((name) =>
    join(folder, `rules-${name}`),
  ) as [string, string, string];
  writeRules(rules, RULES);
  writeWideRule(wide);
  writeCrossedRules(crossed);
  const figures: MemoryFigures[] = [];
  const measure = async (of: Work, write: readonly string[]) => {
    const file = join(folder, 'memory.ndjson');
    progress(`memory: writing ${of.name}`);
    await runProgram([write[0] ?? '', file, ...write.slice(1)]);
    progress(`memory: deciding ${of.name}`);
    figures.push(...(await peaksOf(file, of)));
    rmSync(file);
  };
  for (const bytes of SIZES_BYTES)
    await measure(
      { name: `${bytes / 1e6} MB of findings`, work: 'findings of every kind', rules, count: RULES },
      [WRITE_FINDINGS, String(bytes)],
    );
  const work = 'one rule hides all, each of another account or day; `--base`';
  await measure({ name: 'findings of one wide rule', work, rules: wide, count: 1, base: 'HEAD' }, [
    WRITE_SMALL_FINDINGS,
    ...[String(WIDE_FINDINGS), 'wide'],
  ]);
  for (const base of [undefined, 'HEAD']) {
    const pairs = `rules for 200 accounts and 300 controls: 60,000 pairs of them match${base ? '; `--base`' : ''}`;
    await measure(
      {
        ...{ name: 'findings of crossed rules', work: pairs, rules: crossed, count: CROSSED_RULES },
        ...(base && { base }),
      },
      [WRITE_SMALL_FINDINGS, String(CROSSED_FINDINGS), 'crossed'],
    );
  }
  return figures;
}

interface Work {
  /** For the progress. */
  readonly name: string;
  readonly work: string;
  readonly rules: string;
  readonly count: number;
  readonly base?: string;
}

async function peaksOf(file: string, { work, rules, count, base }: Work): Promise<readonly MemoryFigures[]> {
  const runs = await Promise.all(
    WORKERS.map((workers) => runProgram(simulateArguments(file, rules, workers, base))),
  );
  return runs.map(({ spent, stdout }, at) => {
    const { findings } = JSON.parse(stdout) as { readonly findings: { readonly read: number } };
    return {
      ...{ work, findings: findings.read, bytes: statSync(file).size, rules: count },
      ...{ workers: WORKERS[at] ?? 1, peakRssBytes: spent.peakRssBytes },
    };
  });
}
