import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrateCommand } from '../../lib/cli/migrate.ts';
import { OWNER_TO_TEAM } from '../rules/format/made-up-migrations.ts';
import { RULE } from '../rules/rules-folder.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const { cwd, write } = surroundings;
afterAll(() => surroundings.remove());
beforeEach(() => {
  rmSync(join(cwd, 'rules'), { recursive: true, force: true });
  write('rules/a/example.json', `// Ours.\n${JSON.stringify(RULE)}\n`);
});

const migrate = (...args: readonly string[]) => triage(surroundings, 'migrate', ...args);
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');

describe('triage migrate', () => {
  it('says which files would change, and writes none of them', async () => {
    write('rules/triage.config.json', '{ "prefix": "acme" }\n');
    write('rules/rule.schema.json', '{}');

    const { code, stdout } = await migrate();

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^rules: no format is said, which means 1; this version of triage reads 1\.\n {2}say the format that they are written in, 1\n {4}rules\/triage\.config\.json\n {2}schemas for editors, as this version has them\n {4}rules\/accounts\.schema\.json\n/,
    );
    expect(stdout).toMatch(/\n8 files would be written: triage migrate --apply\n$/);
    expect(read('rules/triage.config.json')).toBe('{ "prefix": "acme" }\n');
    expect(read('rules/rule.schema.json')).toBe('{}');
  });

  it('writes them with --apply, and then has nothing to do', async () => {
    write('rules/triage.config.json', '// Ours.\n{\n  "prefix": "acme"\n}\n');

    const applied = await migrate('--apply');
    const again = await migrate('--apply');

    expect(applied.code).toBe(0);
    expect(applied.stdout).toMatch(/\n1 file written\. Read what changed: git diff\./);
    expect(read('rules/triage.config.json')).toBe(
      '// Ours.\n{\n  "formatVersion": 1,\n  "prefix": "acme"\n}\n',
    );
    expect(again.stdout).toBe('rules: format 1; this version of triage reads 1. Nothing is to be done.\n');
  });

  it('tells programs the same', async () => {
    const { stdout } = await migrate('-f', 'json');

    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      ok: true,
      from: null,
      to: 1,
      steps: [{ title: 'say the format that they are written in, 1', files: ['rules/triage.config.json'] }],
      files: ['rules/triage.config.json'],
      applied: false,
    });
  });

  it('leaves rules of a later version alone, and says how to read them', async () => {
    write('rules/triage.config.json', '{ "formatVersion": 4 }');

    const migrated = await migrate('--apply');
    const linted = await triage(surroundings, 'lint', '-f', 'compact');
    const json = await migrate('-f', 'json');

    expect({ code: migrated.code, stdout: migrated.stdout }).toEqual({ code: 1, stdout: '' });
    expect(migrated.stderr).toMatch(
      /written in format 4, .* securityhub-triage 4\.x, as the README says of upgrades\.\n$/,
    );
    expect(linted.code).toBe(1);
    expect(linted.stdout).toMatch(/^rules\/triage\.config\.json:1:20: error TR006 format-version: .*\n/);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false });
    expect(read('rules/triage.config.json')).toBe('{ "formatVersion": 4 }');
  });

  it.each([['nowhere'], ['.']])('has nothing to work on in %s', async (folder) => {
    rmSync(join(cwd, 'rules'), { recursive: true });

    const { code, stderr } = await migrate('--rules', folder);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^There are no rules in /);
  });
});

describe('a breaking change', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text) => said.push(text));
  });
  afterEach(() => vi.restoreAllMocks());

  it('is listed, then carried out on the files as they are laid out, then done with', async () => {
    const run = (...args: readonly string[]) =>
      migrateCommand([OWNER_TO_TEAM]).parseAsync(['--rules', join(cwd, 'rules'), ...args], { from: 'user' });
    const before = read('rules/a/example.json');

    await run();
    expect(read('rules/a/example.json')).toBe(before);
    await run('--apply');
    await run('--apply');

    expect(said[0]).toMatch(/reads 2\.\n {2}format 2: "owner" is called "team"\n {4}\S+\/a\/example\.json\n/);
    expect(said[1]).toMatch(/\n2 files written\./);
    expect(said[2]).toMatch(/format 2; this version of triage reads 2\. Nothing is to be done\.$/);
    expect(read('rules/a/example.json')).toBe(before.replace('"owner"', '"team"'));
    expect(JSON.parse(read('rules/triage.config.json'))).toEqual({ formatVersion: 2 });
  });
});
