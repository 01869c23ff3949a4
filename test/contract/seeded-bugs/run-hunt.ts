import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SeededBug } from './bugs.ts';
import type { Hunt } from './hunt.ts';

const COPIED = ['lib', 'package.json', 'test/contract', 'test/reference'];

/**
 * Hunts in a copy of the code, with a bug where one is given, in a process of its own. Throws where the text that the
 * bug takes the place of does not stand in its file exactly once: the code has changed, and the bug has to follow.
 */
export async function huntIn(root: string, bug: SeededBug | null, seed: number): Promise<Hunt> {
  const copy = mkdtempSync(join(tmpdir(), 'seeded-bug-'));
  try {
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    if (bug !== null) seedBug(join(copy, 'lib/rules/engine', bug.file), bug);
    const script = join(copy, 'test/contract/seeded-bugs/hunt.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(seed)]);
    return JSON.parse(stdout) as Hunt;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function seedBug(path: string, { says, file, from, to }: SeededBug): void {
  const source = readFileSync(path, 'utf8');
  const places = source.split(from).length - 1;
  if (places !== 1)
    throw new Error(`"${says}": ${JSON.stringify(from)} stands ${places} times in ${file}, not once.`);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
}
