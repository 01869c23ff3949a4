import { describe, expect, it } from 'vitest';
import type { DemandKind } from '../../../../lib/rules/engine/candidates/demand.ts';
import { fileLiterals, searchIn } from '../../../../lib/rules/engine/candidates/search.ts';

/** Files literals in groups with numbers, from 0 in the order in which they are made, and tells what is entered. */
function file(kind: DemandKind, literals: readonly unknown[]) {
  let groups = 0;
  const { filed, catalogue } = fileLiterals(kind, literals, () => groups++);
  const entered = (value: unknown) => {
    const found: number[] = [];
    searchIn(catalogue, value, (group) => found.push(group));
    return found;
  };
  return { filed, catalogue, entered };
}

describe('a search by value', () => {
  it('enters the group of the value itself', () => {
    const { filed, catalogue, entered } = file('value', ['a', 5, 'a', null]);

    expect(filed.map(({ group }) => group)).toEqual([0, 1, 0, 2]);
    expect(filed.every(({ whole }) => whole)).toBe(true);
    expect(catalogue.lengths).toEqual([]);
    expect(['a', 5, null, '5', 'b', undefined].map(entered)).toEqual([[0], [1], [2], [], [], []]);
  });
});

describe('a search by size', () => {
  it.each<[DemandKind, readonly [unknown, readonly number[]][]]>([
    [
      'atLeast',
      [
        [0, []],
        [1, [0]],
        [3, [0, 1]],
        [4, [0, 1]],
        [9, [0, 1, 2]],
      ],
    ],
    [
      'atMost',
      [
        [9, []],
        [5, [0]],
        [3, [0, 1]],
        [2, [0, 1]],
        [0, [0, 1, 2]],
      ],
    ],
  ])('%s enters the bounds that are reached, the nearest first', (kind, cases) => {
    const { filed, entered } = file(kind, [5, 1, 3, 1]);

    expect(filed.map(({ group }) => group)).toEqual(kind === 'atLeast' ? [2, 0, 1, 0] : [0, 2, 1, 2]);
    expect(filed.every(({ whole }) => whole)).toBe(true);
    for (const [value, expected] of cases) {
      expect(entered(value)).toEqual(expected);
      expect(entered(String(value))).toEqual(expected);
    }
  });

  it.each(['atLeast', 'atMost'] as const)(
    '%s leaves lists to the engine, and enters nothing for what is none',
    (kind) => {
      const { entered } = file(kind, [0]);

      expect([[[5]], [{}], [[]]].map(([value]) => entered(value))).toEqual([[0], [0], [0]]);
      for (const value of [null, undefined, true, 'many', Number.NaN]) expect(entered(value)).toEqual([]);
    },
  );
});

describe('a search by beginnings and ends', () => {
  it.each<[DemandKind, string, readonly number[]]>([
    ['prefix', 'abcd', [1, 0]],
    ['prefix', 'abx', [1]],
    ['prefix', 'ab', [1]],
    ['prefix', 'a', []],
    ['prefix', 'xabc', []],
    ['prefix', '', []],
    ['suffix', 'xabc', [0]],
    ['suffix', 'xab', [1]],
    ['suffix', 'ab', [1]],
    ['suffix', 'abcx', []],
    ['suffix', 'b', []],
  ])('by %s of %j enters %j, the shortest first', (kind, value, expected) => {
    const { filed, catalogue, entered } = file(kind, ['abc', 'ab', 'abc']);

    expect(filed).toEqual([
      { group: 0, whole: true },
      { group: 1, whole: true },
      { group: 0, whole: true },
    ]);
    expect(catalogue.lengths).toEqual([2, 3]);
    expect(entered(value)).toEqual(expected);
  });

  it('enters nothing for what is no text', () => {
    for (const kind of ['prefix', 'suffix', 'part'] as const) {
      const { entered } = file(kind, ['55555']);
      for (const value of [55_555, ['55555'], null, undefined]) expect(entered(value)).toEqual([]);
    }
  });

  it.each([
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    [
      [5, 1, 3, 2, 4, 5],
      [1, 2, 3, 4],
    ],
    [
      [8, 7, 6, 5, 4, 3, 2, 1],
      [1, 3, 5, 7],
    ],
  ])('of lengths %j cuts to %j, and says what is all of a literal', (lengths, expected) => {
    const literals = lengths.map((length) => 'abcdefgh'.slice(0, length));
    const { filed, catalogue, entered } = file('prefix', literals);

    expect(catalogue.lengths).toEqual(expected);
    expect(filed.map(({ whole }) => whole)).toEqual(lengths.map((length) => expected.includes(length)));
    expect(new Set(entered('abcdefgh')).size).toBe(expected.length);
  });
});

describe('a search by parts', () => {
  it('enters the group wherever the piece of a literal stands', () => {
    const { filed, entered } = file('part', ['bcdef', 'vwxyz12']);

    expect(filed.map(({ whole }) => whole)).toEqual([true, false]);
    for (const text of ['bcdef', 'abcdef', 'bcdefg', '  bcdef  ']) expect(entered(text)).toEqual([0]);
    expect(entered('vwxyz12 bcdef')).toEqual([1, 0]);
    for (const text of ['bcde', 'cdef', 'bcdxef', '', 'fedcb']) expect(entered(text)).toEqual([]);
  });

  it('files a literal under the piece that the fewest have, the first of several', () => {
    const { entered } = file('part', ['common-one', 'common-two', 'abcdefgh']);

    expect(entered('common-')).toEqual([]);
    expect(entered('abcde')).toEqual([2]);
    expect(entered('defgh')).toEqual([]);
    expect(entered('common-one')).toEqual([0]);
    expect(entered('common-two')).toEqual([1]);
  });

  it('enters nothing for pieces that only get through the filter, nor for the end of a text', () => {
    const varied = Array.from({ length: 500 }, (_, i) => String.fromCharCode(33 + ((i * i) % 90))).join('');

    expect(file('part', ['piece']).entered(varied)).toEqual([]);
    expect(file('part', ['\u0000'.repeat(5)]).entered('abcdefgh')).toEqual([]);
  });

  it('does not take fewer units than a piece has for one', () => {
    expect(file('part', ['\u0000abcd']).entered('abcd')).toEqual([]);
    expect(file('part', ['\u0000abcd']).entered('\u0000abcd')).toEqual([0]);
  });

  it('passes by most of a text with a filter of 32 places for each literal, of which few are taken', () => {
    const sizes = [1, 2, 3, 4, 33].map((count) => {
      const literals = Array.from({ length: count }, (_, i) => `piece-${String.fromCharCode(65 + i)}`);
      return file('part', literals).catalogue.filter;
    });

    expect(sizes.map(({ length }) => length)).toEqual([32, 64, 128, 128, 2048]);
    const taken = sizes.map((filter) => filter.filter((place) => place !== 0).length);
    expect(taken[0]).toBe(1);
    expect(taken.at(-1)).toBeGreaterThan(25);
    expect(file('value', ['a']).catalogue.filter).toHaveLength(1);
  });
});
