import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { diskTree, type FileTree } from '../rules/file-tree.ts';

/** A rules folder as it would be with these files, by their path below it. The folder need not exist yet. */
export function withFiles(rulesDir: string, files: ReadonlyMap<string, string>): FileTree {
  const root = resolve(rulesDir);
  const disk = diskTree(root);
  return {
    root,
    list: () => [
      ...(existsSync(root) ? disk.list() : []).filter(({ label }) => !files.has(label)),
      ...[...files.keys()].map((label) => ({ label, isFile: true })),
    ],
    read: (label) => files.get(label) ?? disk.read(label),
  };
}
