import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  type AccountFacts,
  readAccountFacts,
} from '../../../lib/infrastructure/configuration/account-facts.ts';
import { warnOfFacts } from '../../../lib/infrastructure/permissions/warn-of-facts.ts';
import { temporaryDir } from '../temporary-dir.ts';

const nowMs = Date.parse('2026-11-27T00:00:00Z');
const FACTS: AccountFacts = {
  ...{ version: 1, verifiedAt: '2026-11-01T00:00:00Z', account: '111122223333', region: 'eu-west-1' },
  answers: { types: { answer: 'merged' }, 'deny.Types': { answer: 'enforced' } },
  unanswered: { 'deny.Confidence': 'No role was named with --role.' },
};

function warningsOf(facts: AccountFacts | null): readonly string[] {
  const stack = new Stack(new App(), 'Stack');
  warnOfFacts(stack, facts, nowMs);
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => String(entry.data));
}

describe('facts of an account', () => {
  it('warn of nothing where each Deny is heeded, or nothing is known', () => {
    expect(warningsOf(FACTS)).toEqual([]);
    expect(warningsOf(null)).toEqual([]);
  });

  it('warn of every Deny that is not', () => {
    const answers = {
      'deny.RelatedFindings': { answer: 'ignored' },
      'denyValues.Workflow.Status': { answer: 'ignored' },
      'deny.Types': { answer: 'enforced' },
    };

    expect(warningsOf({ ...FACTS, answers })).toEqual([
      expect.stringContaining('does not heed a Deny of RelatedFindings, Workflow.Status: the function could'),
    ]);
  });

  it.each([
    ['2025-11-26T00:00:00Z', 1],
    ['2025-11-28T00:00:00Z', 0],
  ])('of %s are old: %i warnings', (verifiedAt, warnings) => {
    expect(warningsOf({ ...FACTS, verifiedAt })).toHaveLength(warnings);
  });
});

describe('the file of facts', () => {
  const written = (text: string): string => {
    const path = join(temporaryDir(), 'facts.json');
    writeFileSync(path, text);
    return path;
  };

  it('is read back as it was written, and may be missing', () => {
    expect(readAccountFacts(written(JSON.stringify(FACTS)))).toEqual(FACTS);
    expect(readAccountFacts(join(temporaryDir(), 'none.json'))).toBeNull();
  });

  it.each([
    ['{', 'no JSON'],
    ['[]', 'a list'],
    [JSON.stringify({ ...FACTS, version: 2 }), 'another version'],
    [JSON.stringify({ ...FACTS, verifiedAt: 'yesterday' }), 'no date'],
    [JSON.stringify({ ...FACTS, answers: { types: 'merged' } }), 'answers of another shape'],
  ])('stops synthesis where it holds %s (%s)', (text) => {
    expect(() => readAccountFacts(written(text))).toThrow(
      /holds no facts of an account: triage verify-account/,
    );
  });
});
