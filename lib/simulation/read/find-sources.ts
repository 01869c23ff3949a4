import { globSync, readdirSync, realpathSync, statSync } from 'node:fs';
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

/** Links are followed, but for those that lead back up; one that leads nowhere is left for the reader to name. */
function filesBelow(folder: string, above: readonly string[] = []): readonly Source[] {
  const real = realpathSync(folder);
  if (above.includes(real)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const there = statSync(path, { throwIfNoEntry: false });
      if (there?.isDirectory()) return filesBelow(path, [...above, real]);
      const isToRead = there === undefined || there.isFile();
      return isToRead && READ_IN_FOLDERS.test(name) ? [fileAt(path, there?.size ?? 0)] : [];
    });
}

function fileAt(path: string, bytes: number): Source {
  return { name: path, path, bytes };
}

function orElse(found: readonly Source[], argument: string, why: string): readonly (Source | NoSource)[] {
  return found.length > 0 ? found : [{ argument, why }];
}
