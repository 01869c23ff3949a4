import { describe, expect, it } from 'vitest';
import { fitWays } from '../../../lib/infrastructure/event-pattern/fit-ways.ts';
import { leafOf } from '../../../lib/infrastructure/event-pattern/leaf.ts';
import type { Matcher } from '../../../lib/infrastructure/event-pattern/matcher.ts';
import { createShareOf } from '../../../lib/infrastructure/event-pattern/share.ts';
import { lengthOfWay, textOfWay, type Way, wayOf } from '../../../lib/infrastructure/event-pattern/way.ts';

const shareOf = createShareOf(10);
const way = (rule: string, fields: Readonly<Record<string, readonly Matcher[]>>): Way =>
  wayOf(
    Object.entries(fields).map(([path, values]) => leafOf(path.split('.'), values)),
    [rule],
    shareOf,
  );
const fitted = (ways: readonly Way[], most = Number.POSITIVE_INFINITY) =>
  fitWays(ways, (known) => known.reduce((sum, one) => sum + lengthOfWay(one), 0) <= most, shareOf).map(
    (one) => `${textOfWay(one)} for ${one.rules.join()}`,
  );

describe('branches of a pattern', () => {
  it('that differ in one field become one, with the values of both', () => {
    const ways = [way('a', { Title: ['x'], Region: ['eu'] }), way('b', { Title: ['y'], Region: ['eu'] })];

    expect(fitted(ways)).toEqual(['"Region":["eu"],"Title":["x","y"] for a,b']);
  });

  it('that another covers are left out, and serve their rule by the other', () => {
    const ways = [way('a', { Title: ['x'], Region: ['eu'] }), way('b', { Title: [{ prefix: 'x' }] })];

    expect(fitted(ways)).toEqual(['"Title":[{"prefix":"x"}] for a,b']);
  });

  it('tell texts by their beginning where there is no room, and keep those that begin otherwise', () => {
    const ways = [way('a', { GeneratorId: ['alpha-check/one', 'alpha-check/two', 'beta'] })];

    expect(fitted(ways, 55)).toEqual(['"GeneratorId":["beta",{"prefix":"alpha-check/"}] for a']);
  });

  it('keep what lets nearly everything through while there is room, and get it back where room is left', () => {
    const broad = { Types: [{ prefix: 'Software and Configuration Checks/' }] };
    const ways = [way('a', { ...broad, Title: ['x'.repeat(400)], Region: ['eu'] })];

    expect(fitted(ways)[0]).toContain('"Types":[{"prefix":"Software and Configuration Checks/"}]');
    expect(fitted(ways, 120)).toEqual([
      '"Region":["eu"],"Types":[{"prefix":"Software and Configuration Checks/"}] for a',
    ]);
    expect(fitted(ways, 40)).toEqual(['"Region":["eu"] for a']);
  });

  it('get back no more than what every branch asked that one stands for', () => {
    const ways = [
      way('a', { Title: ['x'.repeat(300)], Region: ['eu'], ProductName: ['Macie'] }),
      way('b', { Id: ['y'.repeat(300)], Region: ['us'] }),
    ];

    expect(fitted(ways, 100)).toEqual([
      '"ProductName":["Macie"],"Region":["eu"] for a',
      '"Region":["us"] for b',
    ]);
    expect(fitted(ways, 30)).toEqual(['"Region":["eu","us"] for a,b']);
  });

  it('end as one that asks nothing where there is no room at all', () => {
    const ways = [way('a', { Title: ['x'] }), way('b', { Region: ['eu'] })];

    expect(fitted(ways, 5)).toEqual([' for a,b']);
  });
});
