import { describe, expect, it } from 'vitest';
import { readerOf, subjectOf } from '../../../lib/rules/engine/fact.ts';
import { rulesetOf } from './ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const RULESET = rulesetOf([], {
  lists: {
    ci: [{ value: 'a' }, { value: 'b', until: '2026-06-15' }, { value: 'c', until: '2026-06-14' }],
    lasting: [{ value: 'a' }, { value: 'b' }],
  },
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
    ['2026-06-14T23:59:59.999Z', ['a', 'b', 'c']],
    ['2026-06-15T00:00:00.000Z', ['a', 'b']],
    ['2026-06-15T23:59:59.999Z', ['a', 'b']],
    ['2026-06-16T00:00:00.000Z', ['a']],
  ])('lists.ci has at %s %j: an entry is valid all through its day', (instant, values) => {
    const reader = readerOf('lists.ci', RULESET);

    expect(reader(subjectOf({}, EVENT, Date.parse(instant)))).toEqual(values);
  });

  it('lists.<name> is one array while its values are the same, so that what was made of it can be kept', () => {
    const lasting = readerOf('lists.lasting', RULESET);
    const lapsing = readerOf('lists.ci', RULESET);
    const [now, later] = [subjectOf({}, EVENT, NOW), subjectOf({}, EVENT, NOW + 86_400_000)];

    expect(lasting(now)).toBe(lasting(later));
    expect(lapsing(now)).toBe(lapsing(now));
    expect(lapsing(now)).not.toBe(lapsing(later));
  });

  it.each([
    ['account.tier', { AwsAccountId: '111122223333' }],
    ['account.toString', { AwsAccountId: '111122223333' }],
    ['account.env', { AwsAccountId: '999999999999' }],
    ['account.env', { AwsAccountId: 'toString' }],
    ['account.name', { AwsAccountId: 'toString' }],
    ['account.env', { AwsAccountId: 111_122_223_333 }],
    ['account.env', {}],
    ['ageDays', { CreatedAt: 'yesterday' }],
    ['ageDays', { CreatedAt: 7 }],
    ['no path!', { 'no path!': 1 }],
  ])('%s of %j is missing, without an error', (fact, view) => {
    expect(read(fact, view)).toBeUndefined();
  });
});
