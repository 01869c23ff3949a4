import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { startMovedClock } from './moved-clock.ts';

const PRELOAD = fileURLToPath(new URL('live-by-moved-clock.ts', import.meta.url));
const MINUTE_MS = 60_000;
const MachineDate = Date;
const dir = mkdtempSync(join(tmpdir(), 'moved-clock-'));

afterEach(() => {
  globalThis.Date = MachineDate;
  rmSync(dir, { recursive: true });
});

it('is the time of this process and of those that read the same file, whenever it is moved', () => {
  const file = join(dir, 'clock');
  const moveTo = startMovedClock(file);
  const elsewhere = () => {
    const { stdout } = spawnSync(process.execPath, ['--import', PRELOAD, '-p', 'Date.now()'], {
      env: { CLOCK_FILE: file },
      encoding: 'utf8',
    });
    return Number(stdout);
  };

  for (const day of ['2031-02-03T12:00:00.000Z', '2031-02-04T00:00:00.000Z']) {
    moveTo(Date.parse(day));

    for (const now of [Date.now(), Date.parse(new Date().toISOString()), elsewhere()]) {
      expect(now).toBeGreaterThanOrEqual(Date.parse(day));
      expect(now).toBeLessThan(Date.parse(day) + MINUTE_MS);
    }
  }
  expect(new Date(0)).toBeInstanceOf(Date);
  expect(new Date(2026, 0).getFullYear()).toBe(2026);
});
