import { describe, expect, it } from 'vitest';
import { FactSlots } from '../../../../lib/rules/engine/candidates/fact-slots.ts';
import { createIndexWalk } from '../../../../lib/rules/engine/candidates/index-code.ts';
import { indexEntriesOf } from '../../../../lib/rules/engine/candidates/index-entries.ts';
import { type Bucket, buildIndex, nodeOf } from '../../../../lib/rules/engine/candidates/index-tree.ts';
import { readerOf, subjectOf } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
type Finding = Readonly<Record<string, unknown>>;
const leaf = (fact: string, operator: string, value: unknown): Condition => ({ fact, operator, value });
const all = (...conditions: Condition[]): Condition => ({ all: conditions });
const times = <T>(count: number, make: (i: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Says which rules, by their numbers, an index of conditions has looked at, and which members of the finding it has read. */
function indexOf(conditions: readonly Condition[]) {
  const ruleset = rulesetOf(
    conditions.map((condition, i) => ruleOf(condition, { name: `${i}`, priority: conditions.length - i })),
  );
  const slots = new FactSlots((fact) => readerOf(fact, ruleset));
  let looked: number[] = [];
  const walk = createIndexWalk(buildIndex(indexEntriesOf(ruleset).entries, slots), slots, (rule) =>
    looked.push(rule),
  );
  return (finding: Finding) => {
    const read = new Set<string>();
    const { member, ...rest } = subjectOf(finding, { detailType: 'x' }, NOW);
    looked = [];
    slots.begin({
      ...rest,
      member: (name) => {
        read.add(name);
        return member(name);
      },
    });
    walk();
    return { looked, read: [...read].sort() };
  };
}

describe('an index of many rules looks at', () => {
  const word = (i: number) => `${String.fromCharCode(97 + (i % 26))}${i}-word`;
  const day = (i: number) => new Date(NOW - i * 86_400_000).toISOString();

  it.each<[string, (i: number) => Condition, Finding, readonly number[]]>([
    ['equality', (i) => leaf('Title', 'equal', word(i)), { Title: word(7) }, [7]],
    ['equality that the finding has not', (i) => leaf('Title', 'equal', word(i)), { Title: 'x' }, []],
    ['equality where nothing is', (i) => leaf('Title', 'equal', word(i)), {}, []],
    ['numbers', (i) => leaf('Confidence', 'equal', i), { Confidence: 7 }, [7]],
    ['texts as they stand', (i) => leaf('Title', 'equal', `T${i}`), { Title: 'T7' }, [7]],
    ['lists of values', (i) => leaf('Title', 'in', [word(i), word(i + 1)]), { Title: word(8) }, [7, 8]],
    ['items', (i) => leaf('Types', 'contains', word(i)), { Types: ['x', word(3), word(5)] }, [3, 5]],
    ['items of what is no list', (i) => leaf('Types', 'contains', word(i)), { Types: word(3) }, []],
    [
      'items of lists of members',
      (i) => leaf('Resources[*].Id', 'someFact:equal', word(i)),
      { Resources: [{ Id: word(2) }] },
      [2],
    ],
    ['beginnings', (i) => leaf('Title', 'startsWith', word(i)), { Title: `${word(9)}s` }, [9]],
    ['beginnings, not ends', (i) => leaf('Title', 'startsWith', word(i)), { Title: `s${word(9)}` }, []],
    ['ends', (i) => leaf('Title', 'endsWith', word(i)), { Title: `s${word(9)}` }, [9]],
    ['parts', (i) => leaf('Title', 'includes', word(i)), { Title: `a ${word(4)} b` }, [4]],
    [
      'beginnings of items',
      (i) => leaf('Types', 'someFact:startsWith', word(i)),
      { Types: ['x', `${word(6)}s`] },
      [6],
    ],
    [
      'beginnings of items of what is no list',
      (i) => leaf('Types', 'someFact:startsWith', word(i)),
      { Types: word(6) },
      [],
    ],
    ['globs', (i) => leaf('Title', 'glob', `${word(i)}*z`), { Title: `${word(6)} yz` }, [6]],
    [
      'texts without their case',
      (i) => leaf('Title', 'equalsIgnoreCase', word(i).toUpperCase()),
      { Title: word(7) },
      [7],
    ],
    ['networks', (i) => leaf('Title', 'inCidr', `10.0.${i}.0/24`), { Title: '10.0.12.7' }, [12]],
    ['sizes', (i) => leaf('Confidence', 'greaterThan', 10 * i), { Confidence: 25 }, [0, 1, 2]],
    ['sizes from above', (i) => leaf('Confidence', 'lessThan', 10 * i), { Confidence: 375 }, [39, 38]],
    ['ages', (i) => leaf('CreatedAt', 'olderThanDays', i), { CreatedAt: day(1.5) }, [0, 1]],
    ['youths', (i) => leaf('CreatedAt', 'newerThanDays', i), { CreatedAt: day(37.5) }, [39, 38]],
    ['instants', (i) => leaf('CreatedAt', 'before', day(i)), { CreatedAt: day(37.5) }, times(38, (i) => i)],
  ])('no more of forty rules than it must, by %s', (_, condition, finding, expected) => {
    const index = indexOf(times(40, condition));

    const first = index(finding);

    expect(first.looked).toEqual(expected);
    expect(first.read).toHaveLength(1);
    // The index is built as it is asked.
    expect(index(finding)).toEqual(first);
    expect(index({}).looked).toEqual([]);
    expect(index(finding)).toEqual(first);
  });

  it('each rule in turn, of ten thousand', () => {
    const index = indexOf(times(10_000, (i) => leaf('Title', 'equal', word(i))));

    for (const i of [0, 1, 63, 64, 1_023, 1_024, 5_000, 9_999])
      expect(index({ Title: word(i) }).looked).toEqual([i]);
  });

  it('a rule alone each time, and two by looking up', () => {
    expect(indexOf([leaf('Title', 'equal', 'a')])({}).looked).toEqual([0]);
    expect(indexOf([leaf('Title', 'equal', 'a'), leaf('Title', 'equal', 'b')])({}).looked).toEqual([]);
  });

  it('rules of whose condition nothing is known each time, and once', () => {
    const unknown: Condition = { any: [leaf('Title', 'exists', true), leaf('Region', 'exists', true)] };
    const index = indexOf([unknown, ...times(20, (i) => leaf('Title', 'equal', word(i))), unknown]);

    expect(index({ Title: word(3) }).looked).toEqual([0, 21, 4]);
    expect(index({}).looked).toEqual([0, 21]);
  });

  it('a bucket of up to three whole, and of four by a further lookup', () => {
    // All ask for the region first: of titles they have one in common.
    const ofRegion = (count: number) =>
      indexOf(
        times(20, (region) =>
          times(count, (i) => all(leaf('Region', 'equal', `r${region}`), leaf('Title', 'equal', word(i)))),
        ).flat(),
      );
    const finding = { Region: 'r2', Title: word(1) };

    expect(ofRegion(3)(finding).looked).toEqual([6, 7, 8]);
    expect(ofRegion(4)(finding).looked).toEqual([9]);
    expect(ofRegion(4)({ Region: 'r2', Title: 'x' }).looked).toEqual([]);
    expect(ofRegion(4)({ Region: 'r20', Title: word(1) })).toEqual({ looked: [], read: ['Region'] });
  });

  it('what of a bucket numbers far apart lead to, and nothing for those of other buckets', () => {
    const account = (region: number, i: number) => `a${(region * 37 + i * 29 * (1 + (region % 3))) % 120}`;
    const conditions = times(200, (region) =>
      times(4, (i) =>
        all(leaf('Region', 'equal', `r${region}`), leaf('AwsAccountId', 'equal', account(region, i))),
      ),
    ).flat();
    const index = indexOf(conditions);

    for (const region of times(40, (i) => 5 * i)) {
      const of = (AwsAccountId: string) => index({ Region: `r${region}`, AwsAccountId }).looked;
      const own = times(4, (i) => account(region, i));
      const foreign = times(120, (i) => `a${i}`).filter((each) => !own.includes(each));
      expect(own.map(of)).toEqual(times(4, (i) => [4 * region + i]));
      expect([...foreign, 'none'].flatMap(of)).toEqual([]);
    }
  });

  it('items by numbers far apart', () => {
    const type = (region: number, i: number) => `t${(region * 37 + i * 29 * (1 + (region % 3))) % 120}`;
    const conditions = times(200, (region) =>
      times(4, (i) => all(leaf('Region', 'equal', `r${region}`), leaf('Types', 'contains', type(region, i)))),
    ).flat();
    const index = indexOf(conditions);

    for (const region of times(40, (i) => 5 * i)) {
      const Types = ['none', type(region, 3), type(region, 1)];
      expect(index({ Region: `r${region}`, Types }).looked).toEqual([4 * region + 3, 4 * region + 1]);
    }
  });

  it('texts that are told apart by more than the piece they are filed under', () => {
    const prefixes = times(10, (i) => times(6, (j) => `abc${'xyz'[i % 3]}${'-'.repeat(i)}${j}`)).flat();
    const index = indexOf(prefixes.map((prefix) => leaf('Title', 'startsWith', prefix)));

    for (const [i, prefix] of prefixes.entries()) {
      expect(index({ Title: `${prefix}!` }).looked).toContain(i);
      expect(index({ Title: `${prefix}!` }).looked.length).toBeLessThanOrEqual(3);
    }
    expect(index({ Title: 'abc' }).looked).toEqual([]);
  });

  it('a rule once for all its ways that one bucket holds', () => {
    const either = (i: number): Condition => ({
      any: [
        all(leaf('Title', 'equal', word(i)), leaf('Region', 'equal', 'a')),
        all(leaf('Title', 'equal', word(i)), leaf('Confidence', 'equal', 1)),
      ],
    });

    expect(indexOf(times(40, either))({ Title: word(5) }).looked).toEqual([5]);
  });
});

describe('the depth of an index', () => {
  it('is six lookups at most: what they leave together is looked at one by one', () => {
    const bits = (i: number) =>
      times(8, (bit) => leaf(`ProductFields.f${bit}`, 'equal', `${(i >> bit) & 1}`));
    const finding = (i: number) => ({
      ProductFields: Object.fromEntries(times(8, (bit) => [`f${bit}`, `${(i >> bit) & 1}`])),
    });
    const index = indexOf(times(256, (i) => all(...bits(i))));

    for (const i of [0, 7, 200, 255]) {
      expect(index(finding(i)).looked).toHaveLength(4);
      expect(index(finding(i)).looked).toContain(i);
    }
  });
});

describe('an index reads', () => {
  const gap = leaf('Description', 'matches', '[ab]?[0-9]+');

  it('nothing for a search that few are left to share', () => {
    const index = indexOf([
      ...times(10, (i) => all(leaf('Description', 'startsWith', `abc${i}`), leaf('Title', 'equal', `t${i}`))),
      ...times(2, (i) => leaf('Description', 'startsWith', `xyz${i}`)),
    ]);

    expect(index({ Title: 'x', Description: 'xyz1' })).toEqual({ looked: [10, 11], read: ['Title'] });
  });

  it.each<[string, readonly Condition[], string]>([
    [
      'the first of two that cost the same',
      [leaf('Region', 'equal', '#'), leaf('Title', 'equal', '#')],
      'Region',
    ],
    [
      'one value rather than a size',
      [leaf('Confidence', 'lessThan', 5), leaf('Title', 'equal', '#')],
      'Title',
    ],
    [
      'a value that all have rather than a size, whose test rules out as cheaply',
      [gap, leaf('Confidence', 'greaterThan', 5), leaf('Region', 'equal', 'a')],
      'Region',
    ],
    [
      'an age rather than a value that all have, for its test costs more',
      [gap, leaf('Region', 'equal', 'a'), leaf('CreatedAt', 'olderThanDays', 5)],
      'CreatedAt',
    ],
    [
      'three rare values rather than one that is less rare',
      [leaf('Title', 'equal', '##'), leaf('Region', 'in', ['a#', 'b#', 'c#'])],
      'Region',
    ],
  ])('%s', (_, conditions, expected) => {
    const text = JSON.stringify(all(...conditions));
    const of = (i: number) =>
      JSON.parse(text.replaceAll('##', `${i >> 1}`).replaceAll('#', `${i}`)) as Condition;

    expect(indexOf(times(40, of))({ Region: 'x' }).read).toEqual([expected]);
  });

  it('a list of values as long as that costs less than two tests', () => {
    const lists = (count: number) =>
      [0, 1].map((i) =>
        leaf(
          'Title',
          'in',
          times(count, (j) => `${i}-${j}`),
        ),
      );

    expect(indexOf(lists(29))({})).toEqual({ looked: [], read: ['Title'] });
    expect(indexOf(lists(30))({})).toEqual({ looked: [0, 1], read: [] });
  });

  it('nothing again that has led to a bucket', () => {
    const ruleset = rulesetOf(
      times(40, (i) => ruleOf(leaf('Title', 'equal', `t${i % 8}`), { name: `${100 + i}` })),
    );
    const slots = new FactSlots((fact) => readerOf(fact, ruleset));
    const { lookups } = buildIndex(indexEntriesOf(ruleset).entries, slots);

    const buckets = [...(lookups[0]?.catalogue.groups.values() ?? [])];

    expect(buckets).toHaveLength(8);
    expect(nodeOf(buckets[3] as Bucket, slots)).toEqual({ always: [3, 11, 19, 27, 35], lookups: [] });
  });

  it('nothing where one of several texts is too short to be filed', () => {
    const short = times(40, (i) => leaf('Title', 'someValue:includes', [`piece-${i}`, `${i}`]));

    expect(indexOf(short)({ Title: 'x' })).toEqual({ looked: times(40, (i) => i), read: [] });
    const either: Condition = { any: [leaf('Title', 'includes', 'ab'), leaf('Region', 'includes', 'cd')] };
    expect(indexOf([either])({}).looked).toEqual([0]);
  });

  const titled = times(40, (i) => leaf('Title', 'equal', `t${i}`));

  it('one fact for rules that share it, whatever else one of them demands', () => {
    const index = indexOf([
      ...titled,
      all(leaf('Region', 'equal', 'a'), leaf('Title', 'equal', 't40')),
      all(leaf('Title', 'equal', 't41'), leaf('Description', 'startsWith', 'abcde')),
    ]);

    expect(index({ Title: 'x', Region: 'a', Description: 'abcdef' })).toEqual({
      looked: [],
      read: ['Title'],
    });
    expect(index({ Title: 't40' }).looked).toEqual([40]);
    expect(index({ Title: 't41' }).looked).toEqual([41]);
  });

  it('the fact whose values are the rarer, where rules demand two', () => {
    const both = times(40, (i) => all(leaf('Region', 'equal', `r${i % 2}`), leaf('Title', 'equal', `t${i}`)));

    expect(indexOf(both)({ Region: 'r0', Title: 'x' })).toEqual({ looked: [], read: ['Title'] });
  });

  it('a whole value rather than a part of a text, and a single one rather than items', () => {
    const parts = times(40, (i) =>
      all(leaf('Description', 'includes', `piece-${i}`), leaf('Title', 'equal', `t${i}`)),
    );
    const items = times(40, (i) => all(leaf('Types', 'contains', `y${i}`), leaf('Title', 'equal', `t${i}`)));
    const forms = times(40, (i) =>
      all(leaf('Region', 'equalsIgnoreCase', `r${i}`), leaf('Title', 'equal', `t${i}`)),
    );

    for (const conditions of [parts, items, forms]) expect(indexOf(conditions)({}).read).toEqual(['Title']);
  });

  it('what one literal leads to rather than one of many', () => {
    const many = times(40, (i) =>
      all(
        leaf(
          'Region',
          'in',
          times(20, (j) => `r${i}-${j}`),
        ),
        leaf('Title', 'equal', `t${i}`),
      ),
    );

    expect(indexOf(many)({}).read).toEqual(['Title']);
  });

  it('values rather than sizes, which findings of one product often reach all', () => {
    const sized = times(40, (i) =>
      all(leaf('Confidence', 'greaterThan', i), leaf('Title', 'equal', `t${i}`)),
    );

    expect(indexOf(sized)({}).read).toEqual(['Title']);
  });

  it('nothing for texts too short to be filed', () => {
    const index = indexOf(times(40, (i) => leaf('Title', 'includes', `${i + 10}`)));

    expect(index({ Title: 'x' })).toEqual({ looked: times(40, (i) => i), read: [] });
    expect(
      indexOf(times(40, (i) => leaf('Title', 'includes', `${i + 10}abc`)))({ Title: 'x' }).looked,
    ).toEqual([]);
  });
});
