import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { impurities, layerBreaches, longFiles, roomBreaches } from './architecture/breaches.ts';
import { importsOf, reach, readSources, type Sources } from './architecture/sources.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CODE = readSources(ROOT, ['bin', 'lambdas', 'lib']);

/** Where purity starts; what these import has to be pure too. */
const PURE_ROOTS =
  /^lib\/(?:triage\/|findings\/|rules\/(?:engine\/|operators|compile|rule\.ts|ruleset\.ts)|simulation\/(?!read\/|run\/))/;

const TOP_LEVEL = [
  'bin',
  'lambdas',
  'lib',
  'rules',
  'test',
  'docs',
  '.ci',
  '.github',
  '.vscode',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'cdk.json',
  'account-facts.json',
  'biome.json',
  'vitest.config.ts',
  '.npmrc',
  '.gitignore',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
];
/** Never committed: git's own folder and what .gitignore names. */
const NOT_COMMITTED = /^(?:\.git|node_modules|cdk\.out|coverage|dist|out|.*\.tsbuildinfo)$/;

describe('the house', () => {
  it('imports only from lower floors', () => {
    const breaches = layerBreaches(CODE);

    expect(breaches).toEqual([]);
  });

  it('has arrows between the rooms of the infrastructure that point one way', () => {
    expect(roomBreaches(CODE)).toEqual([]);
  });

  it('keeps decisions free of SDK, clock, environment, files and randomness', () => {
    const breaches = impurities(pick(CODE, pureFiles()));

    expect(breaches).toEqual([]);
  });

  it('looks at the parts that have to be pure', () => {
    const files = [...pureFiles()];

    for (const part of [
      'lib/triage/',
      'lib/findings/',
      'lib/rules/engine/',
      'lib/rules/operators.ts',
      'lib/simulation/decide/',
      'lib/simulation/tally/',
      'lib/simulation/reporters/',
    ])
      expect(files.filter((path) => path.startsWith(part))).not.toEqual([]);
  });

  it.each(['triage', 'sweep'])('ships nothing of the build to the function %s', (name) => {
    const entry = `lambdas/${name}/handler.ts`;
    const shipped = [...reach(CODE, [entry])];

    const buildOnly = shipped.filter((path) =>
      /catalogue|rules\/(?:load|checks|schemas)|infrastructure/.test(path),
    );

    expect(shipped).toContain(entry);
    expect(buildOnly).toEqual([]);
  });

  it('has no file over 300 lines, and a pipeline that is read in one go', () => {
    const long = longFiles(CODE, 300);
    const pipeline = longFiles(pick(CODE, new Set(['lambdas/triage/pipeline.ts'])), 60);

    expect(long).toEqual([]);
    expect(CODE.has('lambdas/triage/pipeline.ts')).toBe(true);
    expect(pipeline).toEqual([]);
  });

  it('has a known set of entries at the top', () => {
    const entries = readdirSync(ROOT).filter((name) => !NOT_COMMITTED.test(name));

    const unknown = entries.filter((name) => !TOP_LEVEL.includes(name));

    expect(unknown).toEqual([]);
  });
});

