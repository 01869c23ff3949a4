import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which of these files exist with another content. The same content is no matter: nothing would be lost. */
export function takenFiles(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  return [...files]
    .filter(([label, text]) => {
      const path = join(folder, label);
      return existsSync(path) && readFileSync(path, 'utf8') !== text;
    })
    .map(([label]) => join(folder, label));
}
