import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateRuleset } from '../workload/ruleset.ts';
import { WORKLOAD_SEED } from '../workload/seeds.ts';

/** Writes generated rules as a folder that `--rules` takes: one file a rule, with the lists they name. */
export function writeRules(folder: string, count: number): void {
  const { rules, lists } = generateRuleset(WORKLOAD_SEED, count);
  for (const part of ['context', 'generated']) mkdirSync(join(folder, part), { recursive: true });
  const write = (path: string, value: unknown) =>
    writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  write('triage.config.json', {});
  for (const [name, list] of Object.entries(lists)) write(`context/${name}.json`, list);
  for (const rule of rules) write(`generated/${rule.name}.json`, rule);
}
