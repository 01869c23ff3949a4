import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateRuleset } from '../workload/ruleset.ts';
import { WORKLOAD_SEED } from '../workload/seeds.ts';
import { CROSSED, crossedAccount, crossedControl } from './crossed-findings.ts';
import { WIDE_PRODUCT } from './wide-findings.ts';

/** Writes generated rules as a folder that `--rules` takes: one file a rule, with the lists they name. */
export function writeRules(folder: string, count: number): void {
  const { rules, lists } = generateRuleset(WORKLOAD_SEED, count);
  for (const part of ['context', 'generated']) mkdirSync(join(folder, part), { recursive: true });
  writeJson(folder, 'triage.config.json', {});
  for (const [name, list] of Object.entries(lists)) writeJson(folder, `context/${name}.json`, list);
  for (const rule of rules) writeJson(folder, `generated/${rule.name}.json`, rule);
}

/** The same as a git repository: two rules that are enforced only observe in its last commit. */
export function writeChangedRules(folder: string, count: number): void {
  writeRules(folder, count);
  const changed = generateRuleset(WORKLOAD_SEED, count).rules.slice(0, 2);
  const write = (mode: 'observe' | 'enforce') => {
    for (const rule of changed) writeJson(folder, `generated/${rule.name}.json`, { ...rule, mode });
  };
  write('observe');
  commitAll(folder);
  write('enforce');
}

const WIDE_RULE = {
  ...{ name: 'wide', owner: '@acme/secops', reason: 'All of one scanner.', mode: 'enforce', priority: 10 },
  ...{ reasonCode: 'accepted-risk', expires: '2027-06-30', allowCritical: true },
  conditions: { all: [{ name: 'scanner', fact: 'ProductName', operator: 'equal', value: WIDE_PRODUCT }] },
  event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'Known.' } } },
};

/** A repository in which one rule hides all findings of a product, and at its last commit observes. */
export function writeWideRule(folder: string): void {
  mkdirSync(join(folder, 'generated'), { recursive: true });
  writeJson(folder, 'triage.config.json', {});
  writeJson(folder, 'generated/wide.json', { ...WIDE_RULE, mode: 'observe' });
  commitAll(folder);
  writeJson(folder, 'generated/wide.json', WIDE_RULE);
}

export const CROSSED_RULES = CROSSED.accounts + CROSSED.controls;

/** A repository with a rule for each account and one for each control, all different at its last commit. */
export function writeCrossedRules(folder: string): void {
  mkdirSync(join(folder, 'generated'), { recursive: true });
  writeJson(folder, 'triage.config.json', {});
  const write = (Confidence: number) => {
    const rule = (name: string, priority: number, fact: string, value: string, params: object) =>
      writeJson(folder, `generated/${name}.json`, {
        ...{ name, owner: '@acme/secops', reason: 'One of many that meet.', mode: 'enforce', priority },
        conditions: { all: [{ name: 'which', fact, operator: 'equal', value }] },
        event: { type: 'update', params },
      });
    for (let i = 0; i < CROSSED.accounts; i += 1)
      rule(`account-${i}`, 10, 'AwsAccountId', crossedAccount(i), { Confidence });
    for (let i = 0; i < CROSSED.controls; i += 1)
      rule(`control-${i}`, 20, 'GeneratorId', crossedControl(i * CROSSED.accounts), {
        Criticality: Confidence,
      });
  };
  write(50);
  commitAll(folder);
  write(60);
}

function writeJson(folder: string, path: string, value: unknown): void {
  writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
}

/** Commits all that is in a folder, which becomes a repository by that. */
function commitAll(folder: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'base');
}
