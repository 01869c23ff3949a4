import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskTree } from '../../lib/rules/file-tree.ts';
import { loadRulesFrom } from '../../lib/rules/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'triage-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the tree of a folder', () => {
  it('names its files from the root, what is no file as such, and nothing that is hidden', () => {
    mkdirSync(join(folder, 'area/.git'), { recursive: true });
    writeFileSync(join(folder, 'area/a.json'), '{"é": 1}');
    writeFileSync(join(folder, 'area/.git/hidden.json'), '');
    writeFileSync(join(folder, '.hidden.json'), '');
    symlinkSync('area/a.json', join(folder, 'link.json'));
    const tree = diskTree(folder);

    const entries = [...tree.list()].sort((a, b) => (a.label < b.label ? -1 : 1));

    expect(entries).toEqual([
      { label: 'area/a.json', isFile: true },
      { label: 'link.json', isFile: false },
    ]);
    expect(tree.read('area/a.json')).toBe('{"é": 1}');
  });

  it('cannot be listed where there is none', () => {
    const tree = diskTree(join(folder, 'nowhere'));

    expect(() => tree.list()).toThrow(/ENOENT/);
  });
});

describe('rules that are not on disk', () => {
  const rule = {
    name: 'kept',
    owner: '@acme/secops',
    priority: 1,
    conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
  };
  const files = new Map([
    ['area/kept.json', JSON.stringify(rule)],
    ['area/kept.test.json', 'not read'],
    ['area/broken.json', '{'],
  ]);

  it('load as those of a folder do, and what is wrong is said of the files they would be', () => {
    const tree = {
      root: '/nowhere/rules',
      list: () => [...files.keys()].map((label) => ({ label, isFile: true })),
      read: (label: string) => files.get(label) ?? '',
    };

    const { ruleset, diagnostics, sources } = loadRulesFrom(tree);

    expect(ruleset).toBeNull();
    expect([...sources.keys()]).toEqual(['/nowhere/rules/area/broken.json', '/nowhere/rules/area/kept.json']);
    expect(diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'TR001 /nowhere/rules/area/broken.json',
    ]);
  });
});
