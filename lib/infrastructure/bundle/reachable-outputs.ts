import type { Metafile } from 'esbuild';

/**
 * The files of a bundle that something imports. esbuild drops a function that nobody calls, but still writes the
 * chunk that only this function would have loaded: the SDK's user agent parser for browsers, for one.
 */
export function reachableOutputs(
  metafile: Metafile,
  isEntry: (path: string) => boolean,
): Metafile['outputs'] {
  const reached = new Set<string>();
  const pending = Object.keys(metafile.outputs).filter(isEntry);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const output = metafile.outputs[path];
    if (output === undefined || reached.has(path)) continue;
    reached.add(path);
    pending.push(...output.imports.map((imported) => imported.path));
  }
  return Object.fromEntries(Object.entries(metafile.outputs).filter(([path]) => reached.has(path)));
}
