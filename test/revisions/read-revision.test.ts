import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readRevision } from '../../lib/revisions/read-revision.ts';
import type { FileTree } from '../../lib/rules/file-tree.ts';
import { createRepository, type Repository } from './repository.ts';

const repositories: Repository[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const repository of repositories.splice(0)) repository.delete();
});

function repositoryWith(files: Readonly<Record<string, string | Buffer>>) {
  const repository = createRepository();
  repositories.push(repository);
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  return { ...repository, first: repository.commit() };
}

async function treeAt(ref: string, folder: string): Promise<FileTree> {
  const revision = await readRevision(ref, folder);
  if (revision.kind !== 'revision') throw new Error(`There is no revision: ${revision.kind}.`);
  return revision.tree;
}

function contentOf(tree: FileTree): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    tree.list().map(({ label, isFile }) => [label, isFile ? tree.read(label) : null] as const),
  );
}

describe('a folder as a revision has it', () => {
  it('is read whole, whatever the work tree holds by now', async () => {
    const text = 'two\nlines, and no end';
    const { root, first, write, remove } = repositoryWith({
      'rules/area/ä "b".json': text,
      'rules/empty.json': '',
      'rules/same.json': text,
      'elsewhere.json': 'no',
    });
    write('rules/empty.json', 'changed');
    write('rules/new.json', 'new');
    remove('rules/area');

    const revision = await readRevision('HEAD', join(root, 'rules'));

    expect(revision).toMatchObject({ kind: 'revision', commit: first, present: true });
    expect(revision.kind === 'revision' && revision.tree.root).toBe(join(root, 'rules'));
    expect(revision.kind === 'revision' && contentOf(revision.tree)).toEqual({
      'area/ä "b".json': text,
      'empty.json': '',
      'same.json': text,
    });
  });

  it('is that of the folder it is asked for, at the root or deep in the repository', async () => {
    const { root } = repositoryWith({ 'a.json': '1', 'deep/down/rules/b.json': '2' });

    const whole = await treeAt('HEAD', root);
    const deep = await treeAt('HEAD', join(root, 'deep/down/rules'));

    expect(contentOf(whole)).toEqual({ 'a.json': '1', 'deep/down/rules/b.json': '2' });
    expect(contentOf(deep)).toEqual({ 'b.json': '2' });
  });

  it('has links as what they are, and hides what a dot hides', async () => {
    const repository = createRepository();
    repositories.push(repository);
    repository.write('rules/a.json', 'a');
    repository.write('rules/.hidden/b.json', 'b');
    symlinkSync('a.json', join(repository.root, 'rules/link.json'));
    repository.commit();

    const tree = await treeAt('HEAD', join(repository.root, 'rules'));

    expect(contentOf(tree)).toEqual({ 'a.json': 'a', 'link.json': null });
    expect(() => tree.read('link.json')).toThrow('no file link.json');
  });

  it('keeps lines of every length and bytes that look like an answer of git', async () => {
    const hostile = `${'0'.repeat(40)} blob 3\nabc\n`;
    const long = 'é'.repeat(200_000);
    const { root } = repositoryWith({ 'rules/hostile.json': hostile, 'rules/long.json': long });

    const tree = await treeAt('HEAD', join(root, 'rules'));

    expect(contentOf(tree)).toEqual({ 'hostile.json': hostile, 'long.json': long });
  });

  it.each(['main', 'HEAD', '@', 'refs/heads/main', 'v1', 'annotated', '@{0}'])(
    'is found by %s',
    async (ref) => {
      const { root, git, first } = repositoryWith({ 'rules/a.json': '1' });
      git('tag', 'v1');
      git('tag', '--annotate', '--message', 'x', 'annotated');

      const revision = await readRevision(ref, join(root, 'rules'));

      expect(revision).toMatchObject({ kind: 'revision', commit: first });
    },
  );

  it('is an earlier one where that is asked for', async () => {
    const { root, write, commit, first } = repositoryWith({ 'rules/a.json': '1' });
    write('rules/a.json', '2');
    commit();

    const [before, after] = [
      await treeAt('HEAD~1', join(root, 'rules')),
      await treeAt('HEAD', join(root, 'rules')),
    ];

    expect([contentOf(before), contentOf(after)]).toEqual([{ 'a.json': '1' }, { 'a.json': '2' }]);
    expect(contentOf(await treeAt(first.slice(0, 12), join(root, 'rules')))).toEqual({ 'a.json': '1' });
  });

  it('is empty where the revision has no such folder', async () => {
    const { root } = repositoryWith({ 'readme.md': 'x' });
    mkdirSync(join(root, 'rules'));

    const revision = await readRevision('HEAD', join(root, 'rules'));

    expect(revision).toMatchObject({ kind: 'revision', present: false });
    expect(revision.kind === 'revision' && revision.tree.list()).toEqual([]);
  });

  it('is found from where it lies, inside a hook too', async () => {
    const { root } = repositoryWith({ 'rules/a.json': '1' });
    vi.stubEnv('GIT_DIR', '.git');
    vi.stubEnv('GIT_INDEX_FILE', '.git/index');

    const tree = await treeAt('HEAD', join(root, 'rules'));

    expect(contentOf(tree)).toEqual({ 'a.json': '1' });
  });
});

describe('a revision that cannot be read', () => {
  it.each([
    'nosuch',
    '',
    ' ',
    '--all',
    '--output=x',
    '-h',
    'HEAD:rules',
    'HEAD^{tree}',
    'main\n--all',
    'a\0b',
    '$(touch owned)',
    '; touch owned',
  ])('is unknown: %j', async (ref) => {
    const { root, git } = repositoryWith({ 'rules/a.json': '1' });

    const revision = await readRevision(ref, join(root, 'rules'));

    expect(revision).toEqual({ kind: 'unknownRef' });
    expect(git('status', '--porcelain')).toBe('');
    expect(existsSync(join(root, 'rules/owned'))).toBe(false);
  });

  it('has no commit yet', async () => {
    const repository = createRepository();
    repositories.push(repository);

    const revision = await readRevision('HEAD', repository.root);

    expect(revision).toEqual({ kind: 'unknownRef' });
  });

  it('is in no repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'triage-alone-'));

    const revision = await readRevision('HEAD', folder);
    rmSync(folder, { recursive: true });

    expect(revision).toMatchObject({
      kind: 'noRepository',
      message: expect.stringContaining('not a git repository'),
    });
  });

  it('needs git', async () => {
    const { root } = repositoryWith({ 'rules/a.json': '1' });
    vi.stubEnv('PATH', '');

    const revision = await readRevision('HEAD', root);

    expect(revision).toEqual({ kind: 'noGit' });
  });
});
