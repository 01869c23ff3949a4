import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file of a tree by its path below the root, with `/`. Links and the like are no files: nothing follows them. */
export interface TreeEntry {
  readonly label: string;
  readonly isFile: boolean;
}

/** A folder of rules as loading sees it: on disk, or as an earlier revision had it. */
export interface FileTree {
  /** Absolute path of the folder; its files are named by it, whether or not they are on disk. */
  readonly root: string;
  /** Everything below the root but folders, and but what a name with a leading dot hides. Throws where it cannot be read. */
  readonly list: () => readonly TreeEntry[];
  /** The text of a file that `list` names. Throws where it cannot be read. */
  readonly read: (label: string) => string;
}

/** The tree of a folder on disk, as it is when it is asked. */
export function diskTree(folder: string): FileTree {
  const root = resolve(folder);
  return {
    root,
    list: () => entriesBelow(root, ''),
    read: (label) => readFileSync(join(root, label), 'utf8'),
  };
}

function entriesBelow(root: string, below: string): readonly TreeEntry[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry): readonly TreeEntry[] => {
    if (entry.name.startsWith('.')) return [];
    const label = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? entriesBelow(root, label) : [{ label, isFile: entry.isFile() }];
  });
}
