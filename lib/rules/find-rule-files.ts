import { extname, join } from 'node:path';
import { EXCEPTIONS_FOLDER } from './exceptions/exception-row.ts';
import type { FileTree, TreeEntry } from './file-tree.ts';
import type { FileKind } from './schemas/schema-files.ts';

export interface RuleFile {
  readonly kind: FileKind;
  /** Absolute path. */
  readonly file: string;
  /** The path below the rules folder, with `/`. */
  readonly label: string;
  /** The file's name without `.json`: what names a list, a shared condition or the team of exceptions. */
  readonly stem: string;
}

export interface FoundFiles {
  readonly files: readonly RuleFile[];
  /** Files that would be left out without a word. */
  readonly misplaced: readonly { readonly file: string; readonly label: string; readonly why: string }[];
}

/** Folders of `rules/` whose content is not read here. */
const OTHER_FOLDERS: readonly string[] = ['samples'];
const LOOKS_LIKE_A_RULE = /^\.(jsonc?|json5|ya?ml)$/i;

/**
 * Lists what a rules folder holds, in code-unit order of the paths. A file that looks like a rule and stands where
 * none is read is reported: a rule that is silently left out is worse than none. Throws where the folder cannot be read.
 */
export function findRuleFiles(tree: FileTree): FoundFiles {
  const files: RuleFile[] = [];
  const misplaced: { file: string; label: string; why: string }[] = [];
  for (const { label, isFile } of [...tree.list()].sort(byLabel)) {
    const file = join(tree.root, label);
    if (!isFile) {
      misplaced.push({ file, label, why: 'Links are not followed: rules come from this folder alone.' });
      continue;
    }
    const folders = label.split('/').slice(0, -1);
    const name = label.split('/').at(-1) ?? '';
    if (OTHER_FOLDERS.includes(folders[0] ?? '') || /\.(test|schema)\.json$/.test(name)) continue;
    if (!LOOKS_LIKE_A_RULE.test(extname(name))) continue;
    const stem = name.replace(/\.json$/, '');
    const kind = kindOf(folders, name);
    if (typeof kind === 'string') files.push({ kind, file, label, stem });
    else misplaced.push({ file, label, why: kind.why });
  }
  return { files, misplaced };
}

function kindOf(folders: readonly string[], name: string): FileKind | { readonly why: string } {
  if (!name.endsWith('.json'))
    return { why: 'Only files that end in .json are read; they may hold comments.' };
  const [folder, second, ...deeper] = folders;
  if (folder === undefined) {
    if (name === 'triage.config.json') return 'config';
    return { why: 'A rule stands in a folder of its area: rules/<area>/<name>.json.' };
  }
  if (folder === 'conditions') {
    return second === undefined
      ? 'condition'
      : { why: 'Shared conditions stand in rules/conditions/<name>.json.' };
  }
  if (folder === EXCEPTIONS_FOLDER) {
    return second === undefined ? 'exceptions' : { why: 'Exceptions stand in rules/exceptions/<team>.json.' };
  }
  if (folder !== 'context') return 'rule';
  if (second === undefined) return name === 'accounts.json' ? 'accounts' : 'list';
  if (second === 'lists' && deeper.length === 0) return 'list';
  return { why: 'Lists stand in rules/context/<name>.json.' };
}

function byLabel(a: TreeEntry, b: TreeEntry): number {
  return a.label < b.label ? -1 : 1;
}
