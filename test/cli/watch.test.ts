import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createSurroundings, spawnTriage } from './triage.ts';

const surroundings = createSurroundings();
const { write, cwd } = surroundings;
afterAll(() => surroundings.remove());

const RULE = {
  name: 'example',
  owner: '@acme/secops',
  priority: 10,
  conditions: { all: [{ name: 'GuardDuty', fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};
const WRONG = JSON.stringify({ ...RULE, priority: -1 });
const CASES = [true, false].map((matches) => ({
  name: `${matches}`,
  finding: 's',
  with: matches ? {} : { ProductName: 'Inspector' },
  expect: { matches },
}));

function writeRules(folder: string): string {
  write(`${folder}/area/example.json`, JSON.stringify(RULE));
  const test = { rule: 'example', now: '2026-01-01T00:00:00Z', cases: CASES };
  write(`${folder}/area/example.test.json`, JSON.stringify(test));
  write(
    `${folder}/samples/s.json`,
    JSON.stringify({ Id: '1', ProductArn: 'arn:a', ProductName: 'GuardDuty' }),
  );
  return folder;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** A command in a process of its own, and what it has said so far. */
function watching(...args: readonly string[]) {
  const child = spawnTriage(surroundings, ['lint', '--watch', ...args]);
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const runs = () => said.stderr.split('\n').filter((line) => line.endsWith(', watching…'));
  /** The line that ends the run of this number, from 1. */
  const endOf = (run: number) =>
    expect.poll(() => runs()[run - 1], { timeout: 20_000, interval: 25 }).toBeDefined();
  running.push(child);
  return { child, said, ended, runs, endOf };
}

describe('triage lint --watch', () => {
  it('tells what a change broke, and that it was mended, until Ctrl-C', async () => {
    const folder = writeRules('mended');
    const { child, said, ended, runs, endOf } = watching('--rules', folder);

    await endOf(1);
    write(`${folder}/area/example.json`, WRONG);
    await endOf(2);
    write(`${folder}/area/example.json`, JSON.stringify(RULE));
    await endOf(3);
    child.kill('SIGINT');

    expect(await ended).toBe(130);
    expect(runs()).toEqual([
      'triage lint: 0 errors, watching…',
      'triage lint: 1 error, watching…',
      'triage lint: 0 errors, watching…',
    ]);
    expect(said.stdout).toMatch(/^mended.area.example\.json:1:\d+: error TR003 schema: .*\n$/);
    expect(said.stderr.split('\n').filter((line) => line === 'triage lint: checking…')).toHaveLength(3);
  });

  it('goes on where there is nothing to check, and notices when there is', async () => {
    const folder = writeRules('refilled');
    rmSync(join(cwd, folder, 'area'), { recursive: true });
    const { child, said, ended, runs, endOf } = watching('--rules', folder);

    await endOf(1);
    writeRules('refilled');
    await expect.poll(() => runs().at(-1), { timeout: 20_000 }).toBe('triage lint: 0 errors, watching…');
    child.kill('SIGINT');

    expect(await ended).toBe(130);
    expect(runs()[0]).toBe('triage lint: not checked, watching…');
    expect(said.stderr).toContain('There is no rule in this folder.');
  });

  it('waits for a folder that is missing or goes', async () => {
    const { child, ended, runs, endOf } = watching('--rules', 'late');

    await endOf(1);
    writeRules('late');
    await expect.poll(() => runs().at(-1), { timeout: 20_000 }).toBe('triage lint: 0 errors, watching…');
    rmSync(join(cwd, 'late'), { recursive: true });
    await expect.poll(() => runs().at(-1), { timeout: 20_000 }).toBe('triage lint: not checked, watching…');
    writeRules('late');
    await expect.poll(() => runs().at(-1), { timeout: 20_000 }).toBe('triage lint: 0 errors, watching…');
    child.kill('SIGINT');

    expect(await ended).toBe(130);
  });

  it('does not take its own reports for changes', async () => {
    const folder = writeRules('reports');
    const { child, ended, runs, endOf } = watching('--rules', folder, '-o', `json=${folder}/report.json`);

    await endOf(1);
    write(`${folder}/area/example.json`, WRONG);
    await endOf(2);
    await new Promise((quiet) => setTimeout(quiet, 500));
    child.kill('SIGINT');

    expect(await ended).toBe(130);
    expect(runs()).toHaveLength(2);
  });

  it('does not mend what somebody is typing', async () => {
    const { child, said, ended } = watching('--fix');

    expect(await ended).toBe(2);
    expect(child.exitCode).toBe(2);
    expect(said.stderr).toContain("'--watch' cannot be used with option '--fix'");
  });
});
