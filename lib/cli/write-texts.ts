import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { escapeText } from '../rules/escape-text.ts';
import { UsageError } from './usage-error.ts';

/**
 * Writes files by their path below a folder, in the order in which they are given; scripts can be executed.
 *
 * @throws UsageError where one cannot be written; those before it are.
 */
export function writeTexts(folder: string, texts: ReadonlyMap<string, string>): void {
  for (const [label, text] of texts) {
    const file = join(folder, label);
    try {
      mkdirSync(dirname(file), { recursive: true });
      // A link that leads to nothing is not there, and would be followed.
      const flag = existsSync(file) ? 'w' : 'wx';
      writeFileSync(file, text, { flag, mode: text.startsWith('#!') ? 0o755 : 0o644 });
    } catch (cause) {
      const { message } = cause as Error;
      throw new UsageError(`${escapeText(file)} cannot be written: ${escapeText(message)}.`, { cause });
    }
  }
}
