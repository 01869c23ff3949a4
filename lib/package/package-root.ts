import { dirname, extname, join, resolve } from 'node:path';

/** `.ts` in the repository; `.js` in the package, for Node strips no types below node_modules. */
const EXTENSION = extname(import.meta.filename);

/** The folder with bin, lib and lambdas as they run: the repository's own, or what they were compiled to. */
const CODE_ROOT = resolve(import.meta.dirname, '..', '..');

/** The folder of package.json, with rules, docs and all else that ships beside the code. */
export const PACKAGE_ROOT = EXTENSION === '.ts' ? CODE_ROOT : dirname(CODE_ROOT);

/** The absolute path of a file of ours, named from the repository's root without its extension (`bin/app`). */
export function codeFile(name: string): string {
  return join(CODE_ROOT, `${name}${EXTENSION}`);
}
