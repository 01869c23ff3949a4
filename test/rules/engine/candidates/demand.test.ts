import { describe, expect, it } from 'vitest';
import { type Branch, branchesOf, keyOf } from '../../../../lib/rules/engine/candidates/demand.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { rulesetOf } from '../ruleset-of.ts';

const RULESET = rulesetOf([]);
const equal = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value });
const oneOf = (fact: string, values: readonly unknown[]): Condition => ({
  fact,
  operator: 'in',
  value: values,
});
const facts = (count: number) => Array.from({ length: count }, (_, i) => equal(`ProductFields.f${i}`, 'x'));
const texts = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `text-${from + i}`);

/** Each way as `fact=literals`. */
function told(branches: readonly Branch[]): readonly string[] {
  return branches.map((branch) =>
    branch.map(({ fact, literals }) => `${fact}=${literals.join('|')}`).join(' & '),
  );
}

const demandsOf = (condition: Condition) => told(branchesOf(condition, RULESET));

describe('what a condition demands', () => {
  it('is one of several ways, while they are few', () => {
    expect(demandsOf({ any: [equal('Title', 'a'), equal('Title', 'b')] })).toEqual(['Title=a', 'Title=b']);
  });

  it('is any of many literals of the one fact that all ways ask for', () => {
    const ways = ['a', 'b', 'a', 'c', 'd'].map((value, i) => ({
      all: [equal(`ProductFields.f${i}`, 'x'), equal('Title', value)],
    }));

    expect(demandsOf({ any: ways })).toEqual(['Title=a|b|c|d']);
  });

  it('stays with the ways where together they would have too many literals', () => {
    const ways = Array.from({ length: 4 }, (_, i) => oneOf('Title', texts(200, 200 * i)));

    expect(branchesOf({ any: ways }, RULESET)).toHaveLength(4);
  });

  it('is told way by way where many ask for different facts, and not at all where they are too many', () => {
    expect(demandsOf({ any: facts(5) })).toHaveLength(5);
    expect(demandsOf({ any: facts(12) })).toHaveLength(12);
    expect(demandsOf({ any: facts(13) })).toEqual(['']);
  });

  it('leaves out of a group what would make too many ways of it', () => {
    const ways = demandsOf({ all: [{ any: facts(5) }, { any: facts(3) }, equal('Title', 'a')] });

    expect(ways).toEqual([0, 1, 2, 3, 4].map((i) => `ProductFields.f${i}=x & Title=a`));
  });

  it('is nothing of one literal of too many', () => {
    expect(demandsOf(oneOf('Title', texts(512)))).not.toEqual(['']);
    expect(demandsOf(oneOf('Title', texts(513)))).toEqual(['']);
  });

  it('looks into elements of lists that are read whole, not of lists within lists', () => {
    const block = { all: [equal('Type', 'AwsS3Bucket')] };
    const ofElement = (fact: string): Condition => ({ fact, operator: 'anyElement', value: block });

    expect(demandsOf(ofElement('Resources'))).toEqual(['Resources[*].Type=AwsS3Bucket']);
    expect(demandsOf(ofElement('Vulnerabilities[*].Cvss'))).toEqual(['']);
    expect(demandsOf(ofElement('no path!'))).toEqual(['']);
  });
});

