import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { FileTree } from '../../../lib/rules/file-tree.ts';
import { type MigrationPlan, migratedTree, planMigration } from '../../../lib/rules/format/plan-migration.ts';
import { loadRulesFrom } from '../../../lib/rules/load.ts';
import { schemaTexts } from '../../../lib/rules/schemas/schema-texts.ts';
import { RULE } from '../rules-folder.ts';
import { OWNER_TO_TEAM, TEAM_TO_SQUAD } from './made-up-migrations.ts';

const CONFIG = 'triage.config.json';
const COMMENTED = `// What the scanner does.
{
  "name": "example", "owner": "@acme/secops", // until the audit
  "priority":10,
  /* all of them */
  "conditions": { "all": [ { "fact": "ProductName", "operator": "equal", "value": "GuardDuty" } ] },
  "event": { "type": "update", "params": { "Note": { "Text": "The \\"owner\\": knows" } } }
}
`;

function treeOf(files: Readonly<Record<string, string>>): FileTree {
  return {
    root: join('/', 'rules'),
    list: () => Object.keys(files).map((label) => ({ label, isFile: true })),
    read: (label) => files[label] ?? '',
  };
}

function planOf(
  files: Readonly<Record<string, string>>,
  migrations = [OWNER_TO_TEAM, TEAM_TO_SQUAD],
): MigrationPlan {
  const plan = planMigration(treeOf(files), migrations);
  if ('fault' in plan) throw new Error(plan.fault);
  return plan;
}

const after = (files: Readonly<Record<string, string>>, { writes }: MigrationPlan) => ({
  ...files,
  ...Object.fromEntries(writes),
});

