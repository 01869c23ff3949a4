import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PACKAGE_ROOT } from '../../lib/package/package-root.ts';
import { layOut } from './lay-out.ts';

export const NAME = 'securityhub-triage';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which somebody has installed the package from its tarball. */
export interface Installed {
  readonly folder: string;
  /** The package in its node_modules. */
  readonly place: string;
  /** What the tarball holds, by path. */
  readonly packed: readonly string[];
  /** Runs a command there, as in a shell. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<Finished>;
  readonly remove: () => void;
}

/** Packs the package, build included, and installs the tarball in a folder that is empty but for it. */
export function installTarball(): Installed {
  // Elsewhere than this project, whose node_modules would be found from any folder of its own.
  const root = mkdtempSync(join(tmpdir(), 'installed-'));
  const [folder, home] = [join(root, 'acme-triage'), join(root, 'home')];
  const place = join(folder, 'node_modules', NAME);
  for (const dir of [place, home]) mkdirSync(dir, { recursive: true });
  // No settings of npm that the test is run by, no caches, no AWS, and Node.js as people have it.
  const env = {
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    HOME: home,
    npm_config_update_notifier: 'false',
  };

  const { filename, files } = pack(root, env);
  must('tar', ['-xzf', join(root, filename), '-C', place, '--strip-components=1'], { env });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ dependencies: { [NAME]: `file:../${filename}` } }),
  );
  layOut(folder);
  return {
    folder,
    place,
    packed: files.map(({ path }) => path),
    run: (command, ...args) => run(command, args, { cwd: folder, env }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function pack(to: string, env: NodeJS.ProcessEnv): Packed {
  const printed = must('npm', ['pack', '--json', '--pack-destination', to], { cwd: PACKAGE_ROOT, env });
  // What the build prints comes first.
  const [packed] = JSON.parse(printed.slice(printed.search(/^\[$/m))) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm pack printed ${printed}`);
  return packed;
}

function must(
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
