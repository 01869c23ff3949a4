import { RE2JS } from 're2js';
import { describe, expect, it, vi } from 'vitest';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../lib/rules/engine/fact.ts';
import { OPERATORS } from '../../../lib/rules/operators.ts';
import type { Condition } from '../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from './ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const EVENT = { detailType: 'Security Hub Findings - Imported' };
const lists = {
  ci: [{ value: '111122223333' }, { value: '444455556666', until: '2026-06-14' }],
  today: [{ value: 'a' }, { value: 'b', until: '2026-06-15' }],
};
const accounts = { '111122223333': { env: 'prod', teams: ['red', 'blue'] } };

async function holds(
  view: Record<string, unknown>,
  fact: string,
  operator: string,
  value: unknown,
): Promise<boolean> {
  const compiled = compileRuleset(
    rulesetOf([ruleOf({ all: [{ fact, operator, value }] })], { lists, accounts }),
  );
  const [rule] = compiled.rules;
  const subject = subjectOf(view, EVENT, NOW);
  return (await rule?.judge(subject))?.matched === true;
}

describe('an operator', () => {
  it.each([
    ['startsWith', 'TTPs/Discovery', 'TTPs', true],
    ['startsWith', 'TTPs/Discovery', 'ttps', false],
    ['startsWith', 7, '7', false],
    ['endsWith', 'i-0abc', 'abc', true],
    ['endsWith', 'i-0abc', 'ab', false],
    ['includes', 'a public bucket', 'public', true],
    ['includes', ['public'], 'public', false],
    ['equalsIgnoreCase', 'GuardDuty', 'guardduty', true],
    ['equalsIgnoreCase', 'GuardDuty', 'guard', false],
    ['matches', 'IAM.12', 'IAM\\.\\d+', true],
    ['matches', 'xIAM.12', 'IAM\\.\\d+', false],
    ['matches', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+', false],
    ['glob', 'arn:aws:s3:::logs-prod', 'arn:aws:s3:::logs-*', true],
    ['glob', 'logs-1', 'logs-?', true],
    ['glob', 'logs-12', 'logs-?', false],
    ['glob', 'a.c', 'a?c', true],
    ['glob', 'abc', 'a.c', false],
    ['glob', 'line one\nline two', 'line*two', true],
    ['inCidr', '192.0.2.7', '192.0.2.0/24', true],
    ['inCidr', '192.0.3.7', ['192.0.2.0/24', '192.0.3.0/28'], true],
    ['inCidr', '2001:db8::1', '2001:db8::/32', true],
    ['inCidr', '192.0.2.7', '2001:db8::/32', false],
    ['inCidr', 'example.com', '192.0.2.0/24', false],
    ['inCidr', '192.0.2.7', 'nonsense', false],
    ['inCidr', '2001:db9::1', '2001:db8::/32', false],
    ['inCidr', '192.0.2.7', '192.0.2.0/x24', false],
    ['inCidr', '192.0.2.7', '192.0.2.0/24x', false],
    ['inCidr', '192.0.2.7', '192.0.2.0', false],
    ['before', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z', true],
    ['before', '2026-01-01T01:00:00+02:00', '2026-01-01T00:00:00Z', true],
    ['before', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
    ['after', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
    ['after', '2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00Z', true],
    ['after', 'not an instant', '2026-01-01T00:00:00Z', false],
    ['olderThanDays', '2026-06-14T12:00:00Z', 1, false],
    ['olderThanDays', '2026-06-14T11:59:59.999Z', 1, true],
    ['newerThanDays', '2026-06-14T12:00:00Z', 1, false],
    ['newerThanDays', '2026-06-14T12:00:00.001Z', 1, true],
    ['newerThanDays', '2030-01-01T00:00:00Z', 1, true],
    ['olderThanDays', 'never', 1, false],
    ['exists', 'x', true, true],
    ['exists', 'x', false, false],
    ['equal', 'x', 'x', true],
    ['in', 'x', ['x', 'y'], true],
    ['contains', ['x'], 'x', true],
    ['greaterThan', 3, 2, true],
  ])('%s of %j with %j is %s', async (operator, fact, value, expected) => {
    expect(await holds({ Fact: fact }, 'Fact', operator, value)).toBe(expected);
  });

  it('is true of a missing fact exactly where the table says so', async () => {
    const values = {
      scalar: 'x',
      list: ['x'],
      string: 'x',
      number: 1,
      regex: 'x',
      glob: 'x',
      cidr: '192.0.2.0/24',
    };
    const more = { instant: '2026-01-01', days: 1, boolean: true, conditions: { all: [] } };

    for (const [name, { value, trueWhenMissing }] of Object.entries(OPERATORS)) {
      expect.soft(await holds({}, 'Fact', name, { ...values, ...more }[value]), name).toBe(trueWhenMissing);
    }
  });

  it('reads lists without their lapsed entries, and what is known of the account', async () => {
    expect(await holds({ AwsAccountId: '111122223333' }, 'AwsAccountId', 'in', { fact: 'lists.ci' })).toBe(
      true,
    );
    expect(await holds({ AwsAccountId: '444455556666' }, 'AwsAccountId', 'in', { fact: 'lists.ci' })).toBe(
      false,
    );
    expect(await holds({ AwsAccountId: '111122223333' }, 'account.env', 'equal', 'prod')).toBe(true);
    expect(await holds({ AwsAccountId: '999999999999' }, 'account.env', 'exists', false)).toBe(true);
    expect(await holds({ CreatedAt: '2026-06-10T13:00:00Z' }, 'ageDays', 'equal', 4)).toBe(true);
  });

  it('asks one element to answer for all conditions of a block', async () => {
    const Resources = [
      { Type: 'AwsS3Bucket', Tags: { env: 'dev' } },
      { Type: 'AwsEc2Instance', Tags: { env: 'prod' } },
    ];
    const prodBucket = {
      all: [
        { fact: 'Type', operator: 'equal', value: 'AwsS3Bucket' },
        { any: [{ not: { fact: 'Tags.env', operator: 'not:in', value: ['prod'] } }] },
      ],
    };
    const tagged = { all: [{ fact: 'Tags.env', operator: 'exists', value: true }] };

    expect(await holds({ Resources }, 'Resources', 'anyElement', prodBucket)).toBe(false);
    expect(await holds({ Resources }, 'Resources', 'noElement', prodBucket)).toBe(true);
    expect(await holds({ Resources }, 'Resources', 'everyElement', tagged)).toBe(true);
    expect(await holds({ Resources: [{}] }, 'Resources', 'everyElement', tagged)).toBe(false);
    expect(await holds({ Resources: 'no list' }, 'Resources', 'noElement', tagged)).toBe(true);
  });

  const [bucket, host, none] = [{ Type: 'bucket' }, { Type: 'host' }, {}];
  const of = (value: unknown): Condition => ({ fact: 'Type', operator: 'equal', value });
  const listed = (name: string): Condition => ({
    fact: 'Id',
    operator: 'in',
    value: { fact: `lists.${name}` },
  });

  it.each<[readonly unknown[] | string, Condition, boolean[]]>([
    // Whether any, every, and no element answers.
    [[bucket, host], of('bucket'), [true, false, false]],
    [[bucket, bucket], of('bucket'), [true, true, false]],
    [[host, none], of('bucket'), [false, false, true]],
    [[], of('bucket'), [false, true, true]],
    ['bucket', of('bucket'), [false, false, true]],
    [[host], { any: [of('bucket'), of('host')] }, [true, true, false]],
    [[host], { any: [of('bucket'), of('disk')] }, [false, false, true]],
    [[host], { all: [of('bucket'), of('host')] }, [false, false, true]],
    [[host, none], { not: of('bucket') }, [true, true, false]],
    [
      [bucket, host],
      { all: [{ fact: 'Type', operator: 'in', value: ['bucket', 'host'] }] },
      [true, true, false],
    ],
    // Facts are read as undefined where they are missing, which is not null.
    [[none], of(null), [false, false, true]],
    // A block names lists of its own.
    [[{ Id: '111122223333' }, { Id: 'x' }], listed('ci'), [true, false, false]],
    [[{ Id: '444455556666' }], listed('ci'), [false, false, true]],
    [[{ Id: 'b' }], listed('today'), [true, true, false]],
    [[{ Id: '111122223333' }], listed('absent'), [false, false, true]],
  ])('of elements %j asks whether any, every or none is so: %j', async (Resources, condition, expected) => {
    const names = ['anyElement', 'everyElement', 'noElement'];
    const block = { all: [condition] };

    const found = await Promise.all(names.map((name) => holds({ Resources }, 'Resources', name, block)));

    expect(found).toEqual(expected);
  });

  it('compiles an expression once, however often it is asked', async () => {
    const { rules } = compileRuleset(
      rulesetOf([ruleOf({ all: [{ fact: 'Title', operator: 'matches', value: 'once-[0-9]+' }] })]),
    );
    const compile = vi.spyOn(RE2JS, 'compile');

    for (const Title of ['once-1', 'once-2', 'twice'])
      await rules[0]?.judge(subjectOf({ Title }, EVENT, NOW));

    expect(compile).toHaveBeenCalledTimes(1);
    compile.mockRestore();
  });

  it.each([
    ['a path that is none', { fact: 'no path!', operator: 'exists', value: true }],
    ['a shared condition', { condition: 'shared' }],
    ['an operator that there is not', { fact: 'Type', operator: 'absent', value: 1 }],
  ])('holds of no element for %s, which the checks refuse, and never fails', async (_, refused) => {
    expect(await holds({ Resources: [{ Type: 'a' }] }, 'Resources', 'anyElement', { all: [refused] })).toBe(
      false,
    );
  });

  it('stays linear on expressions that make backtracking engines hang', async () => {
    const hostile = `${'a'.repeat(5000)}!`;

    expect(await holds({ Title: hostile }, 'Title', 'matches', '(a|aa)+')).toBe(false);
    expect(await holds({ Title: hostile }, 'Title', 'matches', '(a*)*b')).toBe(false);
  });
});
