import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SimulationReport } from '../../lib/simulation/simulation-report.ts';
import { createRepository } from '../revisions/repository.ts';
import { ARN, finding } from './own-input.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const repository = createRepository();
afterAll(() => {
  surroundings.remove();
  repository.delete();
});

const NOW = ['--now', '2026-11-22T00:00:00Z'];
const report = (stdout: string) => JSON.parse(stdout) as SimulationReport;
const ndjson = (findings: readonly unknown[]) => `${findings.map((one) => JSON.stringify(one)).join('\n')}\n`;

describe('triage simulate --base', () => {
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
  // It adds to what the others hide, before them, and hides nothing itself.
  repository.write(
    'rules/area/sign.json',
    rule('sign', '', 'high', {
      priority: 20,
      event: { type: 'update', params: { UserDefinedFields: { team: 'web' } } },
    }),
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
    const { code, stdout } = await compare('--base', first, '-f', 'json', '--decisions', 'decisions.ndjson');

    expect(code).toBe(0);
    const { comparison, figures } = report(stdout);
    expect(comparison?.base).toMatchObject({ ref: first, commit: first });
    expect(comparison?.changedRules).toEqual([
      { rule: 'hide-high', change: 'added' },
      { rule: 'hide-high-too', change: 'added' },
      { rule: 'hide-medium', change: 'changed' },
      { rule: 'sign', change: 'added' },
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
    expect(comparison?.spread.newlySuppressed).toEqual({
      byDay: [{ day: '2026-05-04', count: 2 }],
      earlier: 0,
      undated: 0,
      byAccountAndRule: [{ account: '111122223333', rule: 'hide-high', count: 2 }],
      more: { pairs: 0, findings: 0 },
    });
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
      '2 findings of severity HIGH would be newly suppressed or resolved, and --forbid-newly-suppressed names HIGH.\n' +
        '2 findings would be newly suppressed or resolved, more than --max-newly-suppressed 1.\n',
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
