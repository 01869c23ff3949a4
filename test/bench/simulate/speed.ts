import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateFindingLines } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';
import { figuresOf, type Round, type SizeFigures } from './figures.ts';
import { PARSE_LINES, simulateArguments, WRITE_FINDINGS } from './programs.ts';
import { writeChangedRules } from './rules-folder.ts';
import { runProgram } from './run-program.ts';

/** What is run at each number of rules. With `--base` every finding is decided twice. */
const RUNS = [
  { run: '--workers 1', workers: 1, base: undefined },
  { run: '--workers 2', workers: 2, base: undefined },
  { run: '--workers 1 --base', workers: 1, base: 'HEAD' },
] as const;
const FULL = { rounds: 3, bytes: 50e6 };
const QUICK = { rounds: 1, bytes: 10e6 };

/** Measures every number of rules, one process after the other, by turns. Files lie in the folder. */
export async function measureSpeed(
  folder: string,
  { sizes, quick }: { readonly sizes: readonly number[]; readonly quick: boolean },
  progress: (text: string) => void,
): Promise<readonly SizeFigures[]> {
  const { rounds, bytes } = quick ? QUICK : FULL;
  const findings = join(folder, 'findings.ndjson');
  progress(`writing ${bytes / 1e6} MB of findings`);
  await runProgram([WRITE_FINDINGS, findings, String(bytes)]);
  const count = Number((await runProgram([PARSE_LINES, findings])).stdout);
  const start = writeStart(join(folder, 'start'));
  for (const size of sizes) writeChangedRules(join(folder, `rules-${size}`), size);
  const taken = new Map<number, Round[]>(sizes.map((size) => [size, []]));
  for (let round = 1; round <= rounds; round += 1)
    for (const [size, ofSize] of taken) {
      progress(`round ${round} of ${rounds}: ${size} rules`);
      ofSize.push(await takeRound({ findings, start, rules: join(folder, `rules-${size}`), count }));
    }
  return [...taken].map(([size, ofSize]) => figuresOf(size, count, ofSize));
}

/**
 * A folder of as many files as workers, with a finding each: every file is a block of its own, so that each worker has
 * something to compile the rules for, and deciding is next to nothing.
 */
function writeStart(folder: string): readonly string[] {
  mkdirSync(folder);
  return generateFindingLines(FINDINGS_SEED, Math.max(...RUNS.map(({ workers }) => workers))).map(
    (line, at) => {
      const file = join(folder, `${at}.ndjson`);
      writeFileSync(file, `${line}\n`);
      return file;
    },
  );
}

interface Work {
  readonly findings: string;
  /** Files of one finding, in one folder. */
  readonly start: readonly string[];
  readonly rules: string;
  readonly count: number;
}

async function takeRound({ findings, start, rules, count }: Work): Promise<Round> {
  const startFolder = join(start[0] ?? '', '..');
  const bound = {
    start: (await runProgram([PARSE_LINES, ...start])).spent,
    whole: (await runProgram([PARSE_LINES, findings])).spent,
  };
  const runs: Round['runs'][number][] = [];
  const loadings: number[] = [];
  for (const { run, workers, base } of RUNS) {
    const begun = await runProgram(simulateArguments(startFolder, rules, workers, base));
    const whole = await runProgram(simulateArguments(findings, rules, workers, base));
    requireAllRead(whole.stdout, count);
    loadings.push(loadingMs(begun.stderr), loadingMs(whole.stderr));
    runs.push({ run, turn: { start: begun.spent, whole: whole.spent } });
  }
  return { bound, runs, loadingMs: loadings.reduce((sum, ms) => sum + ms, 0) / loadings.length };
}

/** A run that left findings out would look fast. */
function requireAllRead(report: string, count: number): void {
  const { findings } = JSON.parse(report) as { readonly findings: { readonly read: number } };
  if (findings.read !== count) throw new Error(`Simulate read ${findings.read} of ${count} findings.`);
}

/** Told by `--verbose`. */
function loadingMs(stderr: string): number {
  const [, seconds] = /^loading the rules: ([\d.]+) s$/m.exec(stderr) ?? [];
  if (seconds === undefined)
    throw new Error(`Nothing was told of loading the rules: ${stderr.slice(0, 300)}`);
  return Number(seconds) * 1_000;
}
