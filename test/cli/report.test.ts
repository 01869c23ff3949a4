import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { SuppressionReport } from '../../lib/report/suppression-report.ts';
import { finding, rule } from '../report/report-on.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());
const { cwd, write } = surroundings;

write('rules/a/scan.json', JSON.stringify(rule('scan', '111111111111'), null, 2));
write(
  'rules/a/over.json',
  JSON.stringify(rule('over', '222222222222', { expires: '2026-11-01', owner: '@acme/shop' }), null, 2),
);
const GONE = { triageSet: '{"v":1,"Workflow":"SUPPRESSED"}', triageRules: '|was-here|' };
const FINDINGS = [
  finding('1', { AwsAccountId: '111111111111' }),
  finding('1', { AwsAccountId: '111111111111' }),
  finding('2', { UserDefinedFields: GONE, Workflow: { Status: 'SUPPRESSED' } }),
];
const LINES = FINDINGS.map((one) => JSON.stringify(one)).join('\n');
write('findings.ndjson', LINES);
writeFileSync(join(cwd, 'findings.json.gz'), gzipSync(JSON.stringify(FINDINGS)));

const NOW = ['--now', '2026-11-26T12:00:00Z'];
const report = (...args: readonly string[]) => triage(surroundings, 'report', ...args, ...NOW);
const parsed = (stdout: string) => JSON.parse(stdout) as SuppressionReport;

describe('triage report', () => {
  it('tells what the rules say where there is neither a finding nor a repository', async () => {
    const { code, stdout, stderr } = await report();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      '1 suppression in force, 0 observing, 1 ended',
      'note: No findings were named: nothing is counted, and nobody can tell what matches nothing or is gone.',
      expect.stringMatching(/^note: Last commits cannot be told: not a git repository/),
      'rules/a/scan.json:1: inForce: scan: @acme/secops | accepted-risk | SEC-1 | 2027-10-31, 340 days left | last commit unknown | Our own scanner',
      'rules/a/over.json:1: ended: over: @acme/shop | accepted-risk | SEC-1 | 2026-11-01, ended 25 days ago | last commit unknown | Our own scanner',
      'expired: over: @acme/shop: 2026-11-01, ended 25 days ago',
      '',
    ]);
  });

  it('counts on files, gzip and several at once, and writes every report that is asked for', async () => {
    const formats = ['csv', 'markdown', 'html', 'json', 'pretty', 'compact'];
    const files = formats.flatMap((format) => ['-o', `${format}=out.${format}`]);

    const { code, stdout } = await report('findings.*', ...files, '-f', 'json');

    expect(code).toBe(0);
    const { findings, totals, gone, unmatched } = parsed(stdout);
    expect(findings).toMatchObject({ read: 6, distinct: 2, duplicates: 4, coveredDays: 1 });
    expect(totals?.suppressed.HIGH).toBe(1);
    expect(gone).toMatchObject([{ rule: 'was-here', findings: { HIGH: 1 }, suppressed: { HIGH: 1 } }]);
    expect(unmatched).toEqual([]);
    const written = formats.map((format) => readFileSync(join(cwd, `out.${format}`), 'utf8'));
    expect(parsed(written[3] ?? '')).toEqual(parsed(stdout));
    for (const text of written) expect.soft(text).toContain('was-here');
    expect(written[0]).toMatch(/^state,rule,.*\r\n.*\r\n.*\r\ngone,was-here,[^\n]*\r\n$/);
  });

  it('decides with several threads what it decides with one', async () => {
    const one = await report('findings.ndjson', '-f', 'json');
    const two = await report('findings.ndjson', '-f', 'json', '--workers', '2');

    expect(parsed(two.stdout)).toEqual(parsed(one.stdout));
  });

  it('fails by the gates that are named, after it has told everything', async () => {
    const { code, stdout, stderr } = await report(
      ...['findings.ndjson', '--fail-on', 'Expired,gone', '--expiring', '7'],
    );

    expect(code).toBe(1);
    expect(stdout).toContain('gone: was-here: 1 finding (HIGH 1), 1 still suppressed');
    expect(stderr).toBe(
      '1 suppression ended or missed the review, and --fail-on names expired.\n1 rule that findings still name is gone, and --fail-on names gone.\n',
    );
  });

  it('names the author of the last commit of a rule, and who reviewed it', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Jane', '-c', 'user.email=j@example.com', ...args], { cwd });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '-m', 'Agreed', '-m', 'Reviewed-by: John');
    write('rules/a/new.json', JSON.stringify(rule('new', '333333333333')));

    const { stdout } = await report('--owner', '@acme/secops', '-f', 'json');

    const rows = parsed(stdout).suppressions;
    expect(
      rows.map(({ rule: name, lastCommit }) => [name, lastCommit?.author, lastCommit?.reviewers]),
    ).toEqual([
      ['new', undefined, undefined],
      ['scan', 'Jane', ['John']],
    ]);
    expect(parsed(stdout).commitsUnknown).toBeNull();
  });

  it.each([
    [['nowhere.ndjson'], 2, /^nowhere\.ndjson is not there\.$/m],
    [['--rules', 'empty'], 2, /^There are no rules in empty\. Name a folder with --rules <dir>\.$/m],
    [
      ['--owner', 'nobody'],
      2,
      /^No suppression is owned by nobody\. Owners are @acme\/secops, @acme\/shop\.$/m,
    ],
    [['--fail-on', 'gone'], 2, /^Only findings tell which rules are gone/m],
    [['--fail-on', 'old'], 2, /Write some of expired, expiring, gone, with commas between\./],
    [['--expiring', 'soon'], 2, /Not a whole number of days\./],
    [['empty/findings.ndjson'], 2, /^There are no findings to decide in empty\/findings\.ndjson\.$/m],
    [['--rules', 'broken'], 1, /TR\d{3}/],
  ])('refuses %j with exit code %i', async (args, expected, message) => {
    write('empty/findings.ndjson', '\n');
    write('broken/a/bad.json', '{ "name": "bad" }');

    const { code, stdout, stderr } = await report(...args);

    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('tells a program in JSON why there is nothing', async () => {
    const { code, stdout } = await report('--rules', 'empty', '-f', 'json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      ok: false,
      error: expect.stringMatching(/There are no rules/),
    });
  });
});
