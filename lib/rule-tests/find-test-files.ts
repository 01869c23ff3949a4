import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { EXCEPTIONS_FOLDER } from '../rules/exceptions/exception-row.ts';

export interface FoundTestFiles {
  /** Tests that people wrote: absolute paths, in code-unit order. */
  readonly files: readonly string[];
  /** Files of exceptions, whose rows have tests made for them; likewise. */
  readonly exceptionFiles: readonly string[];
  /** The paths asked for that lead to no test, as they were given. */
  readonly empty: readonly string[];
}

/**
 * Lists the tests in a rules folder: all of them, or those that the paths lead to. A path is a test, a rule (its
 * test stands beside it), a file of exceptions or a folder. Throws where the rules folder cannot be read.
 */
export function findTestFiles(rulesDir: string, paths: readonly string[]): FoundTestFiles {
  const root = resolve(rulesDir);
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => (isTest(path) || holdsRows(path)) && !isHidden(path))
    .map((path) => join(root, path))
    .filter((file) => statSync(file).isFile())
    .sort();
  if (paths.length === 0) return { ...split(all), empty: [] };
  const chosen = paths.map((path) => ({ path, files: all.filter((file) => leadsTo(resolve(path), file)) }));
  const files = new Set(chosen.flatMap((choice) => choice.files));
  return {
    ...split(all.filter((file) => files.has(file))),
    empty: chosen.filter((choice) => choice.files.length === 0).map(({ path }) => path),
  };
}

function split(files: readonly string[]): Omit<FoundTestFiles, 'empty'> {
  return { files: files.filter(isTest), exceptionFiles: files.filter((file) => !isTest(file)) };
}

function isTest(path: string): boolean {
  return path.endsWith('.test.json');
}

function holdsRows(path: string): boolean {
  const [folder, name, ...deeper] = path.split(sep);
  return folder === EXCEPTIONS_FOLDER && deeper.length === 0 && name?.endsWith('.json') === true;
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
