import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LoadedRules, loadRules } from '../../lib/rules/load.ts';

/** A rule against which nothing speaks. */
export const RULE = {
  name: 'example',
  owner: '@acme/secops',
  priority: 10,
  conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};

/** Lists and accounts that facts of the tests name. */
export const CONTEXT = {
  'context/ciAccounts.json': ['111122223333', { value: '444455556666', until: '2026-12-31' }],
  'context/networks.json': ['192.0.2.0/24', '2001:db8::/32'],
  'context/broken.json': ['(unclosed'],
  'context/accounts.json': {
    111122223333: { name: 'ci', env: 'prod', tier: 1, teams: ['red'] },
    444455556666: { name: 'lab', env: 'dev', tier: 'two' },
  },
};

export function ruleWith(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...RULE, ...members };
}

export function ruleOn(...conditions: readonly unknown[]): Readonly<Record<string, unknown>> {
  return ruleWith({ conditions: { all: conditions } });
}

export function ruleWriting(params: unknown, members: Readonly<Record<string, unknown>> = {}) {
  return ruleWith({ event: { type: 'update', params }, ...members });
}

/** Loads a folder that holds these files, by their path; a text is written as it is, anything else as JSON. */
export function loadFolder(files: Readonly<Record<string, unknown>>): LoadedRules {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    }
    return loadRules(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads one rule beside the context of the tests. */
export function loadRule(rule: unknown, files: Readonly<Record<string, unknown>> = {}): LoadedRules {
  return loadFolder({ ...CONTEXT, 'area/example.json': rule, ...files });
}

/** What the diagnostics say, one text each: code, message and help. */
export function saidOf({ diagnostics }: LoadedRules): readonly string[] {
  return diagnostics.map(({ code, message, help }) => [code, message, ...(help ? [help] : [])].join(' '));
}

export function codesOf({ diagnostics }: LoadedRules): readonly string[] {
  return diagnostics.map(({ code }) => code);
}
