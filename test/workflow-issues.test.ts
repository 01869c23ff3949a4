import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('the issues of owners', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'owners-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const row = (rule: string, owner: string, daysLeft: number, ticket = 'SEC-1') => ({
    ...{ rule, owner, ticket, counts: { suppressed: { HIGH: 3, LOW: 4 } } },
    due: { day: '2026-12-01', of: 'end', daysLeft },
    place: { file: `rules/a/${rule}.json`, line: 1 },
  });
  const bot = (number: number, owner: string, login = 'app/github-actions') => ({
    ...{ number, title: `Suppressions to renew or delete: ${owner}` },
    author: { is_bot: login.startsWith('app/'), login },
  });

  /** Runs the script where `gh` writes down what it is asked, and knows these open issues. */
  function keepIssues(rows: readonly ReturnType<typeof row>[], open: readonly unknown[] = []) {
    const [gh, log, list, file] = ['gh', 'log', 'list', 'report.json'].map((name) => join(folder, name));
    if (!gh || !log || !list || !file) throw new Error('There are four.');
    writeFileSync(
      gh,
      `#!/usr/bin/env bash\nif [[ $2 == list ]]; then cat '${list}'; exit; fi\n` +
        `printf '%s|' "$@" >> '${log}'; echo >> '${log}'\nif [[ $* == *--body-file* ]]; then cat >> '${log}'; fi\n`,
    );
    chmodSync(gh, 0o755);
    writeFileSync(log, '');
    writeFileSync(list, JSON.stringify(open));
    const isOver = ({ due }: ReturnType<typeof row>) => due.daysLeft <= 0;
    const soon = rows.filter((one) => !isOver(one) && one.due.daysLeft <= 30);
    const report = {
      ...{ suppressions: rows, expiringDays: 30 },
      expired: rows.filter(isOver).map(({ rule }) => rule),
      expiring: soon.map(({ rule }) => rule),
    };
    writeFileSync(file, JSON.stringify(report));
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.github', 'owner-issues'), file], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    return { status, stderr, asked: readFileSync(log, 'utf8') };
  }

  it('are opened, one an owner, for what is over or soon will be', () => {
    const { status, stderr, asked } = keepIssues([
      ...[row('b', '@acme/shop', 12), row('c', '@acme/secops', -3), row('d', '@acme/shop', 30)],
      row('later', '@acme/later', 31),
    ]);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(asked.match(/^issue\|.*$/gm)).toEqual([
      'issue|create|--title|Suppressions to renew or delete: @acme/shop|--body-file|-|',
      'issue|create|--title|Suppressions to renew or delete: @acme/secops|--body-file|-|',
    ]);
    expect(asked).toContain(
      '    b | end 2026-12-01 | in 12 days | SEC-1 | hides 7 | rules/a/b.json:1\n    d | end 2026-12-01 | in 30 days',
    );
    expect(asked).toMatch(/^@acme\/shop: these suppressions/m);
    expect(asked).toContain('c | end 2026-12-01 | over |');
    expect(asked).not.toContain('later');
  });

  it('are updated where they are open, closed once nothing is due, and left alone where another opened them', () => {
    const { asked } = keepIssues(
      [row('b', '@acme/shop', 12), row('c', '@acme/secops', 3)],
      [
        bot(7, '@acme/shop'),
        bot(8, '@acme/gone'),
        bot(9, '@acme/secops', 'mallory'),
        bot(10, 'x', 'mallory'),
      ],
    );

    expect(asked.match(/^issue\|\w+\|[^|]+/gm)).toEqual([
      'issue|edit|7',
      'issue|create|--title',
      'issue|close|8',
    ]);
  });

  it('show what rules say as it is, on one line, and mention owners alone', () => {
    const hostile = '\u202e\n\n@everyone\n</pre> [x](https://evil.example) #1 `';
    const { status, asked } = keepIssues([
      row('b', hostile, 1, hostile),
      row('c', '@acme/secops', 1, '"$(id)"'),
    ]);

    expect(status).toBe(0);
    const outside = asked.split('\n').filter((line) => !/^(?: {4}|issue\|)/.test(line));
    expect(outside.join('\n')).not.toMatch(/everyone|evil|#1|\u202e/);
    expect(asked.match(/^ {4}\S/gm)).toHaveLength(2);
    expect(asked).toContain('"$(id)"');
  });

  it('stay within what an issue can hold, and fail where GitHub refuses', () => {
    const many = Array.from({ length: 900 }, (_, i) => row(`rule-${i}${'x'.repeat(900)}`, '@acme/shop', 2));
    const { asked } = keepIssues(many);

    expect(asked.length).toBeLessThan(65_536);
    expect(asked).toContain('900 in all.');
    writeFileSync(join(folder, 'list'), 'no JSON');
    const refused = spawnSync(
      process.execPath,
      [join(ROOT, '.github', 'owner-issues'), join(folder, 'report.json')],
      {
        encoding: 'utf8',
        env: { PATH: folder },
      },
    );
    expect(refused.status).not.toBe(0);
  });
});

describe('the issue about what ends', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'expiry-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script where `gh` writes down what it is asked, and knows one open issue or none. */
  function keepIssue(report: string, openIssue = '') {
    const [gh, log, file] = [join(folder, 'gh'), join(folder, 'log'), join(folder, 'lint.txt')];
    writeFileSync(
      gh,
      `#!/usr/bin/env bash\nif [[ $2 == list ]]; then echo '${openIssue}'; exit; fi\n` +
        `echo "$2 $3" >> '${log}'\nif [[ $* == *--body-file* ]]; then cat >> '${log}'; fi\n`,
    );
    chmodSync(gh, 0o755);
    writeFileSync(log, '');
    writeFileSync(file, report);
    const { status, stderr } = spawnSync(join(ROOT, '.github', 'expiry-issue'), [file], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    return { status, stderr, asked: readFileSync(log, 'utf8') };
  }

  const ENDED = 'rules/a/b.json:9:14: error TR203 expired: This rule ended on 2027-03-31. @somebody';
  const SOON = 'rules/a/c.json:9:14: warning TR204 expires-soon: This rule ends on 2027-06-30.';
  const OTHER = 'rules/a/d.json:1:1: warning TR301 untested: No test. It says: error TR203 expired';

  it('is opened with what has ended and what soon will, and nothing else', () => {
    const { status, stderr, asked } = keepIssue(`${ENDED}\n${OTHER}\n${SOON}\n`);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(asked).toMatch(/^create --title\n/);
    expect(asked).toContain(`\n    ${ENDED}\n    ${SOON}\n\n2 in all.`);
    expect(asked).not.toContain('TR301');
  });

  it('is updated where it is open already', () => {
    expect(keepIssue(`${SOON}\n`, '17').asked).toMatch(/^edit 17\n/);
  });

  it('is closed once nothing ends, and left closed', () => {
    expect(keepIssue(`${OTHER.slice(0, 60)}\n`, '17').asked).toBe('close 17\n');
    expect(keepIssue('').asked).toBe('');
  });

  it('stays within what an issue can hold', () => {
    const { asked } = keepIssue(`${`${ENDED}${'x'.repeat(2000)}\n`.repeat(500)}`);

    expect(asked.length).toBeLessThan(65_536);
    expect(asked).toContain('500 in all.');
  });
});
