import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { lastCommits, type Place } from '../../lib/revisions/last-commits.ts';
import { createRepository } from './repository.ts';

const repository = createRepository();
afterAll(() => repository.delete());
const { root, git, write, commit } = repository;
const rules = join(root, 'team', 'rules');
const file = (name: string): Place => ({ file: join(rules, name), lines: null });
const lines = (first: number, last = first): Place => ({
  file: join(rules, 'rows.json'),
  lines: { first, last },
});

/** Commits as somebody, at a minute of one day; the id. */
function commitBy(author: string, minute: number, ...message: readonly string[]): string {
  const at = `2026-11-02T08:${String(minute).padStart(2, '0')}:00+01:00`;
  git('add', '--all');
  const texts = ['change', ...message].flatMap((text) => ['--message', text]);
  const identity = ['-c', `user.name=${author}`];
  git(...identity, 'commit', '--quiet', `--author=${author} <a@example.com>`, `--date=${at}`, ...texts);
  return git('rev-parse', 'HEAD');
}

write('elsewhere.txt', '1');
write('team/rules/a.json', '{}\n');
write('team/rules/ä "b".json', '{}\n');
write('team/rules/rows.json', 'one\ntwo\nthree\nfour\n');
const first = commit();
write('team/rules/a.json', '{ "changed": true }\n');
write('team/rules/rows.json', 'one\nTWO\nthree\nfour\n');
const second = commitBy('Zoë \u202e', 1, 'Reviewed-by: John <j@example.com>\nApproved-by: Kim');
write('elsewhere.txt', '2');
commitBy('Nobody', 2);

describe('the last commits', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are those that touched the file, with author, day and who reviewed', async () => {
    const said = await lastCommits(rules, [file('a.json'), file('rows.json')]);

    const byZoe = {
      commit: second,
      author: 'Zoë \u202e',
      at: '2026-11-02T08:01:00+01:00',
      reviewers: ['John <j@example.com>', 'Kim'],
    };
    expect(said).toEqual({ kind: 'known', commits: [byZoe, byZoe] });
  });

  it('are the newest of the lines that are asked for', async () => {
    const said = await lastCommits(rules, [lines(1), lines(1, 2), lines(3, 4)]);

    expect(said.kind === 'known' && said.commits.map((one) => one?.commit)).toEqual([first, second, first]);
  });

  it('are none for what is in no commit, and read what lies in the work tree', async () => {
    write('team/rules/a.json', '{}\n');
    write('team/rules/new.json', '{}\n');
    write('team/rules/rows.json', 'zero\none\nTWO\nthree\nfour\n');

    const said = await lastCommits(rules, [
      file('a.json'),
      file('new.json'),
      lines(1),
      lines(3),
      lines(1, 3),
    ]);

    git('checkout', '--quiet', '--', '.');
    rmSync(join(rules, 'new.json'));
    expect(said.kind === 'known' && said.commits.map((one) => one?.commit ?? null)).toEqual([
      ...[null, null, null],
      second,
      null,
    ]);
  });

  it('are not guessed in a shallow clone, without a repository or without git', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'triage-last-commits-'));
    git('clone', '--quiet', '--depth', '1', `file://${root}`, join(folder, 'shallow'));
    writeFileSync(join(folder, 'a.json'), '{}');

    const shallow = await lastCommits(join(folder, 'shallow'), [file('a.json')]);
    const none = await lastCommits(folder, [{ file: join(folder, 'a.json'), lines: null }]);
    vi.stubEnv('PATH', folder);
    const noGit = await lastCommits(rules, [file('a.json')]);

    rmSync(folder, { recursive: true });
    expect(shallow).toMatchObject({ kind: 'unknown', why: expect.stringMatching(/^the clone is shallow/) });
    expect(none).toMatchObject({ kind: 'unknown', why: expect.stringMatching(/not a git repository/) });
    expect(noGit).toEqual({ kind: 'unknown', why: 'git is not installed' });
  });

  it('are none in a repository without any commit', async () => {
    const empty = createRepository();
    empty.write('rows.json', 'one\n');
    const place = { file: join(empty.root, 'rows.json') };

    const said = await lastCommits(empty.root, [
      { ...place, lines: null },
      { ...place, lines: { first: 1, last: 1 } },
    ]);

    empty.delete();
    expect(said).toEqual({ kind: 'known', commits: [null, null] });
  });
});
