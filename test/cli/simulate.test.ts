import { spawn } from 'node:child_process';
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { SimulationReport } from '../../lib/simulation/simulation-report.ts';
import { generateFindingLines } from '../bench/workload/findings.ts';
import { ARN, finding, HOSTILE_ID, writeOwnFindings, writeOwnRules } from './own-input.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());
const { cwd, write } = surroundings;
writeOwnRules(surroundings);

const NOW = ['--now', '2026-11-22T00:00:00Z'];
const OWN = ['--rules', 'own/rules', ...NOW];
const simulate = (...args: readonly string[]) => triage(surroundings, 'simulate', ...args);
const report = (stdout: string) => JSON.parse(stdout) as SimulationReport;
const ndjson = (findings: readonly unknown[]) => `${findings.map((one) => JSON.stringify(one)).join('\n')}\n`;

describe('triage simulate', () => {
  it('decides findings in every form, collapses duplicates and tells of what has no identity', async () => {
    const files = writeOwnFindings(surroundings);

    const { code, stdout, stderr } = await simulate(
      ...files,
      ...OWN,
      '-f',
      'json',
      '--decisions',
      'd.ndjson',
    );

    expect(code).toBe(0);
    expect(stderr).toBe(
      [
        '2 findings cannot be decided: no usable identity.',
        '  findings.ndjson:7: Id is no string',
        '  findings.ndjson:8: Id is no string',
        '',
      ].join('\n'),
    );
    const { findings, figures, standing, comparison, partial } = report(stdout);
    expect(findings).toEqual({
      read: 10,
      distinct: 7,
      duplicates: 1,
      invalid: 2,
      unreadable: { count: 0, first: [] },
      redacted: 0,
      from: '2026-05-04T08:00:00.000Z',
      to: '2026-05-04T08:00:00.000Z',
    });
    expect(figures).toEqual({
      rules: 2,
      outcomes: { updated: 4, held: 1, observed: 1, unchanged: 1 },
      workflow: { NEW: 2, NOTIFIED: 4, SUPPRESSED: 1 },
      severity: { CRITICAL: 0, HIGH: 7, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, NONE: 0 },
      noOps: 0,
      held: { person: 1 },
      calls: 1,
      batchFill: 4,
      quotaSeconds: 0.1,
      byRule: [
        { rule: 'notify-scanner', matched: 5, decided: 5 },
        { rule: 'rate-probe', matched: 1, decided: 0 },
      ],
    });
    expect(standing.workflow).toEqual({ NEW: 6, SUPPRESSED: 1 });
    expect({ comparison, partial }).toEqual({ comparison: null, partial: false });
    const lines = surroundings.readLines('d.ndjson');
    expect(lines.map(({ Id, outcome }) => [Id, outcome])).toEqual([
      ['finding/2', 'observed'],
      ['finding/3', 'held'],
      ['finding/4', 'unchanged'],
      [HOSTILE_ID, 'updated'],
      ['finding/1', 'updated'],
      ['finding/5', 'updated'],
      ['finding/6', 'updated'],
    ]);
    expect(Object.keys(lines[0] ?? {})).toEqual(['Id', 'ProductArn', 'outcome', 'rules', 'update', 'held']);
  });

  it('reads folders, globs, gzip, documents and stdin alike', async () => {
    const four = ['a', 'b', 'c', 'd'].map((Id) => finding(Id));
    write('forms/lines/one.ndjson', ndjson(four));
    write('forms/list.json', JSON.stringify(four, null, 2));
    write('forms/page.json', JSON.stringify({ NextToken: 'x', Findings: four }));
    write('forms/.hidden/other.json', 'not read');
    write('forms/readme.txt', 'not read');
    writeFileSync(join(cwd, 'forms/zipped.json.gz'), gzipSync(JSON.stringify(four)));
    write('windows.json', `\uFEFF${JSON.stringify(four)}\r\n`);

    const folder = await simulate('forms', ...OWN, '-f', 'json');
    const glob = await simulate('forms/*.json*', 'windows.json', 'forms/*.json', ...OWN, '-f', 'json');

    expect(report(folder.stdout).findings).toMatchObject({ read: 16, distinct: 4, duplicates: 12 });
    expect(report(glob.stdout).findings).toMatchObject({ read: 16, distinct: 4, duplicates: 12 });
    expect([folder.code, glob.code]).toEqual([0, 0]);
  });

  it('follows links in folders, goes round in no circle, and names a link that leads nowhere', async () => {
    write('elsewhere/b.ndjson', ndjson([finding('b')]));
    write('links/a.ndjson', ndjson([finding('a')]));
    symlinkSync('../elsewhere/b.ndjson', join(cwd, 'links/file.ndjson'));
    symlinkSync('../elsewhere', join(cwd, 'links/folder'));
    symlinkSync('.', join(cwd, 'links/self'));
    const whole = await simulate('links', ...OWN, '-f', 'json');
    symlinkSync('gone.ndjson', join(cwd, 'links/nowhere.ndjson'));

    const dangling = await simulate('links', ...OWN, '-f', 'json');

    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(report(whole.stdout).findings).toMatchObject({ read: 3, distinct: 2 });
    expect(dangling.code).toBe(1);
    expect(dangling.stderr).toContain('links/nowhere.ndjson');
    expect(report(dangling.stdout).findings).toMatchObject({ distinct: 2 });
  });

  it('says how many findings are redacted, and what that means', async () => {
    const redacted = (Id: string) =>
      finding(Id, { ProductFields: { 'securityhub-triage/redacted': 'true' } });
    write('redacted.ndjson', ndjson([redacted('a'), redacted('a'), redacted('b'), finding('c')]));
    const files = ['compact', 'markdown', 'html', 'json'].map((format) => `${format}=redacted.${format}`);
    const reports = files.flatMap((file) => ['-o', file]);

    const { stdout } = await simulate('redacted.ndjson', ...OWN, '-f', 'pretty', ...reports);

    const text = (format: string) => readFileSync(join(cwd, `redacted.${format}`), 'utf8');
    const said = /Redacted by triage export: 2 of 3\. Rules that name accounts.* decide these otherwise/;
    for (const one of [stdout, text('markdown'), text('html')]) expect.soft(one).toMatch(said);
    expect(text('compact')).toMatch(/^redacted: 2; rules that name accounts/m);
    expect(report(text('json')).findings.redacted).toBe(2);
  });

  it('decides the newest state of a finding, wherever it stands', async () => {
    const at = (day: string, status: string) =>
      finding('one', { UpdatedAt: `2026-05-${day}T00:00:00Z`, Workflow: { Status: status } });
    write('states.ndjson', ndjson([at('02', 'NEW'), at('09', 'RESOLVED'), at('05', 'SUPPRESSED')]));

    const { stdout } = await simulate(
      'states.ndjson',
      ...OWN,
      '-f',
      'json',
      '--decisions',
      'states-d.ndjson',
    );

    const { findings, standing } = report(stdout);
    expect(findings).toMatchObject({ read: 3, distinct: 1, duplicates: 2 });
    expect(standing.workflow).toEqual({ RESOLVED: 1 });
    expect(surroundings.readLines('states-d.ndjson')).toMatchObject([{ Id: 'one', outcome: 'held' }]);
  });

  it('says the same whoever decides, and as few calls as the product would make', async () => {
    write('many.ndjson', `${generateFindingLines(6, 3_000).join('\n')}\n`);
    const args = ['many.ndjson', '--rules', RULES, ...NOW, '-f', 'json', '--as-enforced', '--decisions'];

    const alone = await simulate(...args, 'alone.ndjson', '--workers', '1');
    const crew = await simulate(...args, 'crew.ndjson', '--workers', '3');

    expect(crew).toEqual(alone);
    expect(alone.code).toBe(0);
    const text = (name: string) => readFileSync(join(cwd, name), 'utf8');
    expect(text('crew.ndjson')).toBe(text('alone.ndjson'));
    const { findings, figures } = report(alone.stdout);
    expect(surroundings.readLines('alone.ndjson')).toHaveLength(findings.distinct);
    const outcomes = Object.values(figures.outcomes).reduce((sum, count) => sum + count, 0);
    expect(outcomes).toBe(findings.distinct);
    expect(figures.calls).toBeGreaterThan(0);
  });

  it('goes on past what it cannot read, names the first places, and fails', async () => {
    const bad = Array.from({ length: 7 }, (_, index) => `{"Id": "${index}`);
    write('mixed.ndjson', `${ndjson([finding('a')])}${bad.join('\n')}\n7\n${ndjson([finding('b')])}`);
    write('cut.json', `[${JSON.stringify(finding('c'))}, {"Id":`);
    writeFileSync(join(cwd, 'cut.json.gz'), gzipSync(ndjson([finding('d')])).subarray(0, 60));

    const { code, stdout, stderr } = await simulate(
      ...['mixed.ndjson', 'cut.json', 'cut.json.gz', ...OWN, '-f', 'json'],
    );

    expect(code).toBe(1);
    expect(report(stdout).findings).toMatchObject({
      distinct: 3,
      invalid: 0,
      unreadable: { count: 10, first: [{ place: 'mixed.ndjson:2', message: 'is not JSON' }, {}, {}, {}, {}] },
    });
    expect(stderr).toBe(
      [
        '10 places could not be read.',
        ...[2, 3, 4, 5, 6].map((line) => `  mixed.ndjson:${line}: is not JSON`),
        '  and 5 more',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['nowhere.ndjson'], /^nowhere\.ndjson is not there\.\n$/],
    [['own/rules/*.txt'], /^own\/rules\/\*\.txt matches no file\.\n$/],
    [['empty.json'], /^There are no findings to decide in empty\.json\.\n$/],
    [['broken.json'], /^1 place could not be read\.\n {2}broken\.json: is not JSON\nThere are no findings/],
    [['empty.json', '--max-newly-suppressed', '3'], /name them with --base <ref>/],
    [['empty.json', '--forbid-newly-suppressed', 'SEVERE'], /Severities are CRITICAL, HIGH/],
    [['empty.json', '--workers', '0'], /Not a number of threads/],
    [['one.json', '--decisions', 'nowhere/d.ndjson'], /^--decisions nowhere\/d\.ndjson cannot be written: /],
  ])('refuses %j with exit code 2', async (args, message) => {
    write('empty.json', '[]');
    write('broken.json', 'oops');
    write('one.json', JSON.stringify(finding('a')));

    const { code, stdout, stderr } = await simulate(...args, ...OWN);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('bears findings that mean harm, in every format', async () => {
    const hostile = [
      finding('__proto__', { AwsAccountId: '__proto__', ProductName: '__proto__', constructor: 'x' }),
      finding(HOSTILE_ID, { Title: '<script>alert(1)</script>', Workflow: { Status: '__proto__' } }),
      `{"__proto__": {"Id": "polluted"}, "Id": "own", "ProductArn": "${ARN}", "UpdatedAt": "‮"}`,
      finding('x'.repeat(512), { Description: 'y'.repeat(240_000), Resources: [null] }),
      finding('deep', { ProductFields: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) }),
    ].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    write('hostile.ndjson', `${hostile.join('\n')}\n${'['.repeat(50_000)}${']'.repeat(50_000)}\n`);
    const files = ['compact', 'markdown', 'html', 'json'].map((format) => `${format}=hostile.${format}`);
    const reports = files.flatMap((file) => ['-o', file]);

    const { code, stdout, stderr } = await simulate('hostile.ndjson', ...OWN, '-f', 'pretty', ...reports);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^1 place could not be read\.\n {2}hostile\.ndjson:6\S*: is a list in lists/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const { findings, figures } = report(readFileSync(join(cwd, 'hostile.json'), 'utf8'));
    expect(findings).toMatchObject({ distinct: 5, invalid: 0 });
    expect(figures.outcomes).toEqual({ updated: 2, held: 1, unchanged: 2 });
  });

  it('tells what it has at Ctrl-C, though the pipe stays open', async () => {
    const { env } = surroundings;
    const bin = fileURLToPath(new URL('../../bin/triage.ts', import.meta.url));
    const args = [
      bin,
      'simulate',
      '-',
      '--rules',
      RULES,
      ...NOW,
      '-f',
      'json',
      '--decisions',
      'early.ndjson',
    ];
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const stdout = textOf(child.stdout);
    child.stdin.on('error', () => {});
    // More than a block, with the last line cut.
    child.stdin.write(generateFindingLines(6, 900).join('\n'));
    const isWritten = () =>
      (statSync(join(cwd, 'early.ndjson.part'), { throwIfNoEntry: false })?.size ?? 0) > 0;
    while (!isWritten()) await setTimeout(50);
    child.kill('SIGINT');

    const { partial, findings } = report(await stdout);

    expect(await ended).toBe(130);
    expect(partial).toBe(true);
    expect(findings.read).toBeGreaterThan(100);
    expect(findings.read).toBeLessThan(900);
  });
});
