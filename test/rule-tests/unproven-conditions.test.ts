import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkUnprovenConditions } from '../../lib/rule-tests/unproven-conditions.ts';
import { lintRules } from '../../lib/rules/lint/lint-rules.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const RULE = {
  name: 'example',
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
const SAMPLE = { Id: '1', ProductArn: 'arn:a', ProductName: 'GuardDuty', AwsAccountId: '111122223333' };
const MATCH = { name: 'match', finding: 's', expect: { matches: true } };
const OTHER_PRODUCT = {
  name: 'product',
  finding: 's',
  with: { ProductName: 'Macie' },
  expect: { matches: false },
};
const OTHER_ACCOUNT = {
  name: 'account',
  finding: 's',
  with: { AwsAccountId: '4' },
  expect: { matches: false },
};

async function lint(
  cases: readonly unknown[],
  members: Readonly<Record<string, unknown>> = {},
  config: object = {},
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'unproven-'));
  const files = {
    'area/example.json': { ...RULE, ...members },
    'area/example.test.json': { rule: 'example', now: '2026-11-20T00:00:00Z', cases },
    'samples/s.json': SAMPLE,
    'triage.config.json': { formatVersion: 1, ...config },
  };
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(content, null, 2));
    }
    const { diagnostics } = await lintRules(folder, NOW, {
      furtherChecks: { TR303: checkUnprovenConditions },
    });
    return diagnostics
      .filter(({ code }) => code !== 'TR403')
      .map(({ code, severity, message, range }) => `${range.start.line} ${severity} ${code} ${message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a condition that no case proves', () => {
  it('is told by lint, at its place in the rule', async () => {
    expect(await lint([MATCH, OTHER_PRODUCT])).toEqual(['14 error TR303 "our account" is false in no case.']);
  });

  it('is told where cases see it true and false and yet never stand on it alone', async () => {
    const both = { ...OTHER_ACCOUNT, with: { AwsAccountId: '4', ProductName: 'Macie' } };

    expect(await lint([MATCH, OTHER_PRODUCT, both])).toEqual([
      '14 error TR303 No case notices when "our account" is left out.',
    ]);
  });

  it('is a warning in a rule that observes', async () => {
    expect(await lint([MATCH, OTHER_PRODUCT], { mode: 'observe' })).toEqual([
      '14 warning TR303 "our account" is false in no case.',
    ]);
  });

  it('is as loud as it is configured to be', async () => {
    expect(await lint([MATCH, OTHER_PRODUCT], {}, { lint: { levels: { TR303: 'warning' } } })).toEqual([
      '14 warning TR303 "our account" is false in no case.',
    ]);
    expect(await lint([MATCH, OTHER_PRODUCT], {}, { lint: { levels: { TR303: 'off' } } })).toEqual([]);
  });

  it('may be excepted in its rule, which is an error once nothing needs it', async () => {
    const disable = [{ code: 'TR303', reason: 'Being written', until: '2026-12-31' }];

    expect(await lint([MATCH, OTHER_PRODUCT], { disable })).toEqual([]);
    expect(await lint([MATCH, OTHER_PRODUCT, OTHER_ACCOUNT], { disable })).toEqual([
      expect.stringContaining('error TR404 Nothing here needs the exception from "TR303".'),
    ]);
  });

  it('is none where each has its near miss', async () => {
    expect(await lint([MATCH, OTHER_PRODUCT, OTHER_ACCOUNT])).toEqual([]);
  });

  it('is no business of a case that fails: that is told by the tests', async () => {
    const wrong = { ...OTHER_ACCOUNT, name: 'wrong', with: { Title: 'x' } };

    expect(await lint([MATCH, OTHER_PRODUCT, OTHER_ACCOUNT, wrong])).toEqual([]);
  });
});
