import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { SimulationReport } from '../../lib/simulation/simulation-report.ts';
import { generateFindingLines } from '../bench/workload/findings.ts';
import { createRepository } from '../revisions/repository.ts';
import { ARN, finding, HOSTILE_ID, writeOwnFindings, writeOwnRules } from './own-input.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
const repository = createRepository();
afterAll(() => {
  surroundings.remove();
  repository.delete();
});
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
    expect(report(stdout).findings).toMatchObject({ distinct: 3, invalid: 0 });
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
    const isWritten = () => (statSync(join(cwd, 'early.ndjson'), { throwIfNoEntry: false })?.size ?? 0) > 0;
    while (!isWritten()) await setTimeout(50);
    child.kill('SIGINT');

    const { partial, findings } = report(await stdout);

    expect(await ended).toBe(130);
    expect(partial).toBe(true);
    expect(findings.read).toBeGreaterThan(100);
    expect(findings.read).toBeLessThan(900);
  });

  describe('--base', () => {
    const rule = (name: string, status: string, severity: string, more = {}) =>
      JSON.stringify({
        name,
        owner: '@acme/secops',
        mode: 'enforce',
        priority: 10,
        expires: '2027-01-01',
        reasonCode: 'accepted-risk',
        reason: 'An example.',
        ticket: 'SEC-1',
        conditions: {
          all: [
            { fact: 'Severity.Label', operator: 'in', value: ['HIGH', 'MEDIUM', 'LOW'] },
            { fact: 'Title', operator: 'in', value: { fact: 'lists.labels' } },
            { fact: 'Title', operator: 'equal', value: severity },
          ],
        },
        event: { type: 'update', params: { Workflow: { Status: status } } },
        ...more,
      });
    const list = (...labels: readonly string[]) =>
      JSON.stringify({ entries: labels.map((value) => ({ value })) });
    repository.write('rules/readme.md', 'No rules yet.');
    const empty = repository.commit();
    repository.write('rules/area/hide-medium.json', '{ "name": "hide-medium" }');
    const broken = repository.commit();
    repository.write('rules/context/labels.json', list('medium', 'low'));
    repository.write('rules/area/hide-medium.json', rule('hide-medium', 'SUPPRESSED', 'medium'));
    repository.write('rules/area/tell-low.json', rule('tell-low', 'NOTIFIED', 'low'));
    const first = repository.commit();
    repository.write('rules/context/labels.json', list('high', 'medium', 'low'));
    repository.write('rules/area/hide-high.json', rule('hide-high', 'SUPPRESSED', 'high'));
    repository.write(
      'rules/area/hide-high-too.json',
      rule('hide-high-too', 'SUPPRESSED', 'high', { priority: 5 }),
    );
    repository.remove('rules/area/tell-low.json');
    const labelled = (Id: string, Label: string, members = {}) =>
      finding(Id, {
        Title: Label.toLowerCase(),
        Severity: { Label },
        FindingProviderFields: { Severity: { Label } },
        ...members,
      });
    repository.write(
      'findings.ndjson',
      ndjson([
        labelled('medium', 'MEDIUM'),
        labelled('high/1', 'HIGH', { Title: 'high', Resources: [{ Id: 'i-1', Type: 'AwsEc2Instance' }] }),
        labelled('low', 'LOW'),
        labelled('high/2', 'HIGH'),
        labelled('critical', 'CRITICAL'),
      ]),
    );
    const inRepository = { ...surroundings, cwd: repository.root };
    const compare = (...args: readonly string[]) =>
      triage(inRepository, 'simulate', 'findings.ndjson', ...NOW, ...args);

    it('says what the work tree makes different, what is hidden first', async () => {
      const { code, stdout } = await compare(
        '--base',
        first,
        '-f',
        'json',
        '--decisions',
        'decisions.ndjson',
      );

      expect(code).toBe(0);
      const { comparison, figures } = report(stdout);
      expect(comparison?.base).toMatchObject({ ref: first, commit: first });
      expect(comparison?.changedRules).toEqual([
        { rule: 'hide-high', change: 'added' },
        { rule: 'hide-high-too', change: 'added' },
        { rule: 'hide-medium', change: 'changed' },
        { rule: 'tell-low', change: 'removed' },
      ]);
      expect(comparison?.changes.newlySuppressed).toMatchObject({ CRITICAL: 0, HIGH: 2, MEDIUM: 0 });
      expect(comparison?.changes.workflowChanged).toMatchObject({ LOW: 1 });
      expect(comparison?.unchanged).toBe(2);
      expect(comparison?.findings.map(({ Id, change, rules }) => [Id, change, rules])).toEqual([
        ['high/1', 'newlySuppressed', ['hide-high']],
        ['high/2', 'newlySuppressed', ['hide-high']],
        ['low', 'workflowChanged', ['tell-low']],
      ]);
      expect(comparison?.findings[0]).toEqual({
        Id: 'high/1',
        ProductArn: ARN,
        AwsAccountId: '111122223333',
        product: 'Scanner',
        title: 'high',
        resource: 'i-1',
        severity: 'HIGH',
        change: 'newlySuppressed',
        before: { workflow: 'NEW', severity: 'HIGH' },
        after: { workflow: 'SUPPRESSED', severity: 'HIGH' },
        rules: ['hide-high'],
        day: '2026-05-04',
      });
      expect(comparison?.newlySuppressedByDay).toEqual([{ day: '2026-05-04', count: 2 }]);
      expect(comparison?.newlySuppressedByAccountAndRule).toEqual([
        { account: '111122223333', rule: 'hide-high', count: 2 },
      ]);
      expect([comparison?.base.figures.calls, figures.calls]).toEqual([2, 2]);
      const lines = readFileSync(join(repository.root, 'decisions.ndjson'), 'utf8').trim().split('\n');
      expect(JSON.parse(lines[1] ?? '')).toMatchObject({
        Id: 'high/1',
        outcome: 'updated',
        before: { workflow: 'NEW', severity: 'HIGH' },
        after: { workflow: 'SUPPRESSED', severity: 'HIGH' },
      });
    });

    it.each([
      [['--forbid-newly-suppressed', 'CRITICAL'], 0, ''],
      [['--max-newly-suppressed', '2'], 0, ''],
      [
        ['--forbid-newly-suppressed', 'critical,HIGH', '--max-newly-suppressed', '1'],
        1,
        '2 findings of severity HIGH would be newly suppressed, and --forbid-newly-suppressed names HIGH.\n' +
          '2 findings would be newly suppressed, more than --max-newly-suppressed 1.\n',
      ],
    ])('%j ends with %i', async (gates, expected, told) => {
      const { code, stdout, stderr } = await compare('--base', first, '-f', 'json', ...gates);

      expect({ code, stderr }).toEqual({ code: expected, stderr: told });
      expect(report(stdout).comparison?.changes.newlySuppressed.HIGH).toBe(2);
    });

    it('compares with no rules where there were none, and refuses a base that does not load', async () => {
      const none = await compare('--base', empty, '-f', 'json');
      const wrong = await compare('--base', broken, '-f', 'json');

      expect(none.code).toBe(0);
      expect(none.stderr).toMatch(
        /^There are no rules in rules at \w+ \(\w{12}\): compared with no rules\.\n$/,
      );
      expect(report(none.stdout).comparison?.changes.newlySuppressed).toMatchObject({ HIGH: 2, MEDIUM: 1 });
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toMatch(/TR003[\s\S]*do not load, so there is nothing to compare with\.\n$/);
      expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false });
    });

    it('has counts that sum to the total', async () => {
      const { stdout } = await compare('--base', 'HEAD', '--rules', 'rules', '-f', 'json', '--as-enforced');

      const { comparison, findings } = report(stdout);
      const changed = Object.values(comparison?.changes ?? {}).flatMap((counts) => Object.values(counts));
      const sum = changed.reduce((all, count) => all + count, comparison?.unchanged ?? 0);
      expect(sum).toBe(findings.distinct);
    });
  });
});
