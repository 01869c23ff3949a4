import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { PACKAGE_ROOT } from '../package/package-root.ts';

/** A link in Markdown to a file, but for its anchor; and a page that a comment of a workflow names. */
const LINK = /(?<=\]\()(?![a-z]+:|#)[^)#\s]+/g;
const NAMED_PAGE = /(?<=\s)docs\/[\w-]+\.md/g;

/** Lets links to what is not taken along lead to where npm puts it: into the package. */
export function linksIntoPackage(
  text: string,
  path: string,
  packageName: string,
  taken: ReadonlySet<string>,
): string {
  const inPackage = (file: string) => `node_modules/${packageName}/${file}`;
  if (path.endsWith('.yml')) return text.replace(NAMED_PAGE, inPackage);
  if (!path.endsWith('.md')) return text;
  const folder = posix.dirname(path);
  return text.replace(LINK, (link) => {
    const file = posix.join(folder, link);
    const isOfPackage = !taken.has(file) && existsSync(join(PACKAGE_ROOT, file));
    return isOfPackage ? posix.relative(folder, inPackage(file)) : link;
  });
}
