import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { MATCH, OTHER_ACCOUNT, OTHER_PRODUCT, RULE, SAMPLE, testOf } from '../rule-tests/folder.ts';
import { junitFaults } from '../rules/reporters/official-schemas.ts';
import { createSurroundings, RULES, spawnTriage, triage } from './triage.ts';

const ROW = {
  id: 'a',
  control: 'KMS.4',
  accounts: ['111122223333'],
  until: '2027-06-30',
  reasonCode: 'planned-fix',
  reason: 'With the next release',
  ticket: 'SHOP-218',
  owner: '@acme/shop',
};
const surroundings = createSurroundings();
afterAll(() => surroundings.remove());

/** Writes the rules folder `<name>` with these cases of its one rule. */
function writeRules(name: string, cases: readonly unknown[]): string {
  const json = (path: string, value: unknown) =>
    surroundings.write(`${name}/${path}`, JSON.stringify(value, null, 2));
  json('samples/scan.json', SAMPLE);
  json('area/notify.json', RULE);
  json('area/notify.test.json', testOf(cases));
  return name;
}

const read = (path: string) => readFileSync(join(surroundings.cwd, path), 'utf8');
const good = writeRules('good', [MATCH, OTHER_ACCOUNT, OTHER_PRODUCT]);
const bad = writeRules('bad', [MATCH, { ...OTHER_ACCOUNT, with: {} }]);
const test = (...args: readonly string[]) => triage(surroundings, 'test', ...args);

describe('triage test', () => {
  it('proves every condition of the starter rules', async () => {
    const { code, stdout, stderr } = await test('--rules', RULES, '--coverage', '--mutate');

    const [, seen, ofSeen, proven, ofProven] =
      /; (\d+)\/(\d+) conditions seen true and false; (\d+)\/(\d+) conditions proven\n$/.exec(stdout) ?? [];
    expect(stdout).not.toMatch(/: (?:warning|error)/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect([seen, proven]).toEqual([ofSeen, ofProven]);
    expect(Number(seen)).toBeGreaterThan(100);
  });

  it('ends with 1 and explains what fails', async () => {
    const { code, stdout, stderr } = await test('--rules', bad, '-f', 'pretty');

    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^✗ notify {2}1 passed · 1 failed\n/);
    expect(stdout).toMatch(
      /FAIL {2}notify › another account\n {2}bad.area.notify\.test\.json:\d+\n {2}expected/,
    );
    expect(stdout).toContain('← expected false');
  });

  it('runs only what the paths lead to: a folder, a test, or the test of a rule', async () => {
    for (const path of ['good/area', 'good/area/notify.test.json', 'good/area/notify.json']) {
      const { code, stdout } = await test(path, '--rules', good);

      expect({ code, stdout }).toEqual({ code: 0, stdout: '3 cases passed, of 1 rule\n' });
    }
  });

  it('runs the tests made for rows: all, those of one file, or none where a written test is named', async () => {
    const rows = writeRules('rows', [MATCH]);
    surroundings.write('rows/exceptions/shop.json', JSON.stringify({ exceptions: [ROW] }));
    surroundings.write(
      'rows/exceptions/data.json',
      JSON.stringify({ exceptions: [{ ...ROW, control: 'KMS.5' }] }),
    );

    const all = await test('--rules', rows);
    const one = await test('rows/exceptions/shop.json', '--rules', rows, '--mutate');
    const none = await test('rows/area', '--rules', rows);

    expect([all, one, none].map(({ stdout }) => stdout)).toEqual([
      '1 case + 12 generated passed, of 3 rules\n',
      '6 generated cases passed, of 1 rule; 4/4 conditions proven\n',
      '1 case passed, of 1 rule\n',
    ]);
  });

  it('runs again at each change while watching, until Ctrl-C', async () => {
    const watched = writeRules('watched', [MATCH]);
    const child = spawnTriage(surroundings, ['test', '--rules', watched, '--watch']);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });

    await vi.waitUntil(() => said.endsWith('triage test: 0 errors, watching…\n'), 20_000);
    writeRules('watched', [MATCH, { ...OTHER_ACCOUNT, with: {} }]);
    await vi.waitUntil(() => said.endsWith('triage test: 1 error, watching…\n'), 20_000);
    child.kill('SIGINT');

    expect(await ended).toBe(130);
  });

  it('demands proof only when asked, and stops then', async () => {
    const weak = writeRules('weak', [MATCH, OTHER_ACCOUNT]);

    const plain = await test('--rules', weak);
    const coverage = await test('--rules', weak, '--coverage');
    const mutate = await test('--rules', weak, '--mutate', '-f', 'pretty');

    expect([plain.code, coverage.code, mutate.code]).toEqual([0, 1, 1]);
    expect(coverage.stdout).toMatch(
      /^weak.area.notify\.json:8:7: error TR303 unproven-condition: "GuardDuty" is false/,
    );
    expect(mutate.stdout).toContain('1/2 conditions proven');
    expect(mutate.stdout).toContain('rules/README.md#tr303');
  });

  it('writes further reports beside what it prints', async () => {
    const { code, stdout } = await test(
      '--rules',
      bad,
      '-f',
      'json',
      '-o',
      'junit=report.xml',
      '-o',
      'compact=report.txt',
    );

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, ok: false, counts: { passed: 1, failed: 1 } });
    expect(junitFaults(read('report.xml'))).toEqual([]);
    expect(read('report.txt')).toMatch(/1 case passed, 1 failed, of 1 rule\n$/);
  });

  it('adds to the step summary of GitHub', async () => {
    surroundings.write('summary.md', 'before\n');
    const env = { ...surroundings.env, GITHUB_STEP_SUMMARY: join(surroundings.cwd, 'summary.md') };

    const { stdout } = await triage({ ...surroundings, env }, 'test', '--rules', bad, '-f', 'github');

    expect(stdout).toMatch(/^::error file=bad\/area\/notify\.test\.json,/);
    expect(read('summary.md')).toMatch(/^before\n## Rule tests\n/);
  });

  it('tells what is wrong with rules and tests, and ends with 1', async () => {
    const broken = writeRules('broken', []);

    const { code, stdout } = await test('--rules', broken);

    expect(code).toBe(1);
    expect(stdout).toMatch(/TR003 schema: "cases" is empty\./);
  });

  it.each([
    [['nowhere', '--rules', 'good'], /^There is no test at nowhere\./],
    [['--rules', 'nowhere'], /^The rules folder nowhere cannot be read\. Name one with --rules/],
    [['--rules', 'empty'], /^There are no tests in empty\. Write <name>\.test\.json beside a rule\./],
    [
      ['--rules', 'good', '-o', 'xml=x'],
      /Write <format>=<path>; formats are pretty, compact, json, github, sarif, junit, markdown\./,
    ],
    [
      ['--rules', 'good', '-o', 'json=no/such/folder'],
      /^--report json no.such.folder cannot be written: its folder is not there/,
    ],
    [
      ['--rules', 'good', '-f', 'xml'],
      /Allowed choices are pretty, compact, json, github, sarif, junit, markdown/,
    ],
  ])('refuses %j with exit code 2', async (args, message) => {
    surroundings.write('empty/area/rule.json', '{}');

    const { code, stdout, stderr } = await test(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('says in JSON, where that was asked for, that nothing was run', async () => {
    const { code, stdout } = await test('nowhere', '--rules', good, '-f', 'json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      ok: false,
      error: expect.stringContaining('nowhere'),
    });
  });
});
