import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { NATIVE_RULES } from '../import/native-rules.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const { cwd, write } = surroundings;
afterAll(() => surroundings.remove());
beforeEach(() => rmSync(join(cwd, 'rules'), { recursive: true, force: true }));

const run = (...args: readonly string[]) => triage(surroundings, 'import', ...args);
const AT = ['--now', '2026-11-22T12:00:00Z', '--owner', '@acme/secops'];
const NATIVE = 'rules.json';
write(NATIVE, JSON.stringify({ Rules: NATIVE_RULES, UnprocessedAutomationRules: [] }));
const YAML = `Rules:
  - note: Buckets of the website are public
    action: SUPPRESSED
    match_on:
      security_control_id: S3.8
      resource_id_regexps: ['^arn:aws:s3:::acme-www-.*$']
`;
write('findings-manager.yaml', YAML);

describe('triage import', () => {
  it('writes rules that load, and tests that prove each condition; exit code 1 tells that one did not come over', async () => {
    const { code, stdout, stderr } = await run('automation-rules', NATIVE, ...AT);

    expect(code).toBe(1);
    expect(stderr).toBe('1 rule of 12 was not imported.\n');
    expect(stdout).toContain('10 of 12 native automation rules imported');
    expect(stdout).toContain('"Notes of one person": not imported: NoteUpdatedBy');
    const test = await triage(surroundings, 'test', '--coverage', '--mutate', '-f', 'json');
    const report = JSON.parse(test.stdout);
    expect({ code: test.code, failed: report.ok }).toEqual({ code: 0, failed: true });
    expect(
      readdirSync(join(cwd, 'rules/imported')).filter((name) => name.endsWith('.test.json')),
    ).toHaveLength(10);
  }, 120_000);

  it('leaves what exists as it is, unless forced', async () => {
    await run('findings-manager', 'findings-manager.yaml', ...AT);
    const file = join(cwd, 'rules/imported/buckets-of-the-website-are-public.json');
    const before = readFileSync(file, 'utf8');
    const again = await run('findings-manager', 'findings-manager.yaml', ...AT, '--owner', '@acme/other');
    const forced = await run(
      'findings-manager',
      'findings-manager.yaml',
      ...AT,
      '--owner',
      '@acme/other',
      '--force',
    );

    expect(again.code).toBe(2);
    expect(again.stderr).toContain('exist already; nothing was written');
    expect(forced.code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before.replace('@acme/secops', '@acme/other'));
    expect(readdirSync(join(cwd, 'rules/imported'))).toHaveLength(2);
  }, 120_000);

  it('writes nothing in a dry run, and as JSON tells the files that it would write', async () => {
    const { code, stdout } = await run(
      'findings-manager',
      'findings-manager.yaml',
      ...AT,
      '--dry-run',
      '-f',
      'json',
    );

    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(existsSync(join(cwd, 'rules'))).toBe(false);
    expect(report).toMatchObject({ version: 1, ok: true, dryRun: true, counts: { rules: 1, imported: 1 } });
    const [{ path, text }] = report.files;
    expect(path).toBe('rules/imported/buckets-of-the-website-are-public.json');
    expect(JSON.parse(text)).toMatchObject({ owner: '@acme/secops', mode: 'observe', expires: '2027-02-20' });
  }, 180_000);

  it.each([
    ['automation-rules', '{"AutomationRulesMetadata":[]}', 'list-automation-rules tells no criteria'],
    ['automation-rules', '{"Findings":[]}', 'aws securityhub batch-get-automation-rules'],
    ['automation-rules', '{"Rules":[]}', 'There is no automation rule in it.'],
    ['automation-rules', 'Rules: []', 'is no JSON'],
    ['findings-manager', 'a: [', 'This is no YAML'],
    ['findings-manager', '{"Rules":[]}', 'There is no rule in it.'],
    ['findings-manager', '[{"Criteria":{}}]', 'No entry has match_on.'],
  ])(
    'says of %s what %s is not, and how to come by what it needs',
    async (command, content, said) => {
      write('input', content);

      const { code, stdout, stderr } = await run(command, 'input');

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(said);
    },
    60_000,
  );
});
