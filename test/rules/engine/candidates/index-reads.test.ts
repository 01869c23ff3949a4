import { describe, expect, it } from 'vitest';
import { FactSlots } from '../../../../lib/rules/engine/candidates/fact-slots.ts';
import { indexEntriesOf } from '../../../../lib/rules/engine/candidates/index-entries.ts';
import { type Bucket, buildIndex, nodeOf } from '../../../../lib/rules/engine/candidates/index-tree.ts';
import { readerOf } from '../../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from '../ruleset-of.ts';
import { all, indexOf, leaf, times } from './walked-index.ts';

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
