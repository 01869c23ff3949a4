import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package/package-root.ts';
import { linksIntoPackage } from './links-into-package.ts';
import { observing } from './observing.ts';
import { withoutMember } from './without-member.ts';

/** What a new repository begins with beside its package.json, .gitignore and first page: files of this one, adapted. */
const TAKEN = [
  'rules',
  'bin/app.ts',
  'cdk.json',
  '.github/expiry-issue',
  '.github/impact-comment',
  '.github/owner-issues',
  '.github/workflows/expiry.yml',
  '.github/workflows/report.yml',
  '.github/workflows/rules.yml',
  '.vscode/settings.json',
  '.vscode/tasks.json',
] as const;

/** Written by a script of this repository, about rules that the new one will change. */
const LEFT_OUT = ['rules/CATALOGUE.md'];

const OUR_CODE = '../lib/infrastructure/index.ts';

/**
 * The texts of those files by path, with `/`: the repository's own, so that what is tried there is what people get. But
 * their rules observe: what is decided in an account of theirs they turn to enforce themselves.
 */
export function starterFiles(packageName: string): ReadonlyMap<string, string> {
  const paths = TAKEN.flatMap(filesBelow).filter((path) => !LEFT_OUT.includes(path));
  const taken = new Set(paths);
  return new Map(
    paths.map((path) => {
      const text = readFileSync(join(PACKAGE_ROOT, path), 'utf8');
      return [path, linksIntoPackage(adapted(path, text, packageName), path, packageName, taken)];
    }),
  );
}

function adapted(path: string, text: string, packageName: string): string {
  if (path === 'bin/app.ts') return text.replace(OUR_CODE, packageName);
  // What formats our code is no business of a repository of rules.
  if (path === '.vscode/settings.json') return withoutMember(text, '[typescript]');
  return path.startsWith('rules/') && path.endsWith('.json') ? observing(text) : text;
}

function filesBelow(path: string): readonly string[] {
  if (path !== 'rules') return [path];
  return readdirSync(join(PACKAGE_ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(PACKAGE_ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
