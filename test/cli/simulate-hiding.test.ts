import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SimulationReport } from '../../lib/simulation/simulation-report.ts';
import { createRepository } from '../revisions/repository.ts';
import { finding } from './own-input.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const repository = createRepository();
afterAll(() => {
  surroundings.remove();
  repository.delete();
});

const labelled = (Id: string, Label: string) =>
  finding(Id, { Severity: { Label }, FindingProviderFields: { Severity: { Label } } });

describe('triage simulate --base of a rule that resolves findings', () => {
  repository.write('rules/readme.md', 'No rules yet.');
  const base = repository.commit();
  repository.write(
    'rules/area/resolve-all.json',
    JSON.stringify({
      name: 'resolve-all',
      owner: '@acme/secops',
      mode: 'enforce',
      priority: 10,
      allowCritical: true,
      conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'Scanner' }] },
      event: {
        type: 'update',
        params: { Workflow: { Status: 'RESOLVED' }, Severity: { Label: 'LOW' } },
      },
    }),
  );
  const findings = [...Array(3).keys()].map((i) => labelled(`critical/${i}`, 'CRITICAL'));
  repository.write(
    'findings.ndjson',
    [...findings, labelled('high', 'HIGH'), labelled('medium', 'MEDIUM')]
      .map((one) => JSON.stringify(one))
      .join('\n'),
  );
  const inRepository = { ...surroundings, cwd: repository.root };
  const compare = (...args: readonly string[]) =>
    triage(
      inRepository,
      'simulate',
      'findings.ndjson',
      '--base',
      base,
      '--now',
      '2026-11-22T00:00:00Z',
      ...args,
    );

  it('counts them as hidden, whatever severity it gives them too, and lets the gates trip', async () => {
    const { code, stdout, stderr } = await compare(
      '-f',
      'json',
      '--forbid-newly-suppressed',
      'CRITICAL,HIGH',
      '--max-newly-suppressed',
      '0',
    );

    expect(code).toBe(1);
    expect(stderr).toContain('3 findings of severity CRITICAL would be newly suppressed or resolved');
    expect(stderr).toContain('5 findings would be newly suppressed or resolved, more than');
    const { comparison, gates, asEnforced } = JSON.parse(stdout) as SimulationReport;
    expect(gates).toEqual([
      { option: '--forbid-newly-suppressed', severity: 'CRITICAL', limit: 0, found: 3, tripped: true },
      { option: '--forbid-newly-suppressed', severity: 'HIGH', limit: 0, found: 1, tripped: true },
      { option: '--max-newly-suppressed', severity: null, limit: 0, found: 5, tripped: true },
    ]);
    expect(asEnforced).toBe(false);
    expect(comparison?.changes.newlyResolved).toMatchObject({ CRITICAL: 3, HIGH: 1, MEDIUM: 1 });
    expect(comparison?.changes.severityLowered).toMatchObject({ CRITICAL: 0, HIGH: 0, MEDIUM: 0 });
  });

  it('says so first in every report', async () => {
    const { code, stdout } = await compare(
      '--as-enforced',
      '-f',
      'pretty',
      '-o',
      'markdown=impact.md',
      '-o',
      'html=impact.html',
    );

    expect(code).toBe(0);
    expect(stdout).toContain('Decided with --as-enforced: ');
    expect(stdout).toMatch(/newly resolved +5 +CRITICAL 3 +HIGH 1 +MEDIUM 1/);
    expect(stdout).toContain('CRITICAL findings that would be hidden (3)');
    const [markdown, html] = ['impact.md', 'impact.html'].map((name) =>
      readFileSync(join(repository.root, name), 'utf8'),
    );
    for (const text of [markdown, html])
      expect(text).toMatch(/⚠️? 3 CRITICAL and 1 HIGH findings would be newly hidden\./);
    expect(html).toContain('<li class="alarm"><b>3</b><span>CRITICAL newly hidden</span></li>');
    expect(markdown).toContain('### CRITICAL findings that would be hidden (3)');
    expect(markdown).toContain('Findings: newly resolved, MEDIUM and below (1)');
  });
});

describe('triage simulate --base of a rule whose update fits no finding', () => {
  const full = Object.fromEntries([...Array(50).keys()].map((i) => [`key-${i}`, 'value']));

  it('tells of dead letters first, though the findings stand as they did', async () => {
    repository.remove('rules/area/resolve-all.json');
    const base = repository.commit();
    repository.write(
      'rules/area/add-team.json',
      JSON.stringify({
        name: 'add-team',
        owner: '@acme/secops',
        mode: 'enforce',
        priority: 10,
        conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'Scanner' }] },
        event: { type: 'update', params: { UserDefinedFields: { team: 'web' } } },
      }),
    );
    const findings = [...Array(3).keys()].map((i) => finding(`full/${i}`, { UserDefinedFields: full }));
    repository.write('full.ndjson', findings.map((one) => JSON.stringify(one)).join('\n'));

    const { code, stdout } = await triage(
      { ...surroundings, cwd: repository.root },
      ...['simulate', 'full.ndjson', '--base', base, '-f', 'pretty'],
      ...['-o', 'markdown=dead.md', '-o', 'html=dead.html'],
    );

    expect(code).toBe(0);
    expect(stdout).toMatch(/dead letters +0 → 3 \(no update can be applied to them\)\n +unchanged +3/);
    for (const name of ['dead.md', 'dead.html'])
      expect(readFileSync(join(repository.root, name), 'utf8')).toMatch(
        /⚠️? 3 more findings would end as dead letters/,
      );
  });
});
