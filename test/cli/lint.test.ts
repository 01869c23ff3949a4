import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
const { write, cwd } = surroundings;
afterAll(() => surroundings.remove());

const NOW = ['--now', '2026-11-22'];
const RULE = `{
  // Kept: comments and odd spacing are the author's.
  "name": "example",   "owner": "@acme/secops",
  "priority": 10,
  "conditions": { "all": [
    { "name": "GuardDuty", "fact": "CompanyNam", "operator": "equals", "value": "GuardDuty" },
    { "name": "new", "operator": "in", "fact": "Workflow.Status", "value": ["New"] }
  ] },
  "event": { "type": "update", "params": { "Workflow": { "Status": "NOTIFIED" } } }
}
`;
const MENDED = RULE.replace('CompanyNam"', 'CompanyName"')
  .replace('"equals"', '"equal"')
  .replace('"operator": "in", "fact": "Workflow.Status"', '"fact": "Workflow.Status", "operator": "in"')
  .replace('"New"', '"NEW"');

function writeRules(folder: string, rule: string): string {
  write(`${folder}/area/example.json`, rule);
  const cases = [true, false].map((matches) => ({ name: `${matches}`, finding: 's', expect: { matches } }));
  write(`${folder}/area/example.test.json`, JSON.stringify({ rule: 'example', cases }));
  return folder;
}

const lint = (...args: readonly string[]) => triage(surroundings, 'lint', ...NOW, ...args);

describe('triage lint', () => {
  it('finds nothing wrong with the rules that come with the app', async () => {
    const { code, stdout, stderr } = await lint('--rules', RULES);

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^\d+ rules, no problems\.\n$/);
  });

  it('shows what is wrong, where, and what to do about it', async () => {
    const { code, stdout } = await lint('--rules', writeRules('shown', RULE), '-f', 'pretty');

    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        'shown/area/example.json:6:62  error  TR102 unknown-operator',
        '  "equals" is not an operator.',
        '    5 │   "conditions": { "all": [',
      ].join('\n'),
    );
    expect(stdout).toContain(
      '  help  Did you mean "equal"? Fix it with: triage lint --fix\n  docs  rules/README.md#tr102',
    );
    expect(stdout.trimEnd()).toMatch(/3 errors in 1 of 1 rule\. 3 can be fixed automatically\.$/);
  });

  it('counts a rule that is no JSON among those it looked at', async () => {
    const { stdout } = await lint('--rules', writeRules('torn', '{'), '-f', 'pretty');

    expect(stdout.trimEnd()).toMatch(/1 error in 1 of 1 rule\.$/);
  });

  it('mends what is safe to mend and leaves the rest of the text alone', async () => {
    const folder = writeRules('mended', RULE);

    const { code, stderr } = await lint('--rules', folder, '--fix');

    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Mended 4 in 1 file.\n1 rule, no problems.\n' });
    expect(readFileSync(join(cwd, folder, 'area/example.json'), 'utf8')).toBe(MENDED);
  });

  it('does not put members in order across a comment, whose owner it cannot know', async () => {
    const text = RULE.replace('"priority": 10,', '"priority": 10, // low')
      .replace('"owner": "@acme/secops",', '')
      .replace('"event"', '"owner": "@acme/secops",\n  "event"');
    const folder = writeRules('commented', text);

    const { stdout } = await lint('--rules', folder, '--fix');

    expect(stdout).toContain('TR403 key-order');
    expect(readFileSync(join(cwd, folder, 'area/example.json'), 'utf8')).toContain('// low');
  });

  it('tells one line a mistake where it is piped', async () => {
    const { code, stdout, stderr } = await lint('--rules', writeRules('piped', RULE));

    expect(code).toBe(1);
    expect(stderr).toBe('3 errors in 1 of 1 rule. 3 can be fixed automatically.\n');
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stdout).toMatch(/^piped.area.example\.json:6:36: error TR101 unknown-fact: /);
  });

  it('tells only of the paths that are named, having read all', async () => {
    const folder = writeRules('some', RULE);
    write(`${folder}/other/bad.json`, '{');

    const { stdout } = await lint('--rules', folder, `${folder}/other`);

    expect(stdout).toContain('other');
    expect(stdout).not.toContain('area');
  });

  it('writes reports beside what it prints', async () => {
    const folder = writeRules('reports', RULE);

    const { code } = await lint(
      '--rules',
      folder,
      '-o',
      'sarif=out.sarif',
      '-o',
      'junit=out.xml',
      '-f',
      'github',
    );

    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(cwd, 'out.xml'), 'utf8')).toMatch(/^<\?xml/);
  });

  it.each([
    [
      ['--rules', 'nowhere'],
      /^nowhere: The rules folder cannot be read: ENOENT.*\. Name a folder with --rules <dir>\.$/m,
    ],
    [['nowhere.json'], /There is no rule, list or sample at nowhere\.json\./],
    [['--fxi'], /unknown option '--fxi'/],
    [['-o', 'pdf=x'], /formats are pretty, compact, json, github, sarif, junit, markdown/],
    [['--now', 'soon'], /Not a day/],
  ])('refuses %j with exit code 2', async (args, message) => {
    const rules = args.includes('--rules') ? [] : ['--rules', RULES];

    const { code, stdout, stderr } = await lint(...rules, ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('gives JSON that programs can read, whether it could check or not', async () => {
    const found = await lint('--rules', writeRules('json', RULE), '-f', 'json');
    const failed = await lint('--rules', 'nowhere', '-f', 'json');

    expect(JSON.parse(found.stdout)).toMatchObject({
      version: 1,
      ok: false,
      counts: { errors: 3, warnings: 0, fixable: 3, rules: 1 },
      diagnostics: [{ code: 'TR101', file: 'json/area/example.json', fixable: true }, {}, {}],
    });
    expect(failed.code).toBe(2);
    expect(JSON.parse(failed.stdout)).toEqual({
      version: 1,
      ok: false,
      error: expect.stringContaining('cannot be read'),
    });
  });
});
