import { readArguments, USAGE } from './arguments.ts';
import { changedSince } from './changed-files.ts';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants.ts';
import { mutate } from './mutate.ts';
import { faultsOf, type Score, scoreOf } from './score.ts';

/** `npm run mutate`: progress on stderr, scores on stdout. Exit code 1 for a score that does not do, 2 for wrong use. */
async function run(): Promise<number> {
  const command = readArguments(process.argv.slice(2), changedSince);
  if (command.kind === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command.kind === 'wrong') {
    process.stderr.write(`${command.message}\n\n${USAGE}`);
    return 2;
  }
  if (command.runs.length === 0)
    process.stderr.write('Nothing that is mutated differs from that revision.\n');
  const rows = ['| area | mutants | killed | timed out | crashed | equivalent | survived | score |'];
  rows.push('|---|---:|---:|---:|---:|---:|---:|---:|');
  let good = true;
  for (const { area, files, whole } of command.runs) {
    const tried = await mutate(area, files, command.concurrency);
    const listed = EQUIVALENT_MUTANTS.filter(({ file }) => tried.some((mutant) => mutant.file === file));
    const score = scoreOf(tried, listed);
    rows.push(row(area, score));
    for (const { file, lineNumber, line, from, to } of score.survived)
      process.stdout.write(`${file}:${lineNumber}: ${line}\n  ${short(from)} → ${short(to)}\n`);
    for (const fault of faultsOf(score, whole)) {
      good = false;
      process.stdout.write(`${area}: ${fault}\n`);
    }
  }
  process.stdout.write(`\n${rows.join('\n')}\n`);
  return good ? 0 : 1;
}

function row(area: string, score: Score): string {
  const { mutants, killed, timedOut, crashed, equivalent, survived, percent } = score;
  // Never rounded up: 94.99 is not 95.
  const shown = `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
  return `| ${[area, mutants, killed, timedOut, crashed, equivalent, survived.length, shown].join(' | ')} |`;
}

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 160 ? `${flat.slice(0, 159)}…` : flat;
}

process.exitCode = await run();
