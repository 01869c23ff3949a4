import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { layOut } from './lay-out.ts';
import { type Finished, must, NAME, pack, run } from './pack.ts';

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
