import { escapeText } from '../../rules/escape-text.ts';
import { shownFile } from '../../rules/shown-file.ts';

/** A file as people and tools name it from where they stand, safe to print. */
export function shownPath(file: string, cwd: string): string {
  return escapeText(shownFile(file, cwd));
}
