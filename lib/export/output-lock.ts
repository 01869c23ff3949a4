import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Where the lock of an output is, while an export writes there. */
export function lockPath(output: string): string {
  return `${output}.lock`;
}

export type Locking =
  | { readonly kind: 'held'; readonly release: () => void }
  /** Another export writes there, or was killed while it did; null where the lock does not name its process. */
  | { readonly kind: 'locked'; readonly pid: number | null };

/**
 * Takes an output for this process alone; two exports to one file would overwrite each other's pages. The lock goes
 * when it is released or the process ends, but for one that is killed. Nobody breaks another's lock: whether its process
 * lives cannot be told from another machine or container. Throws what Node's file system throws.
 */
export function lockOutput(output: string): Locking {
  const path = lockPath(output);
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { kind: 'locked', pid: ownerOf(path) };
  }
  const remove = () => rmSync(path, { force: true });
  process.once('exit', remove);
  return {
    kind: 'held',
    release() {
      process.off('exit', remove);
      remove();
    },
  };
}

function ownerOf(path: string): number | null {
  try {
    const [, pid] = /^(\d{1,10})\n$/.exec(readFileSync(path, 'utf8')) ?? [];
    return pid === undefined ? null : Number(pid);
  } catch {
    // Released in between.
    return null;
  }
}
