import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from './temporary-dir.ts';

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

/** A folder with one good rule and the given config, outside the repository: rules are read from where one says. */
export function writeRules(config: object = {}): string {
  const rulesDir = temporaryDir();
  mkdirSync(join(rulesDir, 'controls'));
  writeFileSync(join(rulesDir, 'controls/notify-public-bucket.json'), JSON.stringify(RULE, null, 2));
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
