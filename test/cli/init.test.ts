import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const { cwd, write } = surroundings;
afterAll(() => surroundings.remove());
beforeEach(() => {
  rmSync(cwd, { recursive: true });
  mkdirSync(cwd);
});

const init = (...args: readonly string[]) => triage(surroundings, 'init', ...args);
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');

describe('triage init', () => {
  it('makes a folder with rules that lint finds nothing wrong with, and says what comes next', async () => {
    const { code, stdout } = await init('new/rules-of-acme');

    const linted = await triage(
      surroundings,
      ...['lint', '--rules', 'new/rules-of-acme/rules', '--now', '2026-11-22'],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wrote new\/rules-of-acme\/rules\/ \(\d{3} files: rules, their tests/);
    expect(stdout).toMatch(/^wrote new\/rules-of-acme\/bin\/app\.ts$/m);
    expect(stdout).toMatch(
      /^Next:\n {2}cd new\/rules-of-acme\n {2}npm install -E <path of securityhub-triage-\S+\.tgz> .*\n {2}npm start /m,
    );
    expect(read('new/rules-of-acme/README.md')).toContain(
      'npm install -E ./vendor/securityhub-triage-<version>.tgz',
    );
    expect(linted).toMatchObject({ code: 0, stdout: '' });
    expect(JSON.parse(read('new/rules-of-acme/package.json')).name).toBe('rules-of-acme');
    expect(statSync(join(cwd, 'new/rules-of-acme/.github/owner-issues')).mode & 0o111).toBe(0o111);
    expect(statSync(join(cwd, 'new/rules-of-acme/cdk.json')).mode & 0o111).toBe(0);
  });

  it('writes rules that all observe and pass their tests, so that no permission to write is for one of them', async () => {
    await init();

    const tested = await triage(surroundings, 'test', '--coverage', '--mutate');
    const permitted = await triage(surroundings, 'permissions', '-f', 'json');

    const { permissions } = JSON.parse(permitted.stdout) as {
      readonly permissions: readonly { readonly rules: readonly string[] }[];
    };
    expect(tested).toMatchObject({ code: 0 });
    expect(tested.stdout).toMatch(/^2\d\d cases \+ \d+ generated passed, 1 known gap, of 4\d rules; /m);
    expect(permissions.length).toBeGreaterThan(5);
    expect(permissions.flatMap(({ rules }) => rules)).toEqual([]);
  });

  it('completes .gitignore and package.json, and keeps README.md', async () => {
    write('.gitignore', '.env\n');
    write('package.json', '{ "name": "ours", "dependencies": { "securityhub-triage": "file:x.tgz" } }');
    write('README.md', 'Ours.\n');

    const { code, stdout } = await init();

    expect(code).toBe(0);
    expect(read('.gitignore')).toMatch(/^\.env\nnode_modules\/\n/);
    expect(JSON.parse(read('package.json'))).toMatchObject({
      name: 'ours',
      dependencies: { 'securityhub-triage': 'file:x.tgz' },
    });
    expect(read('README.md')).toBe('Ours.\n');
    expect(stdout).toMatch(/^kept README\.md as it is$/m);
    expect(stdout).toMatch(/^Next:\n {2}npm install$/m);
  });

  it('writes nothing where anything else is in the way, and names all of it', async () => {
    write('cdk.json', '{}');
    write('package.json', '{ "type": "commonjs" }');
    write('rules/mine/rule.json', '{}');

    const { code, stdout, stderr } = await init();

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      [
        'These are there already, and nothing was written in .:',
        '  rules',
        '  cdk.json',
        '  package.json: it says "type": "commonjs", and bin/app.ts needs "module"',
        'Name a new folder, or move them away.\n',
      ].join('\n'),
    );
    expect(existsSync(join(cwd, 'bin'))).toBe(false);
    expect(read('cdk.json')).toBe('{}');
  });

  it('is refused a second time, and changes nothing then', async () => {
    await init();
    write('README.md', 'Changed.\n');

    const { code, stderr } = await init();

    expect(code).toBe(2);
    expect(stderr).toMatch(/^ {2}bin\/app\.ts$/m);
    expect(stderr).not.toMatch(/README|package\.json|gitignore/);
    expect(read('README.md')).toBe('Changed.\n');
  });

  it('says what stands where a folder should be', async () => {
    write('taken', '');

    const { code, stderr } = await init('taken');

    expect(code).toBe(2);
    expect(stderr).toMatch(/^taken\/rules\/\S+ cannot be written: ENOTDIR/);
  });
});
