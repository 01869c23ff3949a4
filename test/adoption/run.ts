/**
 * A team's first day and second month, on the local account: `npm run adoption -- [findings]`, 100,000 unless given.
 * The very bundle decides; the sweep is its own code in this process (swept-account.ts). Findings that exist already,
 * some natively decided, some touched by persons; native rules imported; observed; enforced; one rule lapsed by the
 * calendar alone, in the deployment that enforced it; later another one removed. Exit code 1 unless every state is what
 * an independent reference says and nothing of a person's is changed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../lib/findings/finding.ts';
import { table } from '../bench/report/tables.ts';
import { type Course, faultsOf } from './faults.ts';
import { existingFindings } from './findings.ts';
import { startMovedClock } from './moved-clock.ts';
import { makeRulesFolders } from './rules-folders.ts';
import { expectedOf, judgeStage, type Stage } from './stage.ts';
import { deploy } from './swept-account.ts';

const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;

const count = Number(process.argv[2] ?? 100_000);
const dir = mkdtempSync(join(tmpdir(), 'adoption-'));
try {
  const folders = makeRulesFolders(dir);
  const clockFile = join(dir, 'clock');
  const moveTo = startMovedClock(clockFile);
  const lastDayMs = Date.parse(folders.lastDay);
  const existing = existingFindings(count);
  let standing: readonly Finding[] = existing.map(({ finding }) => finding);

  /** Deploys, and sweeps step by step, at an instant where one is given; the next deployment finds what this one left. */
  const play = async (
    rulesDir: string,
    mode: 'observe' | 'enforce',
    steps: readonly { readonly name: string; readonly atMs?: number }[],
  ): Promise<readonly Stage[]> => {
    const { account, ruleset, sweep } = await deploy({ rulesDir, mode, dir, clockFile }, standing);
    try {
      const stages: Stage[] = [];
      for (const { name, atMs } of steps) {
        if (atMs !== undefined) moveTo(atMs);
        const expected = mode === 'observe' ? standing : expectedOf(standing, ruleset);
        const callsBefore = account.hub.calls().length;
        const stage = judgeStage(name, await sweep(), account, {
          before: standing,
          expected,
          existing,
          callsBefore,
        });
        stages.push(stage);
        standing = [...account.hub.findings()];
        console.error(`${name}: done`);
      }
      return stages;
    } finally {
      await account.close();
    }
  };

  const [observing] = await play(folders.imported, 'observe', [{ name: 'observed' }]);
  const [enforcing, again, lapsed] = await play(folders.imported, 'enforce', [
    { name: 'enforced' },
    { name: 'its last day', atMs: lastDayMs + NOON_MS },
    { name: 'the day after', atMs: lastDayMs + DAY_MS },
  ]);
  const [later, laterAgain] = await play(folders.later, 'enforce', [
    { name: 'another removed' },
    { name: 'that again' },
  ]);
  const course = { observing, enforcing, again, lapsed, later, laterAgain } as Course;
  print(course, existing.filter(({ persons }) => persons !== null).length);
  const faults = faultsOf(course);
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function print(course: Course, touched: number): void {
  const number = (value: number) => value.toLocaleString('en-US');
  console.log(`${number(count)} findings, ${number(touched)} of them touched by persons\n`);
  const titles = [
    'sweep',
    'read',
    'sent',
    'calls',
    'changed',
    'suppressed then',
    'not as the reference',
    "persons' overwritten",
    'dead letters',
  ];
  const rows = Object.values(course).map((stage: Stage) => [
    stage.name,
    number(stage.sweep.read),
    number(stage.sweep.sent),
    number(stage.calls),
    number(stage.changed),
    number(stage.suppressed),
    number(stage.differing.length),
    number(stage.overwritten.length),
    number(stage.deadLetters),
  ]);
  console.log(table(titles, rows));
}
