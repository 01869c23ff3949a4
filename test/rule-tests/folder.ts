import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTestFiles } from '../../lib/rule-tests/find-test-files.ts';
import type { CaseResult } from '../../lib/rule-tests/report.ts';
import { type FolderRun, runRulesFolder } from '../../lib/rule-tests/run-rules-folder.ts';

export const SAMPLE = {
  Id: 'finding/1',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  ProductName: 'GuardDuty',
  AwsAccountId: '111122223333',
  Severity: { Label: 'LOW' },
  Types: ['TTPs/Discovery'],
  Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
};

export const RULE = {
  name: 'notify',
  owner: '@acme/secops',
  mode: 'enforce',
  priority: 10,
  conditions: {
    all: [
      { name: 'GuardDuty', fact: 'ProductName', operator: 'equal', value: 'GuardDuty' },
      { name: 'our account', fact: 'AwsAccountId', operator: 'equal', value: '111122223333' },
    ],
  },
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};

export const MATCH = { name: 'match', finding: 'scan', expect: { matches: true } };
export const OTHER_ACCOUNT = {
  name: 'another account',
  finding: 'scan',
  with: { AwsAccountId: '444455556666' },
  expect: { matches: false, because: 'our account' },
};
export const OTHER_PRODUCT = {
  name: 'another product',
  finding: 'scan',
  with: { ProductName: 'Macie' },
  expect: { matches: false, because: 'GuardDuty' },
};

export type Files = Readonly<Record<string, unknown>>;

export function testOf(cases: readonly unknown[], members: Files = {}): Files {
  return { rule: 'notify', now: '2026-11-20T00:00:00Z', cases, ...members };
}

/** Writes a rules folder with the sample `scan`; a text is written as it is, anything else as JSON. */
export function writeRules(files: Files): { readonly dir: string; readonly remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'rule-tests-'));
  for (const [path, content] of Object.entries({
    'samples/scan.json': SAMPLE,
    'area/notify.json': RULE,
    ...files,
  })) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export async function runFolder(
  files: Files,
  demands: 'coverage' | 'mutate' | 'none' = 'none',
): Promise<FolderRun> {
  const { dir, remove } = writeRules(files);
  try {
    const { files: tests, exceptionFiles } = findTestFiles(dir, []);
    return await runRulesFolder(dir, tests, {
      coverage: demands === 'coverage',
      mutate: demands === 'mutate',
      exceptionFiles,
    });
  } finally {
    remove();
  }
}

/** Runs cases of the rule `notify`, or of another one in its place. */
export async function runCases(cases: readonly unknown[], files: Files = {}): Promise<readonly CaseResult[]> {
  const { report } = await runFolder({ 'area/notify.test.json': testOf(cases), ...files });
  if (report.diagnostics.length > 0)
    throw new Error(report.diagnostics.map(({ message }) => message).join('\n'));
  return report.rules.flatMap((rule) => rule.cases);
}

/** What one case came to: its outcome, then each difference. */
export async function saidOf(ruleCase: unknown, files: Files = {}): Promise<readonly string[]> {
  const [result] = await runCases([ruleCase], files);
  if (result === undefined) throw new Error('Nothing was run.');
  return [result.outcome, ...result.mismatches.map(({ expected, actual }) => `${expected} | ${actual}`)];
}
