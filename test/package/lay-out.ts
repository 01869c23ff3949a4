import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { PACKAGE_ROOT } from '../../lib/package/package-root.ts';

type Versions = Readonly<Record<string, string>>;

interface PackageJson {
  readonly version?: string;
  readonly bin?: string | Versions;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Of this project: what npm laid out in its node_modules, by path. */
const LOCKED = read(join(PACKAGE_ROOT, 'package-lock.json')).packages as Readonly<
  Record<string, PackageJson>
>;
const EXACT = /^\d/;

/**
 * Lays out in `folder` what its package.json names, and what that names in turn, as `npm install` would: the very files
 * of this project's node_modules, for CI may have no registry, and nothing that nobody names. What is there already
 * stays, and what it names is laid out too.
 *
 * @throws where a package or a version is named that this project does not have.
 */
export function layOut(folder: string): void {
  const waiting = named('', read(join(folder, 'package.json')));
  const seen = new Set<string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const place = join(folder, path);
    if (!existsSync(place)) linkFolder(join(PACKAGE_ROOT, path), place);
    const manifest = read(join(place, 'package.json')) as PackageJson;
    if (path.lastIndexOf('node_modules/') === 0) linkCommands(folder, path, manifest);
    waiting.push(...named(path, { ...manifest, devDependencies: {} }));
  }

  function named(path: string, manifest: PackageJson): string[] {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      manifest;
    const needed = { ...peerDependencies, ...devDependencies, ...dependencies, ...optionalDependencies };
    return Object.entries(needed).flatMap(([name, version]) => {
      if (
        existsSync(join(folder, 'node_modules', name, 'package.json')) &&
        LOCKED[`node_modules/${name}`] === undefined
      )
        return [`node_modules/${name}`];
      const found = placeOf(name, path);
      if (found !== undefined && (!EXACT.test(version) || LOCKED[found]?.version === version)) return [found];
      if (optionalDependencies?.[name] !== undefined || peerDependenciesMeta?.[name]?.optional) return [];
      throw new Error(
        `${path || 'package.json'} names ${name} ${version}, which this project does not have.`,
      );
    });
  }
}

/** Where npm put a package that another one names: below it, or as near above it as it is needed. */
function placeOf(name: string, path: string): string | undefined {
  const steps = path === '' ? [] : path.split(/\/(?=node_modules\/)/);
  for (let depth = steps.length; depth >= 0; depth -= 1) {
    const place = [...steps.slice(0, depth), 'node_modules', name].join('/');
    // Packages for other systems are locked, and not there.
    if (LOCKED[place] !== undefined && existsSync(join(PACKAGE_ROOT, place))) return place;
  }
  return undefined;
}

/** The same files by another name: no bytes are copied, unless the folder is on another disk. */
export function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkFile(source, target);
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if ((error as { readonly code?: string }).code !== 'EXDEV') throw error;
    copyFileSync(source, target);
  }
}

/** A package's commands, as npm and npx find them. */
function linkCommands(folder: string, path: string, { bin = {} }: PackageJson): void {
  const commands = typeof bin === 'string' ? { [basename(path)]: bin } : bin;
  for (const [command, file] of Object.entries(commands)) {
    const [link, target] = [join(folder, 'node_modules/.bin', command), join(folder, path, file)];
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), target), link);
    // What another package has is linked to this project's own, where npm has done that.
    if ((statSync(target).mode & 0o100) === 0) chmodSync(target, 0o755);
  }
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