describe('what a comparison demands', () => {
  const lists = { ci: [{ value: 'a' }, { value: 'b', until: '2020-01-01' }] };
  const bare = (part: string) => part.replaceAll('"', '');
  /** Each demand as its form, if any, its kind, the fact, `!` behind it for an item of it, and the literals. */
  const shown = (condition: Condition) =>
    branchesOf(condition, { ...RULESET, lists }).map((branch) =>
      branch.map(({ as, kind, fact, ofItem, literals }) =>
        [
          ...(as === undefined ? [] : [as]),
          kind,
          fact + (ofItem ? '!' : ''),
          bare(JSON.stringify(literals)),
        ].join(' '),
      ),
    );
  const leaf = (operator: string, value: unknown, fact = 'Title'): Condition => ({ fact, operator, value });
  const [day, hour] = [86_400_000, 3_600_000];
  const year = Date.parse('2026-01-01T00:00:00Z');

  it.each<[string, unknown, readonly string[]]>([
    ['equal', 'a', ['value Title [a]']],
    ['equal', null, ['value Title [null]']],
    ['equal', undefined, ['value Title [null]']],
    ['equal', ['a'], []],
    ['equal', { fact: 'lists.ci' }, []],
    ['equal', { fact: 'Region' }, []],
    ['equal', { a: 1 }, ['value Title [{a:1}]']],
    ['equalsIgnoreCase', 'Ab', ['folded value Title [Ab]']],
    ['equalsIgnoreCase', 5, []],
    ['someValue:equalsIgnoreCase', ['Ab', 5], ['folded value Title [Ab]']],
    ['inCidr', '10.0.0.0/8', ['address prefix Title [400001010]']],
    ['inCidr', ['10.0.0.0/8', 'x', 5], ['address prefix Title [400001010]']],
    ['inCidr', 'x', []],
    ['inCidr', '::/0', []],
    ['in', ['a', 'b', 'a'], ['value Title [a,b]']],
    ['in', 'a', []],
    ['in', [], []],
    ['in', { fact: 'lists.ci' }, ['value Title [a,b]']],
    ['in', { fact: 'lists.absent' }, []],
    ['someValue:in', [['a'], ['b']], ['value Title [a,b]']],
    ['someValue:in', ['a', ['b']], []],
    ['contains', 'a', ['value Title! [a]']],
    ['contains', { fact: 'Region' }, []],
    ['someFact:contains', 'a', []],
    ['someFact:equal', 'a', ['value Title! [a]']],
    ['someFact:in', ['a', 'b'], ['value Title! [a,b]']],
    ['everyFact:equal', 'a', []],
    ['startsWith', 'ab', ['prefix Title [ab]', 'part Title [ab]']],
    ['startsWith', '', []],
    ['startsWith', 5, []],
    ['someValue:startsWith', ['ab', 'cd'], ['prefix Title [ab,cd]', 'part Title [ab,cd]']],
    ['someValue:startsWith', ['ab', ''], []],
    ['endsWith', 'ab', ['suffix Title [ab]', 'part Title [ab]']],
    ['includes', 'ab', ['part Title [ab]']],
    ['someFact:someValue:includes', ['ab', 'cd'], ['part Title! [ab,cd]']],
    ['someValue:someFact:includes', ['ab'], []],
    ['glob', 'ab*cd', ['prefix Title [ab]', 'suffix Title [cd]', 'part Title [ab]', 'part Title [cd]']],
    ['glob', '*b', ['suffix Title [b]', 'part Title [b]']],
    ['glob', '*', []],
    [
      'someValue:glob',
      ['a*b', 'c*d'],
      ['prefix Title [a,c]', 'suffix Title [b,d]', 'part Title [a,c]', 'part Title [b,d]'],
    ],
    // Of gaps that stand elsewhere only the longest texts are known.
    [
      'someValue:glob',
      ['a*b', 'cde*d*e'],
      ['prefix Title [a,cde]', 'suffix Title [b,e]', 'part Title [a,cde]'],
    ],
    ['matches', 'ab.*cd', ['prefix Title [ab]', 'suffix Title [cd]', 'part Title [ab]', 'part Title [cd]']],
    ['matches', '(?i)AB.*', ['folded prefix Title [ab]', 'folded part Title [ab]']],
    ['matches', 'a|bcd', ['prefix Title [a,bcd]', 'suffix Title [a,bcd]', 'part Title [a,bcd]']],
    ['matches', '\\Qa', []],
    ['someValue:matches', ['a', '\\Qa'], []],
    ['someValue:matches', ['(?i)A.*', 'B.*'], ['folded prefix Title [a,B]', 'folded part Title [a,B]']],
    ['greaterThan', 5, ['atLeast Title [5]']],
    ['greaterThanInclusive', 5, ['atLeast Title [5]']],
    ['lessThan', 5, ['atMost Title [5]']],
    ['lessThanInclusive', 5, ['atMost Title [5]']],
    ['someValue:lessThan', [5, 6], ['atMost Title [5,6]']],
    ['someValue:lessThan', [5, '6'], []],
    ['greaterThan', '5', []],
    ['after', '2026-01-01', [`instant atLeast Title [${year}]`]],
    ['before', '2026-01-01T00:00:00Z', [`instant atMost Title [${year}]`]],
    ['after', '2026-01-01T00:00:00+01:00', [`instant atLeast Title [${year - hour}]`]],
    ['after', '2026-01-01T00:00:00-12:30', [`instant atLeast Title [${year + 12.5 * hour}]`]],
    // Of a text without its zone the instant is another one wherever it is read.
    ['after', '2026-01-01T00:00:00', []],
    ['after', '+002026-01-01', []],
    ['after', 'Z 2026', []],
    ['after', 2026, []],
    ['olderThanDays', 2, [`age atLeast Title [${2 * day}]`]],
    ['newerThanDays', 2, [`age atMost Title [${2 * day}]`]],
    ['newerThanDays', '2', []],
    ['exists', true, []],
    ['notEqual', 'a', []],
    ['not:equal', 'a', []],
    ['absent', 'a', []],
    ['someFact:someFact:equal', 'a', []],
    ['everyValue:equal', ['a'], []],
    ['someValue:equal', 'a', []],
    ['someValue:equal', ['a', ['b']], []],
    ['noElement', { all: [equal('Type', 'a')] }, []],
    ['not:anyElement', { all: [equal('Type', 'a')] }, []],
  ])('%s %j is %j', (operator, value, expected) => {
    expect(shown(leaf(operator, value))).toEqual([expected]);
  });

  it.each([
    ['Types[*]', ['value Types[*]! [a]']],
    ['ProductFields["x[*]"]', []],
    ['lists.x[*]', []],
    ['account.x[*]', []],
    ['Xlists.y[*]', ['value Xlists.y[*]! [a]']],
    ['no path[*]', []],
  ])('everyFact:equal on %s is %j: some item of a list that is never empty', (fact, expected) => {
    expect(shown(leaf('everyFact:equal', 'a', fact))).toEqual([expected]);
  });

  it('is of the list itself where a comparison asks nothing of items', () => {
    expect(shown(leaf('equal', 'a', 'Types[*]'))).toEqual([['value Types[*] [a]']]);
  });

  it.each<[Condition, readonly (readonly string[])[]]>([
    [leaf('notEqual', 'a'), [['value Title [a]']]],
    [leaf('notIn', ['a']), [['value Title [a]']]],
    [leaf('not:startsWith', 'ab'), [['prefix Title [ab]', 'part Title [ab]']]],
    [leaf('equal', 'a'), [[]]],
    [leaf('doesNotContain', 'a'), [[]]],
    [leaf('nor:equal', 'a'), [[]]],
    [{ all: [leaf('notEqual', 'a'), leaf('notEqual', 'b')] }, [['value Title [a]'], ['value Title [b]']]],
    [{ any: [leaf('notEqual', 'a'), leaf('notEqual', 'b')] }, [['value Title [a]', 'value Title [b]']]],
    [{ not: leaf('equal', 'a') }, [['value Title [a]']]],
    [{ all: [] }, [[]]],
    [{ any: [] }, [[]]],
    [{ condition: 'absent' }, [[]]],
    [{ condition: 'toString' }, [[]]],
  ])('of the opposite of %j is %j', (condition, expected) => {
    expect(shown({ not: condition })).toEqual(expected);
  });

  it('is that of the condition it names, and of its opposite under not', () => {
    const conditions = { shared: { all: [equal('Title', 'a'), { not: leaf('equal', 'b', 'Region') }] } };
    const named = (condition: Condition) => told(branchesOf(condition, { ...RULESET, conditions }));

    expect(named({ condition: 'shared' })).toEqual(['Title=a']);
    expect(named({ not: { condition: 'shared' } })).toEqual(['']);
    expect(named({ not: { not: { condition: 'shared' } } })).toEqual(['Title=a']);
  });

  it('is nothing where one way demands nothing, and stays with up to three ways', () => {
    const ways = (count: number) => texts(count).map((value) => equal('Title', value));

    expect(demandsOf({ any: [...ways(3), leaf('exists', true)] })).toEqual(['']);
    expect(demandsOf({ any: ways(3) })).toHaveLength(3);
    expect(demandsOf({ any: ways(4) })).toEqual(['Title=text-0|text-1|text-2|text-3']);
  });

  it('is of ways that all ask for one fact in one way, and of no more literals than 512', () => {
    const ways = (count: number) => [0, 1, 2, 3].map((i) => oneOf('Title', texts(count, count * i)));

    expect(demandsOf({ any: ways(128) })).toHaveLength(1);
    expect(demandsOf({ any: ways(129) })).toHaveLength(4);
    expect(demandsOf({ any: [...ways(1), equal('Region', 'a')] })).toHaveLength(5);
    expect(demandsOf({ any: [...ways(1), leaf('contains', 'a')] })).toHaveLength(5);
  });

  it('is of a group all ways of its parts, twelve at most', () => {
    expect(demandsOf({ all: [{ any: facts(4) }, { any: facts(3) }] })).toHaveLength(12);
    expect(demandsOf({ all: [{ any: facts(7) }, { any: facts(2) }] })).toHaveLength(7);
    expect(demandsOf({ all: [] })).toEqual(['']);
    expect(demandsOf({ any: [] })).toEqual(['']);
  });

  it('is of a block what it demands of one element, each in one way', () => {
    const block = (...all: Condition[]) => shown(leaf('anyElement', { all }, 'Resources'));
    const either: Condition = { any: [equal('Type', 'a'), equal('Id', 'b')] };

    expect(block(equal('Type', 'a'), leaf('startsWith', 'ab', 'Id'))).toEqual([
      ['value Resources[*].Type! [a]', 'prefix Resources[*].Id! [ab]', 'part Resources[*].Id! [ab]'],
    ]);
    expect(block(equal('Tags[*].x', 'a'), leaf('contains', 'a', 'L'), equal('Id', 'a'))).toEqual([
      ['value Resources[*].Id! [a]'],
    ]);
    expect(block(either)).toEqual([[]]);
    expect(block({ condition: 'shared' })).toEqual([[]]);
  });

  it('is looked up under one key where one lookup answers, and only there', () => {
    const all = [
      { fact: 'Title', ofItem: false, kind: 'value' },
      { fact: 'Title', ofItem: true, kind: 'value' },
      { fact: 'Title', ofItem: false, kind: 'prefix' },
      { fact: 'Title', ofItem: false, kind: 'value', as: 'folded' },
      { fact: 'Title', ofItem: false, kind: 'value', as: 'address' },
      { fact: 'Region', ofItem: false, kind: 'value' },
      { fact: 'item Title', ofItem: false, kind: 'value' },
    ] as const;

    expect(new Set(all.map(keyOf)).size).toBe(all.length);
    expect(keyOf({ ...all[0] })).toBe(keyOf(all[0]));
  });
});
