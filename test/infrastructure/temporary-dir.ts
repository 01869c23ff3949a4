import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
});

/** A new folder outside the repository, removed when the test file that asked for it is done. */
export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'securityhub-triage-'));
  made.push(dir);
  return dir;
}
