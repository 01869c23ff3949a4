import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCommand } from './authors/measure-command.ts';
import { writeRulesFolder } from './authors/rules-folder.ts';
import { betweenMarkers } from './cold-start/between-markers.ts';

/*
 * npm run bench:authors [-- <rules>]: what linting and testing 1,000 rules takes, and what dominates it. Prints a table
 * and writes it into docs/performance.md. Another number of rules is printed alone.
 */
const RECORDED_COUNT = 1_000;
const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);
const LOADER = new URL('./authors/load.ts', import.meta.url).pathname;
const CLI = new URL('../../bin/triage.ts', import.meta.url).pathname;
const NOW = '2026-11-18T09:00:00Z';

const count = Number(process.argv[2] ?? RECORDED_COUNT);
if (!Number.isInteger(count) || count < 1) throw new Error(`${process.argv[2]} is no number of rules.`);

const folder = mkdtempSync(join(tmpdir(), 'triage-authors-'));
try {
  const rules = join(folder, 'rules');
  const cases = await writeRulesFolder(rules, count);
  console.error(`${count} rules, ${cases} cases`);
  const works: readonly (readonly [string, readonly string[]])[] = [
    ['loading alone', [LOADER, rules]],
    ['`triage lint`', [CLI, 'lint', '--rules', rules, '--now', NOW]],
    ['`triage test`', [CLI, 'test', '--rules', rules]],
    ['`triage test --coverage --mutate`', [CLI, 'test', '--coverage', '--mutate', '--rules', rules]],
  ];
  const rows: string[] = [];
  let loadingMs = 0;
  for (const [name, args] of works) {
    const { userMs, wallMs, areas, exitCode } = await measureCommand(args, folder);
    loadingMs ||= userMs;
    const dominant = areas.slice(0, 4).map(({ area, share }) => `${area} ${Math.round(share * 100)} %`);
    const cells = [seconds(userMs), seconds(wallMs), (userMs / loadingMs).toFixed(1), dominant.join(', ')];
    rows.push(`| ${[name, ...cells].join(' | ')} |`);
    console.error(`${rows.at(-1)} exit ${exitCode}`);
  }
  const machine = `Node ${process.version} on ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), shared with other work; ${count.toLocaleString('en')} rules, ${cases.toLocaleString('en')} cases.`;
  const table = [
    machine,
    '',
    '| work | user CPU s | wall s | times loading | what dominates (own time) |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
  console.log(table);
  if (count === RECORDED_COUNT)
    writeFileSync(DOCUMENT, betweenMarkers(readFileSync(DOCUMENT, 'utf8'), 'bench:authors', table));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
