import { writeFileSync } from 'node:fs';
import { readArguments, USAGE } from './arguments.ts';
import { endChildren } from './child.ts';
import { measurePeers } from './peers-run.ts';
import { tablesOf } from './report/tables.ts';
import { writeTables } from './report/write-markdown.ts';
import { measureSimulate } from './simulate/measure-simulate.ts';
import { simulateTables, thisMachine } from './simulate/tables.ts';
import { measureVersions, versionsTable } from './versions/versions-run.ts';
import { checkOut, type Version } from './versions/worktree.ts';

/** `npm run bench`: progress on stderr, tables on stdout. Exit code 1 for a failed comparison, 2 for wrong use. */

const checkedOut: Version[] = [];

function clearUp(): void {
  endChildren();
  for (const version of checkedOut) version.remove();
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => {
    clearUp();
    process.exit(code);
  });

const progress = (text: string) => void process.stderr.write(`${text}\n`);

async function run(): Promise<number> {
  const command = readArguments(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'wrong':
      return refuse(command.message);
    case 'peers': {
      const figures = await measurePeers(command, progress);
      const tables = tablesOf(figures, command.quick);
      process.stdout.write(`${Object.values(tables).join('\n\n')}\n`);
      if (command.json !== undefined) writeFileSync(command.json, `${JSON.stringify(figures, null, 2)}\n`);
      if (command.markdown !== undefined) writeTables(command.markdown, tables);
      if (command.skipSimulate) return 0;
      const { sizes, quick } = command;
      const simulated = await measureSimulate({ sizes, quick, skipLarge: quick, skipSpeed: false }, progress);
      const ofSimulate = simulateTables(simulated, thisMachine());
      process.stdout.write(`\ntriage simulate, end to end\n\n${Object.values(ofSimulate).join('\n\n')}\n`);
      return 0;
    }
    case 'versions': {
      for (const ref of command.refs) {
        const version = checkOut(ref);
        if ('kind' in version) return refuse(version.message);
        checkedOut.push(version);
      }
      const [one, two] = checkedOut;
      if (one === undefined || two === undefined) throw new Error('Two versions were to be checked out.');
      const figures = await measureVersions([one, two], command, progress);
      process.stdout.write(`${versionsTable([one, two], figures)}\n`);
      if (command.json !== undefined) writeFileSync(command.json, `${JSON.stringify(figures, null, 2)}\n`);
      return 0;
    }
  }
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n\n${USAGE}`);
  return 2;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  clearUp();
}
