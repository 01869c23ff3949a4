import { isAbsolute, relative, sep } from 'node:path';

/** A file as people and tools name it from where they stand, with `/`; absolute where it lies outside. */
export function shownFile(file: string, cwd: string): string {
  const from = relative(cwd, file);
  return from.startsWith('..') || isAbsolute(from) ? file : from.split(sep).join('/');
}
