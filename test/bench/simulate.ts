import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTables } from './report/write-markdown.ts';
import { readSimulateArguments, type SimulateBenchOptions, USAGE } from './simulate/arguments.ts';
import { hasRoom, type MemoryFigures, measureMemory } from './simulate/memory.ts';
import { endPrograms } from './simulate/run-program.ts';
import { measureSpeed } from './simulate/speed.ts';
import { simulateTables } from './simulate/tables.ts';

/** `npm run bench:simulate`: progress on stderr, tables on stdout. Exit code 1 where a run fails, 2 for wrong use. */

const progress = (text: string) => void process.stderr.write(`${text}\n`);

async function measure(options: SimulateBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'triage-bench-simulate-'));
  const clearUp = () => {
    endPrograms();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      clearUp();
      process.exit(code);
    });
  try {
    const sizes = options.skipSpeed ? [] : await measureSpeed(folder, options, progress);
    const memory = options.skipLarge ? [] : await memoryIn(folder);
    const tables = simulateTables(sizes, memory);
    process.stdout.write(`${Object.values(tables).join('\n\n')}\n`);
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify({ sizes, memory }, null, 2)}\n`);
    if (options.markdown !== undefined) writeTables(options.markdown, tables);
  } finally {
    clearUp();
  }
}

async function memoryIn(folder: string): Promise<readonly MemoryFigures[]> {
  if (hasRoom(folder)) return measureMemory(folder, progress);
  progress(`memory: left out, for ${tmpdir()} has less than 3 GB free`);
  return [];
}

const command = readSimulateArguments(process.argv.slice(2));
switch (command.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'wrong':
    process.stderr.write(`${command.message}\n\n${USAGE}`);
    process.exitCode = 2;
    break;
  case 'measure':
    try {
      await measure(command);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
}
