import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const { cwd, write } = surroundings;
afterAll(() => surroundings.remove());

const permissions = (...args: readonly string[]) => triage(surroundings, 'permissions', ...args);
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    stdio: 'pipe',
  });

function writeRule(name: string, params: object, members: object = {}): void {
  const conditions = {
    all: [
      { fact: 'Title', operator: 'equal', value: name },
      { fact: 'Severity.Label', operator: 'in', value: ['LOW'] },
    ],
  };
  const rule = { name, owner: '@acme/secops', mode: 'enforce', priority: 10, conditions, ...members };
  write(`rules/a/${name}.json`, JSON.stringify({ ...rule, event: { type: 'update', params } }, null, 2));
}

beforeAll(() => {
  writeRule('notify', { Workflow: { Status: 'NOTIFIED' } });
  writeRule('seen', { Severity: { Label: 'LOW' } }, { mode: 'observe' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  writeRule('notify', { Workflow: { Status: 'RESOLVED' }, Confidence: 5 });
});

describe('triage permissions', () => {
  it('tells every field and value, what allows it or why it is denied, for people', async () => {
    const { code, stdout, stderr } = await permissions('-f', 'pretty');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^What the deployed function may write: 6 of 19 fields and values \(ruleset \w{12}\)$/m,
    );
    expect(stdout).toMatch(/^ {2}✓ {2}Workflow\.Status RESOLVED {2,}notify$/m);
    expect(stdout).toMatch(/^ {2}✓ {2}Workflow\.Status NEW {2,}taking back what was written$/m);
    expect(stdout).toMatch(/^ {2}✗ {2}Workflow\.Status SUPPRESSED {2,}no enforced rule writes it$/m);
    // Rules that observe need nothing.
    expect(stdout).toMatch(/^ {2}✗ {2}Severity\.Label LOW {2,}no enforced rule writes it$/m);
    expect(stdout).toContain('Severity.Normalized and Severity.Product are always denied.');
  });

  it('tells it one line each where it is piped', async () => {
    const { stdout } = await permissions();

    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(19);
    expect(lines.filter((line) => !/^(?:allowed|denied) [\w.]+(?: [A-Z_]+)?: \S.*$/.test(line))).toEqual([]);
    expect(lines).toContain('allowed Confidence: notify');
    expect(lines).toContain('denied Criticality: no enforced rule writes it');
  });

  it('has a JSON form with the very statements that are deployed', async () => {
    const { stdout } = await permissions('-f', 'json');

    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ version: 1, ok: true, base: null, events: { lets: 'some' } });
    expect(
      told.permissions.map(({ field, allowed }: { field: string; allowed: boolean }) => [field, allowed]),
    ).toEqual([
      ['Workflow', true],
      ['Severity', false],
      ['VerificationState', true],
      ['Confidence', true],
      ['Criticality', false],
      ['Types', false],
      ['RelatedFindings', false],
      ['Note', true],
      ['UserDefinedFields', true],
    ]);
    expect(told.statements[0]).toEqual({
      Sid: 'UpdateFindings',
      Effect: 'Allow',
      Action: ['securityhub:BatchUpdateFindings', 'securityhub:GetFindings'],
      Resource: 'arn:<partition>:securityhub:<region>:<account>:hub/default',
    });
  });

  it('writes Markdown for a pull request: what is allowed as a table, what is denied as a list', async () => {
    const { stdout } = await permissions('-f', 'markdown');

    expect(stdout).toMatch(/^### What the deployed function may write$/m);
    expect(stdout).toContain(
      '| allowed | for |\n|---|---|\n| Workflow.Status NEW | taking back what was written |\n',
    );
    expect(stdout).toContain('| Workflow.Status RESOLVED | notify |\n');
    expect(stdout).toMatch(
      /^Denied: Workflow\.Status NOTIFIED, Workflow\.Status SUPPRESSED, .*RelatedFindings\.$/m,
    );
    expect(stdout).not.toContain('# Which events reach the ingest queue');
  });

  it('adds which events reach the function, where it is asked to', async () => {
    const { stdout } = await permissions('-f', 'markdown', '--events');

    expect(stdout).toContain('# Which events reach the ingest queue');
    expect(stdout).toMatch(/^\| `notify` \| enforce \| branch \d(?:, \d)* \| /m);
    expect(stdout).toMatch(/^\| `seen` \| observe \| branch \d(?:, \d)* \| /m);
  });

  it('says of a change what the function may write more, and what less, in every format', async () => {
    const formats = ['pretty', 'compact', 'json', 'markdown'];
    const files = formats.flatMap((format) => ['-o', `${format}=permissions.${format}`]);

    const { code } = await permissions('--base', 'HEAD', ...files);

    expect(code).toBe(0);
    const [pretty, compact, json, markdown] = formats.map((format) =>
      readFileSync(join(cwd, `permissions.${format}`), 'utf8'),
    );
    expect(JSON.parse(json ?? '').base.changes).toEqual([
      { kind: 'widened', member: 'Workflow.Status', value: 'RESOLVED', rules: ['notify'] },
      { kind: 'widened', member: 'Confidence', value: null, rules: ['notify'] },
      { kind: 'narrowed', member: 'Workflow.Status', value: 'NOTIFIED', rules: ['notify'] },
    ]);
    for (const text of [pretty, compact, markdown]) {
      expect(text).toContain('Workflow.Status RESOLVED');
      expect(text).toMatch(/widened|more|may now/i);
    }
  });

  it('ends with 1 and a place where a rule is wrong, in JSON too', async () => {
    write('bad/a/bad.json', '{ "name": "bad" }');

    const plain = await permissions('--rules', 'bad');
    const json = await permissions('--rules', 'bad', '-f', 'json');

    expect([plain.code, json.code]).toEqual([1, 1]);
    expect(plain.stderr).toContain('bad/a/bad.json:1:1');
    expect(JSON.parse(json.stdout)).toMatchObject({
      version: 1,
      ok: false,
      error: expect.stringContaining('bad.json'),
    });
  });
});
