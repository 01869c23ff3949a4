import { globSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Something to read findings from. */
export interface Source {
  /** As it is told in places: the path as it was named, or `stdin`. */
  readonly name: string;
  /** Null for stdin. */
  readonly path: string | null;
  /** As it lies on disk; null where nobody knows. */
  readonly bytes: number | null;
}

/** An argument that leads to nothing to read. */
export interface NoSource {
  readonly argument: string;
  readonly why: string;
}

const READ_IN_FOLDERS = /\.(?:json|ndjson|jsonl)(?:\.gz)?$/i;
const GLOB = /[*?[{]/;

/**
 * What arguments name, in their order: files, folders (every `.json`, `.ndjson`, `.jsonl`, also `.gz`, below them, by
 * name; what a leading dot hides is left out), globs, and `-` for stdin. A file named twice is read once.
 */
export function findSources(args: readonly string[]): readonly (Source | NoSource)[] {
  const seen = new Set<string>();
  return args.flatMap(sourcesOf).filter((found) => {
    if ('why' in found) return true;
    const isNew = !seen.has(found.name);
    seen.add(found.name);
    return isNew;
  });
}

function sourcesOf(argument: string): readonly (Source | NoSource)[] {
  if (argument === '-') return [{ name: 'stdin', path: null, bytes: null }];
  const there = statSync(argument, { throwIfNoEntry: false });
  if (there?.isDirectory())
    return orElse(filesBelow(argument), argument, 'holds no .json, .ndjson or .jsonl');
  if (there !== undefined) return [fileAt(argument, there.size)];
  if (!GLOB.test(argument)) return [{ argument, why: 'is not there' }];
  const matches = globSync(argument).sort();
  return orElse(
    matches.flatMap((path) => {
      const match = statSync(path, { throwIfNoEntry: false });
      return match?.isDirectory() ? filesBelow(path) : [fileAt(path, match?.size ?? 0)];
    }),
    argument,
    'matches no file',
  );
}

function filesBelow(folder: string): readonly Source[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() && READ_IN_FOLDERS.test(entry.name) ? [fileAt(path, statSync(path).size)] : [];
    });
}

function fileAt(path: string, bytes: number): Source {
  return { name: path, path, bytes };
}

function orElse(found: readonly Source[], argument: string, why: string): readonly (Source | NoSource)[] {
  return found.length > 0 ? found : [{ argument, why }];
}
