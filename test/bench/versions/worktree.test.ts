import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOut } from './worktree.ts';

describe('a version to be measured', () => {
  const repository = mkdtempSync(join(tmpdir(), 'bench-repository-'));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: repository,
      encoding: 'utf8',
    });

  beforeAll(() => {
    git('init', '--quiet', '--initial-branch=main');
    for (const content of ['first', 'second']) {
      writeFileSync(join(repository, 'file.txt'), content);
      git('add', '.');
      git('commit', '--quiet', '--message', content);
    }
    mkdirSync(join(repository, 'node_modules'));
    writeFileSync(join(repository, 'file.txt'), 'not committed');
  });

  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  it('is checked out as it was committed, with the packages that are installed', () => {
    const version = checkOut('HEAD~1', repository);
    if ('kind' in version) throw new Error(version.message);

    const content = readFileSync(join(version.root, 'file.txt'), 'utf8');
    const installed = existsSync(join(version.root, 'node_modules'));
    version.remove();

    expect(content).toBe('first');
    expect(installed).toBe(true);
    expect(version.commit).toBe(git('rev-parse', 'HEAD~1').slice(0, 9));
  });

  it('leaves no trace once it is removed, however often', () => {
    const version = checkOut('main', repository);
    if ('kind' in version) throw new Error(version.message);

    version.remove();
    version.remove();

    expect(existsSync(version.root)).toBe(false);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(repository, 'node_modules'))).toBe(true);
  });

  it('is the working tree itself for "."', () => {
    const version = checkOut('.', repository);

    expect(version).toMatchObject({ commit: 'working tree', root: repository });
  });

  it.each(['no-such-ref', '--all', ''])('is refused when %j names none', (ref) => {
    const version = checkOut(ref, repository);

    expect(version).toEqual({ kind: 'wrong', message: `"${ref}" names no commit of this repository.` });
  });
});
