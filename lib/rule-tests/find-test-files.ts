import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

export interface FoundTestFiles {
  /** Absolute paths, in code-unit order. */
  readonly files: readonly string[];
  /** The paths asked for that lead to no test, as they were given. */
  readonly empty: readonly string[];
}

/**
 * Lists the tests in a rules folder: all of them, or those that the paths lead to. A path is a test, a rule (its
 * test stands beside it) or a folder. Throws where the rules folder cannot be read.
 */
export function findTestFiles(rulesDir: string, paths: readonly string[]): FoundTestFiles {
  const root = resolve(rulesDir);
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.json') && !isHidden(path))
    .map((path) => join(root, path))
    .filter((file) => statSync(file).isFile())
    .sort();
  if (paths.length === 0) return { files: all, empty: [] };
  const chosen = paths.map((path) => ({ path, files: all.filter((file) => leadsTo(resolve(path), file)) }));
  const files = new Set(chosen.flatMap((choice) => choice.files));
  return {
    files: all.filter((file) => files.has(file)),
    empty: chosen.filter((choice) => choice.files.length === 0).map(({ path }) => path),
  };
}

function isHidden(path: string): boolean {
  const [folder] = path.split(sep);
  return folder === 'samples' || path.split(sep).some((part) => part.startsWith('.'));
}

function leadsTo(path: string, test: string): boolean {
  if (path === test || path.replace(/\.json$/, '.test.json') === test) return true;
  const below = relative(path, test);
  return below !== '' && !isAbsolute(below) && below.split(sep)[0] !== '..';
}
