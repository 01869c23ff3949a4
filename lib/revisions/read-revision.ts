import { resolve } from 'node:path';
import type { FileTree, TreeEntry } from '../rules/file-tree.ts';
import { askGit, type GitAnswer } from './git.ts';
import { readBlobs } from './read-blobs.ts';

/** A folder as a commit has it, or why there is none to read. */
export type Revision =
  | {
      readonly kind: 'revision';
      /** The full id of the commit. */
      readonly commit: string;
      /** Its files; empty where the commit has no such folder, which `present` tells from an empty one. */
      readonly tree: FileTree;
      readonly present: boolean;
    }
  | { readonly kind: 'noGit' }
  | { readonly kind: 'noRepository'; readonly message: string }
  | { readonly kind: 'unknownRef' };

/** https://git-scm.com/docs/git-fast-import#_interface: a regular file, or one that can be executed. */
const FILE_MODES = ['100644', '100755'];

/**
 * Reads a folder as a revision has it, from git's objects alone: nothing is checked out, and what is changed in the
 * work tree stays and plays no part. `ref` is anything that names a commit: a branch, tag, id, `HEAD~3`, `@{u}`; it can
 * never be read as an option of git's.
 *
 * @param folder exists on disk; its place in the repository is the one that is read.
 */
export async function readRevision(ref: string, folder: string): Promise<Revision> {
  const place = await askGit(folder, ['rev-parse', '--show-prefix']);
  if (place.kind === 'missing') return { kind: 'noGit' };
  if (place.kind === 'refused') return { kind: 'noRepository', message: place.message };
  const commit = await commitOf(ref, folder);
  if (commit === null) return { kind: 'unknownRef' };
  const root = resolve(folder);
  const name = `${commit}:${lineOf(place).replace(/\/$/, '')}`;
  const listed = await askGit(folder, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', name]);
  if (listed.kind !== 'answer')
    return { kind: 'revision', commit, present: false, tree: treeOf(root, [], new Map()) };
  const items = itemsOf(listed.bytes);
  const blobs = await readBlobs(
    folder,
    items.filter(({ isFile }) => isFile).map(({ id }) => id),
  );
  return { kind: 'revision', commit, present: true, tree: treeOf(root, items, blobs) };
}

async function commitOf(ref: string, folder: string): Promise<string | null> {
  // A process cannot be given a NUL, and no name of git's holds a control character.
  if (/\p{Cc}/u.test(ref) || ref === '') return null;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const answer = await askGit(folder, args);
  return answer.kind === 'answer' ? lineOf(answer) : null;
}

interface Item extends TreeEntry {
  readonly id: string;
}

/** `<mode> <type> <id>\t<path>\0` each: https://git-scm.com/docs/git-ls-tree#_output_format */
function itemsOf(bytes: Buffer): readonly Item[] {
  return bytes
    .toString('utf8')
    .split('\0')
    .flatMap((line): readonly Item[] => {
      const tab = line.indexOf('\t');
      const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
      const label = line.slice(tab + 1);
      const hidden = label.split('/').some((name) => name.startsWith('.'));
      return tab < 0 || hidden ? [] : [{ label, id, isFile: FILE_MODES.includes(mode) }];
    });
}

function treeOf(root: string, items: readonly Item[], blobs: ReadonlyMap<string, string>): FileTree {
  const ids = new Map(items.map(({ label, id }) => [label, id]));
  return {
    root,
    list: () => items.map(({ label, isFile }) => ({ label, isFile })),
    read(label) {
      const content = blobs.get(ids.get(label) ?? '');
      if (content === undefined) throw new Error(`The revision has no file ${label}.`);
      return content;
    },
  };
}

function lineOf({ bytes }: Extract<GitAnswer, { kind: 'answer' }>): string {
  return bytes.toString('utf8').replace(/\n$/, '');
}
