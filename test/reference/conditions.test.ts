import { describe, expect, it } from 'vitest';
import type { Condition } from '../../lib/rules/rule.ts';
import { holds } from './conditions.ts';
import { NOW } from './fixtures.ts';

const tags = [
  { Key: 'env', Value: 'prod' },
  { Key: 'team', Value: 'red' },
];

function judge(operator: string, fact: unknown, value: unknown): boolean {
  const facts: Readonly<Record<string, unknown>> = { Fact: fact, 'lists.envs': ['prod', 'dev'] };
  return holds({ fact: 'Fact', operator, value }, { fact: (name) => facts[name], named: {}, nowMs: NOW });
}

describe('operators', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['equal', 'a', 'a', true],
    ['equal', 1, '1', false],
    ['notEqual', undefined, 'a', true],
    ['in', 'a', ['a', 'b'], true],
    ['in', undefined, ['a'], false],
    ['notIn', undefined, ['a'], true],
    ['contains', ['a'], 'a', true],
    ['contains', 'abc', 'a', false],
    ['doesNotContain', ['a'], 'b', true],
    ['doesNotContain', undefined, 'b', false],
    ['lessThan', '9', 10, true],
    ['lessThan', 'x', 10, false],
    ['lessThanInclusive', 10, 10, true],
    ['greaterThan', undefined, 0, false],
    ['greaterThanInclusive', 10, 10, true],
    ['someFact:startsWith', ['TTPs/Discovery', 'x'], 'TTPs/', true],
    ['someFact:startsWith', undefined, 'TTPs/', false],
    ['not:someFact:startsWith', undefined, 'TTPs/', true],
    ['everyFact:equal', [], 'a', true],
    ['everyFact:equal', 'a', 'a', false],
    ['someValue:startsWith', 'abc', ['x', 'ab'], true],
    ['everyValue:includes', 'abc', ['a', 'c'], true],
    ['swap:contains', 'a', ['a', 'b'], true],
    ['startsWith', 'abc', ['ab'], false],
    ['endsWith', 'abc', 'bc', true],
    ['includes', ['abc'], 'abc', false],
    ['matches', 'i-0abc', 'i-[0-9a-f]+', true],
    ['matches', 'xi-0abc', 'i-[0-9a-f]+', false],
    ['matches', 'b', 'a|b', true],
    ['glob', 'arn:aws:s3:::logs-eu', 'arn:*:logs-??', true],
    ['glob', 'a.b', 'a?b*', true],
    ['glob', 'axb', 'a.b', false],
    ['glob', 'Logs', 'logs', false],
    ['equalsIgnoreCase', 'Prod', 'pROD', true],
    ['inCidr', '10.1.2.3', '10.0.0.0/8', true],
    ['inCidr', '11.1.2.3', ['10.0.0.0/8', '192.168.0.0/16'], false],
    ['inCidr', '2001:db8::1', ['2001:db8::/32'], true],
    ['inCidr', '2001:db9::1', '2001:db8::/32', false],
    ['inCidr', '10.1.2', '10.0.0.0/8', false],
    ['inCidr', '::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['inCidr', '::10.1.2.3', '10.0.0.0/8', false],
    ['inCidr', '10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['inCidr', '10.1.2.3', '::/0', true],
    ['inCidr', '2001:db8::1', '0.0.0.0/0', false],
    ['inCidr', 'fe80::1%eth0', 'fe80::/10', true],
    ['before', '2026-01-01T00:00:00Z', '2026-01-02', true],
    ['before', 'yesterday', '2026-01-02', false],
    ['after', '2026-01-03T00:00:00Z', '2026-01-02', true],
    ['olderThanDays', '2026-06-14T12:00:00.000Z', 1, false],
    ['olderThanDays', '2026-06-14T11:59:59.999Z', 1, true],
    ['newerThanDays', '2026-06-14T12:00:00.000Z', 1, false],
    ['newerThanDays', '2027-01-01T00:00:00Z', 1, true],
    ['newerThanDays', undefined, 1, false],
    ['exists', '', true, true],
    ['exists', undefined, true, false],
    ['exists', undefined, false, true],
  ])('%s of %j and %j is %j', (operator, fact, value, expected) => {
    expect(judge(operator, fact, value)).toBe(expected);
  });
});

describe('operators on elements', () => {
  const prodEnv = {
    all: [
      { fact: 'Key', operator: 'equal', value: 'env' },
      { fact: 'Value', operator: 'in', value: { fact: 'lists.envs' } },
    ],
  };
  const redEnv = {
    all: [
      { fact: 'Key', operator: 'equal', value: 'env' },
      { fact: 'Value', operator: 'equal', value: 'red' },
    ],
  };

  it.each<[string, unknown, unknown, boolean]>([
    ['anyElement', tags, prodEnv, true],
    ['anyElement', tags, redEnv, false],
    ['anyElement', undefined, prodEnv, false],
    ['everyElement', [], redEnv, true],
    ['everyElement', 'env', redEnv, false],
    ['everyElement', tags, prodEnv, false],
    ['noElement', tags, redEnv, true],
    ['noElement', undefined, redEnv, true],
  ])('%s judges one element at a time', (operator, fact, block, expected) => {
    expect(judge(operator, fact, block)).toBe(expected);
  });
});

describe('groups', () => {
  const yes: Condition = { fact: 'A', operator: 'equal', value: 1 };
  const no: Condition = { fact: 'A', operator: 'equal', value: 2 };

  it.each<[string, Condition, boolean]>([
    ['all', { all: [yes, no] }, false],
    ['any', { any: [no, yes] }, true],
    ['not', { not: no }, true],
    ['a named condition', { condition: 'named' }, true],
    ['a nested group', { all: [{ any: [no, { not: no }] }, yes] }, true],
    ['a value that is a fact', { fact: 'A', operator: 'equal', value: { fact: 'A' } }, true],
  ])('reads %s', (_, condition, expected) => {
    const fact = (name: string) => (name === 'A' ? 1 : undefined);

    const result = holds(condition, { fact, named: { named: { all: [yes] } }, nowMs: NOW });

    expect(result).toBe(expected);
  });
});