describe('the guards of the house', () => {
  it.each([
    ['lib/findings/a.ts', "import { x } from '../rules/b.ts';", 'lib/findings/a.ts imports lib/rules/b.ts'],
    ['lib/rules/a.ts', "import type { X } from '../triage/b.ts';", 'lib/rules/a.ts imports lib/triage/b.ts'],
    ['lib/triage/a.ts', "export * from '../../lambdas/b.ts';", 'lib/triage/a.ts imports lambdas/b.ts'],
    [
      'lambdas/t/a.ts',
      "import {\n  x,\n} from '../../lib/infrastructure/b.ts';",
      'lambdas/t/a.ts imports lib/infrastructure/b.ts',
    ],
    [
      'lib/simulation/a.ts',
      "const b = await import('../local/b.ts');",
      'lib/simulation/a.ts imports lib/local/b.ts',
    ],
    ['lib/local/a.ts', "import '../cli/b.ts';", 'lib/local/a.ts imports lib/cli/b.ts'],
    ['lib/cli/a.ts', "import { x } from '../../bin/app.ts';", 'lib/cli/a.ts imports bin/app.ts'],
    ['lib/triage/a.ts', "import { x } from '../../test/b.ts';", 'lib/triage/a.ts imports test/b.ts'],
    ['lib/misc/a.ts', '', 'lib/misc/a.ts lives on no floor'],
  ])('see a wrong import in %s: %s', (path, source, breach) => {
    const breaches = layerBreaches(new Map([[path, source]]));

    expect(breaches).toEqual([breach]);
  });

  it.each([
    [
      'queues/a.ts',
      '../permissions/b.ts',
      'lib/infrastructure/queues/a.ts imports lib/infrastructure/permissions/b.ts',
    ],
    ['bundle/a.ts', '../stack.ts', 'lib/infrastructure/bundle/a.ts imports lib/infrastructure/stack.ts'],
    ['misc/a.ts', './b.ts', 'lib/infrastructure/misc/a.ts is in no room'],
  ])('see a wrong arrow between rooms in %s to %s', (path, target, breach) => {
    const source = `import { x } from '${target}';`;

    expect(roomBreaches(new Map([[`lib/infrastructure/${path}`, source]]))).toEqual([breach]);
    expect(
      roomBreaches(new Map([['lib/infrastructure/stack.ts', "import { x } from './queues/a.ts';"]])),
    ).toEqual([]);
  });

  it('let a folder import itself, lower floors and packages', () => {
    const source = "import { a } from './a.ts'; import { b } from '../findings/b.ts'; import 're2js';";

    const breaches = layerBreaches(new Map([['lib/triage/c.ts', source]]));

    expect(breaches).toEqual([]);
  });

  it.each([
    "import { SecurityHubClient } from '@aws-sdk/client-securityhub';",
    "import { readFileSync } from 'node:fs';",
    "import { randomInt } from 'node:crypto';",
    "import { createHash, randomUUID } from 'node:crypto';",
    "import { hash, randomUUID } from 'node:crypto';",
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date;',
    'const now = Date();',
    'const mode = process.env.MODE;',
    'const mode = process["env"];',
    'const dice = Math.random();',
    'const t = performance.now();',
    'const id = crypto.randomUUID();',
    'setTimeout(() => {}, 1);',
    'const page = await fetch(url);',
    'const here = import.meta.url;',
  ])('see what is not pure: %s', (source) => {
    const found = impurities(new Map([['lib/triage/a.ts', source]]));

    expect(found).not.toEqual([]);
  });

  it.each([
    'const t = Date.parse(text); const d = new Date(t);',
    "import { createHash } from 'node:crypto';",
    "import { hash } from 'node:crypto';",
    "import { isIP } from 'node:net';",
    '// Date.now() would differ at each run.',
    '/** Never process.env. */ const processed = 1;',
  ])('accept what is pure: %s', (source) => {
    const found = impurities(new Map([['lib/triage/a.ts', source]]));

    expect(found).toEqual([]);
  });

  it('follow imports into files that are not pure by their place', () => {
    const sources: Sources = new Map([
      ['lib/triage/a.ts', "import { b } from '../rules/b.ts';"],
      ['lib/rules/b.ts', "export { c as b } from './c.ts';"],
      ['lib/rules/c.ts', 'export const c = Date.now();'],
    ]);

    const reached = reach(sources, ['lib/triage/a.ts']);

    expect(impurities(pick(sources, reached))).toEqual(['lib/rules/c.ts uses Date.now']);
  });

  it('count lines', () => {
    const sources: Sources = new Map([
      ['a.ts', 'x\n'.repeat(300)],
      ['b.ts', 'x\n'.repeat(301)],
    ]);

    const long = longFiles(sources, 300);

    expect(long).toEqual(['b.ts has 301 lines']);
  });

  it('read every form of import', () => {
    const source = `import a from 'a'; import type { B } from "b"; import 'c';
      export { d } from 'd'; export * from 'e'; const f = await import('f');
      // import g from 'g';
      const text = 'no import';`;

    const found = importsOf(source);

    expect([...found].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});

function pureFiles(): ReadonlySet<string> {
  return reach(
    CODE,
    [...CODE.keys()].filter((path) => PURE_ROOTS.test(path)),
  );
}

function pick(sources: Sources, paths: ReadonlySet<string>): Sources {
  return new Map([...sources].filter(([path]) => paths.has(path)));
}
