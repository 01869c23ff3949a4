import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bug, Edit } from './sabotage.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COPIED = ['lib', 'lambdas', 'package.json', 'test/fault-simulation', 'test/reference'];

/**
 * Runs a script of the fault simulation in a copy of the code with the bug in it, in a process of its own, and returns what it
 * prints as JSON. Throws where a text that the bug takes the place of does not stand in its file exactly once: the code
 * has changed, and the bug has to follow.
 */
export async function runSabotaged(
  { says, edits }: Bug,
  script: string,
  args: readonly (string | number)[],
): Promise<unknown> {
  const copy = mkdtempSync(join(tmpdir(), 'sabotage-'));
  try {
    for (const path of COPIED) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const edit of edits) apply(copy, edit, says);
    const file = join(copy, 'test/fault-simulation', script);
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args.map(String)]);
    return JSON.parse(stdout);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function apply(copy: string, { file, from, to }: Edit, says: string): void {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  const places = source.split(from).length - 1;
  if (places !== 1)
    throw new Error(`"${says}": ${JSON.stringify(from)} stands ${places} times in ${file}, not once.`);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
}
