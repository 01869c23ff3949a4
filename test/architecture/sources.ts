import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Source files by path from the repository's root, with `/` between folders. */
export type Sources = ReadonlyMap<string, string>;

/** Every TypeScript file under the given folders of `root`. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => posix.join(folder, path.replaceAll('\\', '/'))),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** The source without its comments, which may mention what the code may not. */
export function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** The module specifiers a source names in static, type-only, re-exporting, bare and dynamic imports. */
export function importsOf(source: string): readonly string[] {
  const forms = [
    /\b(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\b(?:import|require|createRequire\([^)]*\))\s*\(\s*['"`]([^'"`]+)['"`]/g,
  ];
  const code = withoutComments(source);
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''));
}

/** The repository path a relative import leads to; null for a package or a module of Node's. */
export function targetOf(importer: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(importer), specifier) : null;
}

/** The given files and every file they import, directly or not. */
export function reach(sources: Sources, roots: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...roots];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const source = sources.get(path);
    if (source === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const specifier of importsOf(source)) pending.push(targetOf(path, specifier) ?? '');
  }
  return reached;
}
