import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { all, type Finding, indexOf, leaf, NOW, times } from './walked-index.ts';

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
