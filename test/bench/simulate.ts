import { writeFileSync } from 'node:fs';
import { writeTables } from './report/write-markdown.ts';
import { readSimulateArguments, type SimulateBenchOptions, USAGE } from './simulate/arguments.ts';
import { measureSimulate } from './simulate/measure-simulate.ts';
import { simulateTables, thisMachine } from './simulate/tables.ts';

/** `npm run bench:simulate`: progress on stderr, tables on stdout. Exit code 1 where a run fails, 2 for wrong use. */

const progress = (text: string) => void process.stderr.write(`${text}\n`);

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

async function measure(options: SimulateBenchOptions): Promise<void> {
  const figures = await measureSimulate(options, progress);
  const tables = simulateTables(figures, thisMachine());
  process.stdout.write(`${Object.values(tables).join('\n\n')}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  if (options.markdown !== undefined) writeTables(options.markdown, tables);
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
