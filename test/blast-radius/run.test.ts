import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

it('lets a legitimate night pass and stops a ruinous rule within the budget, with the very bundle', () => {
  const { status, stdout } = spawnSync(process.execPath, ['test/blast-radius/run.ts', '1500'], {
    cwd: ROOT,
    encoding: 'utf8',
  });

  console.info(stdout);
  expect(status).toBe(0);
}, 300_000);
