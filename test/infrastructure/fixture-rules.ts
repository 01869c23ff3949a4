import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from './temporary-dir.ts';

type FixtureRule = { readonly name: string } & Readonly<Record<string, unknown>>;

const RULE = {
  name: 'notify-public-bucket',
  description: 'Public buckets are looked at by the platform team.',
  owner: '@acme/platform',
  mode: 'enforce',
  priority: 100,
  conditions: {
    all: [{ fact: 'Compliance.SecurityControlId', operator: 'equal', value: 'S3.8' }],
  },
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};

/** A folder with the given config and rules, one good rule unless given, outside the repository. */
export function writeRules(config: object = {}, rules: readonly FixtureRule[] = [RULE]): string {
  const rulesDir = temporaryDir();
  mkdirSync(join(rulesDir, 'controls'));
  for (const rule of rules)
    writeFileSync(join(rulesDir, `controls/${rule.name}.json`), JSON.stringify(rule, null, 2));
  writeFileSync(join(rulesDir, 'triage.config.json'), JSON.stringify(config));
  return rulesDir;
}

/** The same folder with a rule whose fact is misspelt, at line 10, column 17. */
export function writeBadRules(): string {
  const rulesDir = writeRules();
  const text = JSON.stringify({ ...RULE, name: 'bad' }, null, 2).replace(
    'SecurityControlId',
    'SecurityControlID',
  );
  writeFileSync(join(rulesDir, 'controls/bad.json'), text);
  return rulesDir;
}
