import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import type { AreaName } from './areas.ts';
import type { TriedMutant } from './score.ts';

const FOLDER = 'out/mutation';

/** Of https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema what is read. */
interface FileReport {
  readonly source: string;
  readonly mutants: readonly {
    readonly location: { readonly start: Place; readonly end: Place };
    readonly replacement?: string;
    readonly status: string;
  }[];
}

interface Report {
  readonly files: Readonly<Record<string, FileReport>>;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Tries every mutant of the files with the tests of their area. What has not changed since the last run is taken
 * from there. Takes minutes to an hour; throws where the tests fail without any mutant.
 */
export async function mutate(
  area: AreaName,
  files: readonly string[],
  concurrency: number,
): Promise<readonly TriedMutant[]> {
  process.env.MUTATION_AREA = area;
  process.env.PROPERTY_RUNS ??= '400';
  forgetSurvivors(`${FOLDER}/${area}.incremental.json`);
  const stryker = new Stryker({
    mutate: [...files],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    // Stryker 10 cannot read a configuration of TypeScript 7: it is pointed at none, and checks no types.
    tsconfigFile: 'none.json',
    disableTypeChecks: true,
    checkers: [],
    concurrency,
    timeoutMS: 5_000,
    timeoutFactor: 2,
    incremental: true,
    incrementalFile: `${FOLDER}/${area}.incremental.json`,
    reporters: ['json', 'html', 'progress-append-only'],
    jsonReporter: { fileName: `${FOLDER}/${area}.json` },
    htmlReporter: { fileName: `${FOLDER}/${area}.html` },
    tempDirName: `${FOLDER}/sandboxes`,
    ignorePatterns: ['/out', '/coverage', '/cdk.out', '/docs/images'],
    allowConsoleColors: false,
  });
  await onStandardError(() => stryker.runMutationTest());
  const report: Report = JSON.parse(readFileSync(`${FOLDER}/${area}.json`, 'utf8'));
  return Object.entries(report.files)
    .filter(([file]) => files.some((pattern) => matchesGlob(file, pattern)))
    .flatMap(([file, tried]) => triedIn(file, tried));
}

/** Survivors are tried each time: of code that runs on import Stryker does not see that tests were added. */
function forgetSurvivors(file: string): void {
  if (!existsSync(file)) return;
  const report: Report = JSON.parse(readFileSync(file, 'utf8'));
  const files = Object.entries(report.files).map(([name, { mutants, ...rest }]) => [
    name,
    { ...rest, mutants: mutants.filter(({ status }) => status !== 'Survived' && status !== 'NoCoverage') },
  ]);
  writeFileSync(file, JSON.stringify({ ...report, files: Object.fromEntries(files) }));
}

/** Stryker writes its progress to standard output, which is for results. */
async function onStandardError<T>(run: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
}

/** The report's places count from 1; the end is the place behind. */
function triedIn(file: string, { source, mutants }: FileReport): readonly TriedMutant[] {
  const lines = source.split('\n');
  return mutants.map(({ location: { start, end }, replacement, status }) => {
    const within = lines.slice(start.line - 1, end.line);
    const from = within.map((line, i) => {
      const last = i === within.length - 1;
      return line.slice(i === 0 ? start.column - 1 : 0, last ? end.column - 1 : undefined);
    });
    return {
      file,
      line: (within[0] ?? '').trim(),
      lineNumber: start.line,
      from: from.join('\n'),
      to: replacement ?? '',
      status,
    };
  });
}
