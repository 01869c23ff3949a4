import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** One version of the product, checked out. */
export interface Version {
  readonly ref: string;
  /** The abbreviated commit; `working tree` for `.`. */
  readonly commit: string;
  readonly root: string;
  /** Takes the checkout away again; may be called twice. */
  remove(): void;
}

export type CheckedOut = Version | { readonly kind: 'wrong'; readonly message: string };

/**
 * Checks a ref out into a temporary folder, with the packages that are installed in the repository. `.` is the working
 * tree as it stands.
 */
export function checkOut(ref: string, repository = ROOT): CheckedOut {
  if (ref === '.') return { ref, commit: 'working tree', root: repository, remove: () => undefined };
  const git = gitIn(repository);
  const commit = commitOf(ref, git);
  if (commit === null) return { kind: 'wrong', message: `"${ref}" names no commit of this repository.` };
  const folder = mkdtempSync(join(tmpdir(), 'bench-version-'));
  const root = join(folder, 'tree');
  const remove = () => {
    if (!existsSync(folder)) return;
    git('worktree', 'remove', '--force', root);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    git('worktree', 'add', '--detach', '--quiet', root, commit);
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    git('worktree', 'prune');
    throw error;
  }
  return { ref, commit: commit.slice(0, 9), root, remove };
}

type Git = (...args: readonly string[]) => string;

function commitOf(ref: string, git: Git): string | null {
  // A ref that looks like an option must not become one.
  if (ref.startsWith('-')) return null;
  try {
    return git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).trim();
  } catch {
    return null;
  }
}

function gitIn(repository: string): Git {
  return (...args) =>
    execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
