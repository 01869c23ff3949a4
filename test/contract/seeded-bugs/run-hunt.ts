import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Hunt } from './hunt.ts';
import type { SeededBug } from './seeded-bug.ts';

const COPIED = ['lib', 'package.json', 'test/contract', 'test/reference'];
/** The machines of CI have two cores. */
const AT_ONCE = 2;

/** Where a hunt takes place: what is copied beside the usual, where bugs are seeded, and what hunts. */
export interface HuntingGround {
  readonly copied: readonly string[];
  readonly base: string;
  readonly script: string;
}

const INDEX: HuntingGround = {
  copied: [],
  base: 'lib/rules/engine',
  script: 'test/contract/seeded-bugs/hunt.ts',
};

/** Hunts for each bug in turn, and where `null` stands for one where there is none. */
export async function huntForAll(
  root: string,
  bugs: readonly (SeededBug | null)[],
  seed: number,
  ground: HuntingGround = INDEX,
): Promise<readonly Hunt[]> {
  const hunts: Hunt[] = [];
  const waiting = [...bugs.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, bug] = next;
      hunts[place] = await huntIn(root, bug, seed, ground);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return hunts;
}

/**
 * Hunts in a copy of the code, with a bug where one is given, in a process of its own. Throws where the text that the
 * bug takes the place of does not stand in its file exactly once: the code has changed, and the bug has to follow.
 */
async function huntIn(
  root: string,
  bug: SeededBug | null,
  seed: number,
  ground: HuntingGround,
): Promise<Hunt> {
  const copy = mkdtempSync(join(tmpdir(), 'seeded-bug-'));
  try {
    for (const path of [...COPIED, ...ground.copied])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    if (bug !== null) seedBug(join(copy, ground.base, bug.file), bug);
    const script = join(copy, ground.script);
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
