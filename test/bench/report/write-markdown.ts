import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Replaces what stands between `<!-- bench:<name> -->` and `<!-- /bench:<name> -->`. Throws where a document has no
 * place for a table, or two: figures that are written nowhere would look as if they were old ones.
 */
export function replaceTables(document: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, content]) => {
    const [before, ...others] = text.split(`<!-- bench:${name} -->`);
    const [, after, ...more] = (others[0] ?? '').split(`<!-- /bench:${name} -->`);
    if (before === undefined || after === undefined || others.length > 1 || more.length > 0)
      throw new Error(
        `The document needs one pair of markers <!-- bench:${name} --> and <!-- /bench:${name} -->.`,
      );
    return `${before}<!-- bench:${name} -->\n${content}\n<!-- /bench:${name} -->${after}`;
  }, document);
}

export function writeTables(file: string, tables: Readonly<Record<string, string>>): void {
  writeFileSync(file, replaceTables(readFileSync(file, 'utf8'), tables));
}
