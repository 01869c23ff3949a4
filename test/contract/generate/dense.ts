import fc from 'fast-check';
import type { Condition } from '../../../lib/rules/rule.ts';
import { type Drawn, instantAt } from './comparison.ts';
import { intend } from './wishes.ts';

/** How rules compare one fact, each with a literal of its own, and what values are near several of the literals. */
interface Row {
  readonly operators: readonly string[];
  readonly literals: readonly unknown[];
  readonly values: readonly Drawn[];
}

const DAY_MS = 86_400_000;
const ago =
  (days: number, ms: number): Drawn =>
  (nowMs: number) =>
    instantAt(nowMs - days * DAY_MS - ms);

const SINGLE = ['Title', 'GeneratorId', 'Compliance.Status', 'Resources[0].Id'];
const LISTS = ['Types', 'Resources[*].Id'];

const ROWS: readonly Row[] = [
  {
    operators: ['matches', 'matches', 'someValue:matches'],
    literals: [
      '(?i)task.*',
      'Task.*',
      'task-s|x.*',
      '(?i)SK.*|task.*',
      '(?i).*tasks',
      'ABCDE|abcd.',
      '(?i)^abcde$',
      '(?i)i.*',
      '.*ks|.*ſ',
    ],
    values: [
      'Task-s',
      'TASKS',
      'task',
      'ta\u017fk',
      'TA\u017f\u212a\u017f',
      'abcde',
      'ABCDE',
      'İx',
      'ıx',
      'x',
      'S\u212a',
    ],
  },
  {
    operators: ['equalsIgnoreCase', 'someValue:equalsIgnoreCase'],
    literals: [
      'task',
      'TASK',
      'ta\u017fk',
      'tas\u212a',
      'i',
      'I',
      'İ',
      'ı',
      'i̇',
      'ß',
      'ẞ',
      'ss',
      'ΑΣ',
      'ας',
      'ασ',
      '',
    ],
    values: [
      'Task',
      'TA\u017fK',
      'TAS\u212a',
      'i',
      'I',
      'İ',
      'ı',
      'i̇',
      'ß',
      'ẞ',
      'SS',
      'ΑΣ',
      'ας',
      'ασ',
      '',
      5,
      null,
    ],
  },
  {
    operators: ['inCidr', 'inCidr', 'someValue:inCidr'],
    literals: [
      '10.0.0.0/8',
      '10.1.0.0/16',
      '10.1.2.0/23',
      '10.1.2.3/32',
      '10.1.2.3/31',
      '192.0.2.0/25',
      '0.0.0.0/0',
      '128.0.0.0/1',
      '::/0',
      '::/1',
      '::ffff:0:0/96',
      '::ffff:10.1.0.0/112',
      '::fffe:0:0/95',
      '2001:db8::/32',
      '2001:db8::a01:203/128',
      '2001:db8:0:0:8000::/65',
      'fe80::1/128',
      'fe80::/10',
      ['10.1.2.4/30', '2001:db8::/33', '10/8', '10.0.0.0/33', 'a'],
      ['10.0.0.0', '1.2.3.4/', '2001:db8::/129'],
      [],
    ],
    values: [
      '10.1.2.3',
      '10.1.3.255',
      '10.255.0.0',
      '192.0.2.127',
      '192.0.2.128',
      '198.51.100.7',
      '::ffff:10.1.2.3',
      '::FFFF:a01:203',
      '0:0:0:0:0:ffff:c000:27f',
      '::fffe:a01:203',
      '::a01:203',
      '2001:db8::a01:203',
      '2001:DB8:0:0:8000::1',
      '2001:0db8:8000::',
      'fe80::1%eth0',
      'fe80::1%0.5',
      'fe80::1%1:2',
      '::',
      '::1',
      '010.1.2.3',
      '10.1.2',
      '10.1.2.3/32',
      '256.1.2.3',
      '',
      5,
    ],
  },
  {
    operators: [
      'greaterThan',
      'greaterThanInclusive',
      'lessThan',
      'lessThanInclusive',
      'someValue:greaterThan',
    ],
    literals: [-1, 0, 5, 5, 5.5, 7, 10, 1e308, -1e308, '5', null],
    values: [
      5,
      '5',
      5.000_000_001,
      5.5,
      7,
      10,
      [7],
      [[7]],
      [5, 7],
      'Infinity',
      '-Infinity',
      -0,
      -1,
      1e308,
      null,
      true,
      '',
      ' 7 ',
      '0x10',
      '5 apples',
      'NaN',
      [],
      {},
      undefined,
    ],
  },
  {
    operators: ['before', 'after', 'someValue:after', 'someValue:before'],
    literals: [
      '2026-06-15',
      '2026-06-15T00:00:00Z',
      '2026-06-15T02:00:00+02:00',
      '2026-06-15T00:00:00.001Z',
      '2026-06-14T23:59:59.999Z',
      '2026-06-15T00:00:00',
      '1969-01-01',
      'a',
    ],
    values: [
      '2026-06-15',
      '2026-06-15T00:00:00.000Z',
      '2026-06-15T00:00:00.001Z',
      '2026-06-15T00:00:00.002Z',
      '2026-06-14T23:59:59.999Z',
      '2026-06-14T23:59:59.998Z',
      '2026-06-15T00:00:00',
      '1960-01-01T00:00:00Z',
      'Mon, 15 Jun 2026 00:00:00 GMT',
      'a',
      '',
      null,
      1_781_481_600_000,
      ['2026-06-16'],
    ],
  },
  {
    operators: ['olderThanDays', 'newerThanDays', 'someValue:olderThanDays'],
    literals: [0, 1, 1, 0.5, 30, -1, '1', 1e304],
    values: [
      ago(1, 0),
      ago(1, 1),
      ago(1, -1),
      ago(0, 0),
      ago(0, 1),
      ago(0, -1),
      ago(0.5, 0),
      ago(0.5, 1),
      ago(30, -1),
      ago(30, 1),
      ago(-1, 0),
      ago(-1, -1),
      ago(-1, 1),
      'a',
      5,
      null,
    ],
  },
];

/** Rules that one lookup has to tell apart, and that one finding often meets several of. */
export const denseRules: fc.Arbitrary<readonly Condition[]> = fc
  .record({ row: fc.constantFrom(...ROWS), isList: fc.boolean(), fact: fc.nat(9) })
  .chain(({ row, isList, fact }) => {
    const facts = isList ? LISTS : SINGLE;
    const rule = denseRule(row, facts[fact % facts.length] ?? 'Title', isList);
    return fc.array(rule, { minLength: 5, maxLength: 14, size: 'max' });
  });

function denseRule(
  { operators, literals, values }: Row,
  fact: string,
  isList: boolean,
): fc.Arbitrary<Condition> {
  return fc
    .record({
      operator: fc.constantFrom(...operators),
      some: fc.array(fc.constantFrom(...literals), { minLength: 1, maxLength: 3 }),
    })
    .map(({ operator, some }) => {
      const name = isList ? `someFact:${operator}` : operator;
      const value = operator.startsWith('someValue:') ? some : some[0];
      // Whatever is wanted: the values are near all of the literals, and each rule says of each what it says.
      const leaf = intend({ fact, operator: name, value }, (wanted, n) => {
        const one = values[(n * 7 + Number(wanted)) % values.length];
        return [{ fact, value: isList ? [values[n % values.length], one] : one }];
      });
      return { all: [leaf] };
    });
}