describe('a plan of migrations', () => {
  it('takes those that are pending one after the other, and says the new format last', () => {
    const files = { 'a/example.json': COMMENTED, [CONFIG]: '{\n  "prefix": "acme" // ours\n}\n' };

    const plan = planOf(files);

    expect(plan.from).toBeUndefined();
    expect(plan.to).toBe(3);
    expect(plan.steps).toEqual([
      { title: 'format 2: "owner" is called "team"', files: ['a/example.json'] },
      { title: 'format 3: "team" is called "squad"', files: ['a/example.json'] },
      { title: 'say the format that they are written in, 3', files: [CONFIG] },
    ]);
    expect([...plan.writes.keys()]).toEqual(['a/example.json', CONFIG]);
  });

  it('keeps comments and layout to the byte', () => {
    const files = { 'a/example.json': COMMENTED, [CONFIG]: '{\n  "prefix": "acme" // ours\n}\n' };

    const { writes } = planOf(files);

    expect(writes.get('a/example.json')).toBe(COMMENTED.replace('"owner": "@', '"squad": "@'));
    expect(writes.get(CONFIG)).toBe('{\n  "formatVersion": 3,\n  "prefix": "acme" // ours\n}\n');
  });

  it('takes only those after the format that is said', () => {
    const files = { 'a/example.json': COMMENTED, [CONFIG]: '{ "formatVersion": 2 }' };

    const { steps, writes } = planOf(files);

    expect(steps.map(({ title }) => title)).toEqual(['say the format that they are written in, 3']);
    expect(writes.get(CONFIG)).toBe('{ "formatVersion": 3 }');
  });

  it.each([
    ['without a configuration', {}],
    ['with one that says nothing', { [CONFIG]: '{}' }],
    ['with schemas of another version', { 'rule.schema.json': '{}' }],
    [
      'half done by a run that was cut off',
      { 'a/done.json': COMMENTED.replace('"owner": "@', '"squad": "@') },
    ],
  ])('has nothing left once it was carried out, on a folder %s', (_, further) => {
    const files = { 'a/example.json': COMMENTED, ...further };
    const done = after(files, planOf(files));

    expect(planOf(done).writes).toEqual(new Map());
    expect(planOf(done).steps).toEqual([]);
    expect(parse(done[CONFIG] ?? '').formatVersion).toBe(3);
  });

  it('writes a configuration where there is none, and names its schema where there is one', () => {
    const bare = planOf({ 'a/example.json': JSON.stringify(RULE) }, []);
    const withSchemas = planOf({ 'a/example.json': JSON.stringify(RULE), 'config.schema.json': '{}' }, []);

    expect(bare.writes.get(CONFIG)).toBe('{\n  "formatVersion": 1\n}\n');
    expect(withSchemas.writes.get(CONFIG)).toBe(
      '{\n  "$schema": "./config.schema.json",\n  "formatVersion": 1\n}\n',
    );
  });

  it('brings schemas up to date, a new one among them, and gives none to a folder without', () => {
    const stale = planOf(
      { [CONFIG]: '{ "formatVersion": 1 }', 'rule.schema.json': '{ "title": "old" }' },
      [],
    );
    const without = planOf({ [CONFIG]: '{ "formatVersion": 1 }' }, []);

    expect(stale.steps).toEqual([
      { title: 'schemas for editors, as this version has them', files: [...schemaTexts().keys()].sort() },
    ]);
    expect(stale.writes.get('rule.schema.json')).toBe(schemaTexts().get('rule.schema.json'));
    expect(without.writes.size).toBe(0);
  });

  it.each([
    [
      'a rule',
      { 'a/broken.json': '{ "name": }' },
      /^a\/broken\.json:1:11 A value is expected here\. Mend it first/,
    ],
    ['the configuration', { [CONFIG]: '{\n  "prefix"\n}' }, /^triage\.config\.json:3:1 .* Mend it first/],
    ['a list as configuration', { [CONFIG]: '[]' }, /^triage\.config\.json holds no object\. Mend it first/],
    ['a format', { [CONFIG]: '{ "formatVersion": "2" }' }, /"formatVersion": "2", which is no format\. Mend/],
  ])('is refused while %s cannot be read: an edit would make it worse', (_, further, fault) => {
    const files = { 'a/example.json': COMMENTED, ...further };

    expect(planMigration(treeOf(files), [OWNER_TO_TEAM])).toEqual({ fault: expect.stringMatching(fault) });
  });

  it('is refused where it would write through a link', () => {
    const tree = treeOf({ 'a/example.json': COMMENTED });
    const linked = { ...tree, list: () => [...tree.list(), { label: CONFIG, isFile: false }] };

    expect(planMigration(linked)).toEqual({ fault: 'triage.config.json is a link, and is not followed.' });
  });

  it('is refused for rules of a later version', () => {
    const files = { 'a/example.json': COMMENTED, [CONFIG]: '{ "formatVersion": 9 }' };

    expect(planMigration(treeOf(files), [OWNER_TO_TEAM])).toEqual({
      fault:
        'These rules are written in format 9, and format 2 is read here. Nothing leads back: securityhub-triage 9.x, as the README says of upgrades.',
    });
  });
});

describe('rules of an earlier revision', () => {
  const OLD = { 'a/example.json': COMMENTED.replace('"owner": "@', '"keeper": "@') };
  const KEEPER_TO_OWNER = { ...OWNER_TO_TEAM, change: OWNER_TO_TEAM.renaming('keeper', 'owner') };

  it('are read as their migrations leave them, so that there is something to compare with', () => {
    const tree = migratedTree(treeOf(OLD), [KEEPER_TO_OWNER]);

    expect(tree.read('a/example.json')).toBe(COMMENTED);
    expect(tree.list().map(({ label }) => label)).toEqual(['a/example.json', CONFIG]);
    expect(parse(tree.read(CONFIG))).toEqual({ formatVersion: 2 });
  });

  it('are left as they are where no migration is pending, none can be made, or there are none', () => {
    const [current, broken, none] = [
      treeOf({ 'a/example.json': COMMENTED }),
      treeOf({ ...OLD, 'a/broken.json': '{' }),
      treeOf({}),
    ];

    expect(migratedTree(current)).toBe(current);
    expect(loadRulesFrom(migratedTree(current)).ruleset?.rules).toHaveLength(1);
    expect(migratedTree(broken, [KEEPER_TO_OWNER])).toBe(broken);
    expect(migratedTree(none, [KEEPER_TO_OWNER])).toBe(none);
  });
});
