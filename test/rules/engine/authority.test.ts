import { Rule as EngineRule } from 'json-rules-engine';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAuthority } from '../../../lib/rules/engine/authority.ts';
import { readerOf, type Subject, subjectOf } from '../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { ruleOf, rulesetOf } from './ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const DAY_MS = 86_400_000;
const LONG = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const at = (nowMs: number, finding: Readonly<Record<string, unknown>> = {}): Subject =>
  subjectOf(finding, { detailType: 'x' }, nowMs);
const equal = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value });
const [a, b] = [equal('Title', 'a'), equal('Region', 'b')];
const among: Condition = { fact: 'Title', operator: 'in', value: LONG };
const young: Condition = { fact: 'CreatedAt', operator: 'newerThanDays', value: 1 };

function authorityOf(rest: Partial<Ruleset> = {}) {
  const ruleset = rulesetOf([], rest);
  return createAuthority(ruleset, (fact) => readerOf(fact, ruleset));
}

const questionOf = (conditions: Condition, rest: Partial<Ruleset> = {}) =>
  authorityOf(rest).questionOf(ruleOf(conditions));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the engine, asked of one rule', () => {
  const conditions = { both: { name: 'Both', all: [a, b] }, nested: { any: [{ condition: 'both' }] } };

  it.each<[string, Condition, boolean]>([
    ['all of a group', { all: [a, b] }, true],
    ['all of a group that has a name', { name: 'Both', all: [a, b] }, true],
    ['all of a group, of which one does not hold', { all: [a, equal('Region', 'c')] }, false],
    ['any of a group', { any: [equal('Title', 'x'), b] }, true],
    ['any of a group, of which none holds', { any: [equal('Title', 'x'), equal('Region', 'x')] }, false],
    ['the opposite', { not: { any: [equal('Title', 'x'), equal('Region', 'x')] } }, true],
    ['the opposite of what holds', { name: 'Not', not: { all: [a, b] } }, false],
    ['a shared condition', { condition: 'both' }, true],
    ['a shared condition by another one', { name: 'Nested', condition: 'nested' }, true],
    ['groups within groups', { all: [{ any: [b, among] }, { not: { not: among } }, a] }, true],
    ['a list among whose values the fact is not', { any: [{ not: among }, equal('Region', LONG)] }, false],
  ])('says by confirm what it says by judge, again and again, of %s', async (_, condition, expected) => {
    const question = questionOf(condition, { conditions });
    const subject = at(NOW, { Title: 'a', Region: 'b' });

    for (const _time of [1, 2]) {
      expect(await question.confirm(subject)).toBe(expected);
      expect((await question.judge(subject)).result).toBe(expected);
    }
    expect(await Promise.all([1, 2].map(() => question.confirm(subject)))).toEqual([expected, expected]);
  });

  it('tells by judge what became of each condition', async () => {
    const { conditions: told } = await questionOf({ any: [a, b] }).judge(
      at(NOW, { Title: 'a', Region: 'c' }),
    );

    expect(told).toMatchObject({
      any: [
        { fact: 'Title', factResult: 'a', valueResult: 'a', result: true },
        { fact: 'Region', factResult: 'c', valueResult: 'b', result: false },
      ],
    });
  });

  it.each<[string, Condition]>([
    ['at the top', { all: [among] }],
    ['in groups of which any must hold', { all: [{ any: [{ any: [among] }] }] }],
    ['in groups that all must hold', { any: [{ all: [a, { all: [among] }] }] }],
    ['under not', { not: { not: among } }],
  ])('looks long lists up by confirm instead of walking them: %s', async (_, condition) => {
    const question = questionOf(condition);
    const walks = vi.spyOn(Array.prototype, 'indexOf');

    const holds = await question.confirm(at(NOW, { Title: 'a' }));
    const walked = walks.mock.calls.filter(([value]) => value === 'a').length;

    expect([holds, walked]).toEqual([true, 0]);
  });

  it('has its conditions neither copied nor sorted by confirm', async () => {
    const question = questionOf({ all: [a, b] });
    const sorts = vi.spyOn(EngineRule.prototype, 'prioritizeConditions' as never);
    const subject = at(NOW, { Title: 'a', Region: 'b' });

    await question.confirm(subject);
    expect(sorts).not.toHaveBeenCalled();
    await question.judge(subject);
    expect(sorts).toHaveBeenCalledTimes(1);
  });

  it('is set up once for a rule, and once for each instant that an age is measured from', async () => {
    const made = vi.spyOn(EngineRule.prototype, 'setEngine' as never);
    const [timeless, timed] = [questionOf({ all: [a] }), questionOf({ all: [young] })];
    const instants = [NOW, NOW, NOW + 1, NOW + 1, NOW];

    for (const nowMs of instants) await timeless.confirm(at(nowMs));
    expect(made).toHaveBeenCalledTimes(1);
    for (const nowMs of instants) await timed.confirm(at(nowMs));
    expect(made).toHaveBeenCalledTimes(1 + 3);
  });

  it('knows at each instant how old a finding is, and which entries of a list named in a block are left', async () => {
    const lists = { today: [{ value: 'a', until: '2026-06-15' }] };
    const listed = { fact: 'Id', operator: 'in', value: { fact: 'lists.today' } };
    const inBlock: Condition = { fact: 'Resources', operator: 'anyElement', value: { all: [listed] } };
    const question = questionOf({ all: [{ any: [young, young] }, inBlock] }, { lists });
    const finding = { CreatedAt: '2026-06-15T00:00:00Z', Resources: [{ Id: 'a' }] };
    const holdsAt = (nowMs: number) => question.confirm(at(nowMs, finding));

    expect(await holdsAt(NOW)).toBe(true);
    expect(await holdsAt(NOW + DAY_MS)).toBe(false);
    expect(await holdsAt(NOW)).toBe(true);
  });
});

describe("the engine's operators", () => {
  it.each([
    ...['equal', 'not:in', 'before', 'glob', 'someFact:inCidr'].map((name) => [name, true] as const),
    ...['olderThanDays', 'not:newerThanDays', 'anyElement', 'not:noElement'].map(
      (name) => [name, false] as const,
    ),
  ])('%s is one object at every instant: %s', (name, expected) => {
    const { operatorAt } = authorityOf();

    expect(operatorAt(name, NOW)?.evaluate).toBeTypeOf('function');
    expect(operatorAt(name, NOW)).toBe(operatorAt(name, NOW));
    expect(operatorAt(name, NOW) === operatorAt(name, NOW + 1)).toBe(expected);
  });

  it('are none where there is none of that name', () => {
    expect(authorityOf().operatorAt('absent', NOW)).toBeNull();
  });
});
