import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstPage } from '../../lib/init/first-page.ts';
import { starterFiles } from '../../lib/init/starter-files.ts';
import { PACKAGE_ROOT } from '../../lib/package/package-root.ts';

const NAME = 'securityhub-triage';
const FILES = starterFiles(NAME);
const PAGES = [...FILES, ['README.md', firstPage(NAME, false)] as const].filter(([path]) =>
  path.endsWith('.md'),
);
const [ENFORCING, OBSERVING] = ['\n  "mode": "enforce",', '\n  "mode": "observe",'];
const own = (path: string) => readFileSync(join(PACKAGE_ROOT, path), 'utf8');
const textOf = (path: string) => FILES.get(path) ?? '';

describe('the files of a new repository', () => {
  it('are our own to the byte, but for the app, a setting of our code, links, and rules that enforce', () => {
    const changed = [...FILES]
      .filter(([path, text]) => own(path).replace(ENFORCING, OBSERVING) !== text)
      .map(([path]) => path);

    expect(changed.sort()).toEqual([
      '.github/workflows/report.yml',
      '.github/workflows/rules.yml',
      '.vscode/settings.json',
      'bin/app.ts',
      'rules/README.md',
    ]);
  });

  it('have no rule that enforces, though ours do', () => {
    const rules = [...FILES].filter(([path]) => path.startsWith('rules/') && path.endsWith('.json'));

    expect(rules.filter(([path]) => own(path).includes(ENFORCING)).length).toBeGreaterThan(20);
    expect(rules.filter(([, text]) => text.includes(ENFORCING))).toEqual([]);
  });

  it('have an app of ten lines that imports the package alone', () => {
    const app = textOf('bin/app.ts');

    expect(app.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect([...app.matchAll(/from '([^']+)'/g)].map(([, from]) => from)).toEqual(['aws-cdk-lib', NAME]);
  });

  it('map rules to schemas for editors, and format no code', () => {
    expect(textOf('.vscode/settings.json')).toBe(
      own('.vscode/settings.json').replace(/,\n {2}"\[typescript\]": .*/, ''),
    );
  });

  it.each(PAGES)('link in %s to nothing that is not there', (path, text) => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    const files = targets
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => posix.join(posix.dirname(path), target));

    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const packaged = file.startsWith(`node_modules/${NAME}/`)
        ? file.slice(`node_modules/${NAME}/`.length)
        : undefined;
      const isThere = packaged === undefined ? FILES.has(file) : existsSync(join(PACKAGE_ROOT, packaged));
      expect.soft(isThere, file).toBe(true);
    }
  });

  it.each([
    [true, `npm install -E ${NAME}@<version>`],
    [false, `npm install -E ./vendor/${NAME}-<version>.tgz`],
  ])('name us by a registry only where we are published: %s', (isPublished, upgrade) => {
    const installs = firstPage(NAME, isPublished).match(/^npm install -E .*$/gm);

    expect(installs).toEqual([upgrade]);
  });

  it('name pages in workflows where npm puts them', () => {
    expect(textOf('.github/workflows/rules.yml')).toContain(
      `where node_modules/${NAME}/docs/reading-an-impact.md says`,
    );
  });
});
