import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../lib/package/package-root.ts';
import { type Installed, installTarball } from './installed.ts';
import { layOut, linkFolder } from './lay-out.ts';
import { type Finished, NAME, run } from './pack.ts';

/** It compiles, synthesizes and runs an account: on a busy machine each takes more than a minute. */
const TIMEOUT_MS = 300_000;
/** As the compiler writes them: other texts may look like imports and are none. */
const IMPORT = /^(?:im|ex)port\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm;
const NOW = ['--now', '2026-11-22T00:00:00Z'];

let installed: Installed;
let initialized: Finished;
beforeAll(async () => {
  installed = installTarball();
  initialized = await installed.run('npx', '--offline', NAME, 'init');
  layOut(installed.folder);
}, TIMEOUT_MS);
afterAll(() => installed.remove());

const triage = (...args: readonly string[]) =>
  installed.run('npm', 'run', '--silent', 'triage', '--', ...args);
const inPackage = (path: string) => join(installed.place, path);
const manifest = () => JSON.parse(readFileSync(inPackage('package.json'), 'utf8'));

describe('the tarball', () => {
  it('holds compiled code with its types, and none of its sources, tests or notes', () => {
    const { packed } = installed;
    const sources = packed.filter((path) => /(?<!\.d)\.ts$/.test(path));

    expect(sources).toEqual(['bin/app.ts']);
    expect(
      packed.filter((path) =>
        /^(?:test|node_modules|coverage|\.ci|out)\/|package-lock|tsbuildinfo/.test(path),
      ),
    ).toEqual([]);
    for (const path of packed.filter((path) => path.endsWith('.js')))
      expect.soft(packed, path).toContain(path.replace(/\.js$/, '.d.ts'));
  });

  it('names every package that its code imports, and no other', () => {
    const { dependencies, peerDependencies } = manifest();
    const code = installed.packed.filter((path) => path.endsWith('.js'));
    const imported = new Set(
      code
        .flatMap((path) => [...readFileSync(inPackage(path), 'utf8').matchAll(IMPORT)])
        .map(([, statement, call = '']) => statement ?? call)
        .filter((name) => !name.startsWith('.') && !isBuiltin(name))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    );

    expect([...imported].sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  });

  it('has pages whose links lead to what it holds', () => {
    const pages = installed.packed.filter((path) => path.endsWith('.md'));

    expect(pages).toEqual(expect.arrayContaining(['README.md', 'rules/README.md', 'docs/messages.md']));
    for (const page of pages) {
      const text = readFileSync(inPackage(page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
      for (const [, link = ''] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        expect
          .soft(existsSync(inPackage(posix.join(posix.dirname(page), link))), `${page}: ${link}`)
          .toBe(true);
      }
    }
  });

  it('cannot be published by mistake: that takes a change of package.json', () => {
    expect(manifest().private).toBe(true);
  });
});

describe('a repository of rules made by init, where the package is installed', {
  timeout: TIMEOUT_MS,
}, () => {
  it('begins with what init wrote, beside what npm had written', () => {
    const packageJson = JSON.parse(readFileSync(join(installed.folder, 'package.json'), 'utf8'));

    expect(initialized.code, initialized.stderr).toBe(0);
    expect(initialized.stdout).toMatch(/^wrote rules\/ \(\d{3} files: /);
    expect(packageJson.dependencies[NAME]).toMatch(/^file:/);
  });

  it('lints without a fault, and has the format of this version', async () => {
    const [linted, migrated] = await Promise.all([triage('lint', ...NOW, '-f', 'json'), triage('migrate')]);

    expect(linted.code, linted.stdout).toBe(0);
    expect(JSON.parse(linted.stdout).counts).toMatchObject({ errors: 0, rules: expect.any(Number) });
    expect(migrated.stdout).toMatch(/Nothing is to be done\.\n$/);
  });

  it('passes the tests of its rules, every condition proven', async () => {
    const { code, stdout, stderr } = await triage('test', '--coverage', '-f', 'pretty');

    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^\d+ cases .* of \d+ rules; (\d+)\/\1 conditions seen true and false\.$/m);
  });

  it('simulates on threads', async () => {
    const { code, stdout, stderr } = await triage(
      'simulate',
      'rules/samples',
      '--workers',
      '2',
      '-f',
      'json',
    );

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).findings.distinct).toBeGreaterThan(90);
  });

  it('has an app whose types hold, those of the package among them', async () => {
    writeFileSync(
      join(installed.folder, 'bin/own.ts'),
      `import { App, Stack } from 'aws-cdk-lib';
       import { SecurityHubTriage, type SecurityHubTriageProps } from '${NAME}';
       const props: SecurityHubTriageProps = { mode: 'observe', batchSize: 10 };
       export const alarms: string = new SecurityHubTriage(new Stack(new App()), 'Triage', props).lambdaFunction.functionArn;
       // @ts-expect-error there is no such mode
       export const wrong: SecurityHubTriageProps = { mode: 'observes' };`,
    );
    const strictly = [
      '--strict',
      '--noEmit',
      '--module',
      'nodenext',
      '--target',
      'esnext',
      '--types',
      'node',
    ];

    const { code, stdout } = await installed.run(
      join(PACKAGE_ROOT, 'node_modules/.bin/tsc'),
      ...[...strictly, '--typeRoots', join(PACKAGE_ROOT, 'node_modules/@types')],
      ...['--ignoreConfig', 'bin/app.ts', 'bin/own.ts'],
    );

    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  it('synthesizes with the command line of CDK that init named', async () => {
    const { code, stderr } = await installed.run('npx', '--offline', 'cdk', 'synth', '--quiet');

    const template = JSON.parse(
      readFileSync(join(installed.folder, 'cdk.out/SecurityHubTriage.template.json'), 'utf8'),
    );
    expect(code, stderr).toBe(0);
    expect(Object.values<{ readonly Type: string }>(template.Resources).map(({ Type }) => Type)).toEqual(
      expect.arrayContaining(['AWS::Lambda::EventSourceMapping', 'AWS::StepFunctions::StateMachine']),
    );
  });

  it('triages the samples by the rules of the package as the repository does, to the last figure', async () => {
    const [there, here] = await Promise.all([
      installed.run('npm', 'start', '--silent', '--', '--rules', `node_modules/${NAME}/rules`),
      run(process.execPath, ['bin/triage.ts', 'start'], { cwd: PACKAGE_ROOT, env: process.env }),
    ]);

    expect(there.code, there.stderr).toBe(0);
    expect(there.stdout).toMatch(/^ {2}updated +[1-9]\d* {3}sent to Security Hub and confirmed$/m);
    expect(there.stdout).toBe(here.stdout);
  });
});

describe('the bundle of the function', { timeout: TIMEOUT_MS }, () => {
  let bundles = 0;
  const weights = async (script: string): Promise<Readonly<Record<string, number>>> => {
    bundles += 1;
    const out = join(installed.folder, 'out', String(bundles));
    const { code, stdout, stderr } = await installed.run(
      process.execPath,
      ...[script, '--rules', 'rules', '--out', out, '--report'],
    );
    expect(code, stderr).toBe(0);
    return Object.fromEntries(
      [...stdout.matchAll(/^\| \**([\w@/-]+)\** \| \**([\d.]+)/gm)].map(([, name, kib]) => [
        name,
        Number(kib),
      ]),
    );
  };
  const SCRIPT = 'dist/lib/infrastructure/bundle/bundle.js';

  it('is made of the same packages as the repository makes it of, and weighs the same', async () => {
    const here = await weights(join(PACKAGE_ROOT, 'lib/infrastructure/bundle/bundle.ts'));

    const there = await weights(inPackage(SCRIPT));

    expect(Object.keys(there)).toEqual(Object.keys(here));
    expect(there.total).toBeGreaterThan(500);
    // Names of files enter the minified names, which differ by some bytes.
    for (const [name, kib] of Object.entries(here))
      expect.soft(Math.abs((there[name] ?? 0) - kib), name).toBeLessThan(0.2);
  });

  it('is the same where npm put the package below another one', async () => {
    const nested = join(installed.folder, 'node_modules/app-of-others/node_modules', NAME);
    linkFolder(installed.place, nested);

    expect(await weights(join(nested, SCRIPT))).toEqual(await weights(inPackage(SCRIPT)));
  });
});
