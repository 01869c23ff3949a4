import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository of its own in a temporary folder. */
export interface Repository {
  readonly root: string;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (path: string, content: string | Buffer) => void;
  readonly remove: (path: string) => void;
  /** Commits all there is; its id. */
  readonly commit: () => string;
  readonly delete: () => void;
}

export function createRepository(): Repository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'triage-repository-')));
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      // As on a machine where nobody has set up git.
      env: {
        PATH: process.env.PATH ?? '',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Jane',
        GIT_AUTHOR_EMAIL: 'jane@example.com',
        GIT_COMMITTER_NAME: 'Jane',
        GIT_COMMITTER_EMAIL: 'jane@example.com',
        // The same content has the same id, whenever it is committed.
        GIT_AUTHOR_DATE: '2026-11-01T00:00:00Z',
        GIT_COMMITTER_DATE: '2026-11-01T00:00:00Z',
      },
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  return {
    root,
    git,
    write(path, content) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    commit() {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'as it is now');
      return git('rev-parse', 'HEAD');
    },
    delete: () => rmSync(root, { recursive: true, force: true }),
  };
}
