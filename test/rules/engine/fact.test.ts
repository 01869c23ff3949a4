import { describe, expect, it } from 'vitest';
import { readerOf, subjectOf } from '../../../lib/rules/engine/fact.ts';
import { rulesetOf } from './ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const RULESET = rulesetOf([], {
  lists: { ci: [{ value: 'a' }, { value: 'b', until: '2026-06-15' }, { value: 'c', until: '2026-06-14' }] },
  accounts: { '111122223333': { env: 'prod' } },
});
const EVENT = { detailType: 'Security Hub Findings - Custom Action', actionName: 'Accept' };

function read(fact: string, view: Readonly<Record<string, unknown>> = {}) {
  return readerOf(fact, RULESET)(subjectOf(view, EVENT, NOW));
}

describe('a fact', () => {
  it.each([
    ['Severity.Label', { Severity: { Label: 'LOW' } }, 'LOW'],
    ['Resources[*].Type', { Resources: [{ Type: 'a' }, {}, { Type: 'b' }] }, ['a', 'b']],
    ['lists.ci', {}, ['a', 'b']],
    ['account.env', { AwsAccountId: '111122223333' }, 'prod'],
    ['ageDays', { CreatedAt: '2026-06-13T12:00:00Z' }, 2],
    ['event.detailType', {}, 'Security Hub Findings - Custom Action'],
    ['event.actionName', {}, 'Accept'],
  ])('%s reads its value', (fact, view, value) => {
    expect(read(fact, view)).toEqual(value);
  });

  it('lists.<name> is empty where there is no such list', () => {
    expect(read('lists.absent')).toEqual([]);
    expect(read('lists.constructor')).toEqual([]);
  });

  it.each([
    ['account.tier', { AwsAccountId: '111122223333' }],
    ['account.toString', { AwsAccountId: '111122223333' }],
    ['account.env', { AwsAccountId: '999999999999' }],
    ['account.env', { AwsAccountId: 'toString' }],
    ['account.env', {}],
    ['ageDays', { CreatedAt: 'yesterday' }],
    ['ageDays', { CreatedAt: 7 }],
    ['no path!', { 'no path!': 1 }],
  ])('%s of %j is missing, without an error', (fact, view) => {
    expect(read(fact, view)).toBeUndefined();
  });
});
