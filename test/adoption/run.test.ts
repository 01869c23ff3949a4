import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

it('brings existing findings to where the reference has them, whatever persons and native rules did', () => {
  const { status, stdout } = spawnSync(process.execPath, ['test/adoption/run.ts', '800'], {
    cwd: ROOT,
    encoding: 'utf8',
  });

  console.info(stdout);
  expect(status).toBe(0);
}, 600_000);
