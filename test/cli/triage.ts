import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('../../', import.meta.url));
export const RULES = join(APP, 'rules');

/** A folder that the command is called in, and a temporary folder of its own: what it leaves behind shows. */
export interface Surroundings {
  readonly cwd: string;
  readonly leftBehind: () => readonly string[];
  readonly write: (path: string, content: string) => string;
  readonly readLines: (path: string) => readonly Readonly<Record<string, unknown>>[];
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export function createSurroundings(): Surroundings {
  const root = mkdtempSync(join(tmpdir(), 'triage-cli-'));
  const [cwd, temporary] = [join(root, 'here'), join(root, 'tmp')];
  mkdirSync(cwd);
  mkdirSync(temporary);
  return {
    cwd,
    // No HOME, no AWS settings, no npm: as on a build machine.
    env: { PATH: process.env.PATH ?? '', TMPDIR: temporary },
    leftBehind: () => readdirSync(temporary),
    write(path, content) {
      const file = join(cwd, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return path;
    },
    readLines: (path) =>
      readFileSync(join(cwd, path), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `node bin/triage.ts …` in a process group of its own, as a shell does. */
export function spawnTriage({ cwd, env }: Surroundings, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(APP, 'bin', 'triage.ts'), ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function triage(surroundings: Surroundings, ...args: readonly string[]): Promise<Finished> {
  const child = spawnTriage(surroundings, args);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    ended,
  ]);
  return { code, stdout, stderr };
}
