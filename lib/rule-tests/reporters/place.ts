import { isAbsolute, relative, sep } from 'node:path';
import { escapeText } from '../../rules/escape-text.ts';

/** A file as people and tools name it from where they stand, with `/`; absolute where it lies outside. */
export function shownPath(file: string, cwd: string): string {
  const from = relative(cwd, file);
  const outside = from.startsWith('..') || isAbsolute(from);
  return escapeText(outside ? file : from.split(sep).join('/'));
}
