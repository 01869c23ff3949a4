import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { PACKAGE_ROOT } from '../../lib/package/package-root.ts';

export const NAME = 'securityhub-triage';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm pack` wrote: the name of the tarball, and the files in it. */
export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the package into a folder, build included. */
export function pack(to: string, env: NodeJS.ProcessEnv): Packed {
  const printed = must('npm', ['pack', '--json', '--pack-destination', to], { cwd: PACKAGE_ROOT, env });
  // What the build prints comes first.
  const [packed] = JSON.parse(printed.slice(printed.search(/^\[$/m))) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm pack printed ${printed}`);
  return packed;
}

/** What a command prints; throws with all of it where it fails. */
export function must(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv },
): string {
  const { status, stdout, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Runs a command to its end and hands on what it printed. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Finished> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
