import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readManifest } from '../package/manifest.ts';
import { firstPage } from './first-page.ts';
import { ignoreFileFor } from './ignore-file.ts';
import { packageJsonFor } from './package-json.ts';
import { starterFiles } from './starter-files.ts';

/** What makes a repository of rules out of a folder. */
export interface StarterPlan {
  /** New texts by path, with `/`: new files, and those of git and npm with what they lacked. */
  readonly writes: ReadonlyMap<string, string>;
  /** What is there and stays as it is. */
  readonly kept: readonly string[];
  /** Paths that are there and would have to be written over, each with what is wrong where that is not all. */
  readonly inTheWay: readonly string[];
  /** The tarball that has to be installed by hand, where package.json does not name us. */
  readonly tarball?: string;
}

/**
 * Plans a repository of rules in a folder, which need not be there, and writes nothing. Whoever begins in a new
 * repository has a .gitignore and a README.md, and whoever has installed us a package.json: those are completed or kept.
 */
export function planStarter(folder: string): StarterPlan {
  const ours = readManifest();
  const textOf = (path: string) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
  const starter = starterFiles(ours.name);
  const writes = new Map(starter);
  // Rules of ours among rules of theirs would decide together.
  const taken = ['rules', ...[...starter.keys()].filter((path) => !path.startsWith('rules/'))];
  const inTheWay = taken.filter((path) => existsSync(join(folder, path)));

  const manifest = packageJsonFor(textOf('package.json'), basename(resolve(folder)), ours);
  if ('fault' in manifest) inTheWay.push(`package.json: ${manifest.fault}`);
  else writes.set('package.json', manifest.text);
  writes.set('.gitignore', ignoreFileFor(textOf('.gitignore')));
  const readme = textOf('README.md');
  if (readme === undefined) writes.set('README.md', firstPage(ours.name, !ours.private));
  const changed = new Map([...writes].filter(([path, text]) => starter.has(path) || textOf(path) !== text));
  const isNamed = 'text' in manifest && manifest.text.includes(`${JSON.stringify(ours.name)}:`);
  return {
    writes: changed,
    kept: readme === undefined ? [] : ['README.md'],
    inTheWay,
    ...(!isNamed && { tarball: `${ours.name}-${ours.version}.tgz` }),
  };
}
