import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../lib/rules/diagnostic.ts';
import { GUARDDUTY, leaf, lintFolder, NOT_CRITICAL, rule, suppressing, testOf } from './lint-folder.ts';

type Files = Readonly<Record<string, unknown>>;
interface Broken {
  readonly way: string;
  readonly code: string;
  readonly files: Files;
  /** The text that the diagnostic has to point at. */
  readonly at: string;
  readonly remedy: RegExp;
}

const one = (value: unknown): Files => ({ 'area/example.json': value });
const on = (...conditions: readonly unknown[]): Files => one(rule('example', conditions));
const broken = (way: string, code: string, files: Files, at: string, remedy: RegExp): Broken => ({
  way,
  code,
  files,
  at,
  remedy,
});
const hiding = (conditions: unknown, members = {}) =>
  one(rule('example', conditions, { ...suppressing(), ...members }));

/** One way to be wrong each: slips of the pen, traps of the engine, and what is only dangerous. */
const BROKEN: readonly Broken[] = [
  broken('a comma too many', 'TR001', one('{ "name": "example", }'), '}', /./),
  broken('a member twice', 'TR002', one('{ "name": "a", "name": "b" }'), '"name"', /./),
  broken(
    'a misspelt member',
    'TR003',
    one({ ...rule('example', [GUARDDUTY]), priorty: 1 }),
    '"priorty"',
    /Did you mean "priority"\?/,
  ),
  broken('a priority of 0', 'TR003', one(rule('example', [GUARDDUTY], { priority: 0 })), '0', /least/),
  broken(
    'a rule outside an area',
    'TR005',
    { ...on(GUARDDUTY), 'lost.json': rule('lost', [GUARDDUTY]) },
    '',
    /rules\/<area>\/<name>\.json/,
  ),
  broken(
    'a fact in small letters',
    'TR101',
    on(leaf('severity.label', 'equal', 'LOW')),
    '"severity.label"',
    /Severity\.Label/,
  ),
  broken(
    'a list that is not there',
    'TR101',
    on(leaf('AwsAccountId', 'in', { fact: 'lists.ciAcounts' })),
    '"lists.ciAcounts"',
    /Did you mean "lists\.ciAccounts"\?/,
  ),
  broken(
    'an operator of another language',
    'TR102',
    on(leaf('Title', 'equals', 'x')),
    '"equals"',
    /Did you mean "equal"\?/,
  ),
  broken(
    'in with a text',
    'TR103',
    on(leaf('AwsAccountId', 'in', '111122223333')),
    '"111122223333"',
    /Give an array/,
  ),
  broken(
    'a number in quotes',
    'TR103',
    on(leaf('Confidence', 'greaterThan', '40')),
    '"40"',
    /needs a number/,
  ),
  broken(
    'all beside any',
    'TR104',
    one(rule('example', { all: [GUARDDUTY], any: [GUARDDUTY] })),
    '"a',
    /one of them|inside|Put/i,
  ),
  broken('an empty block', 'TR105', one(rule('example', { all: [] })), '[', /Add a condition/),
  broken(
    'not production, or nothing at all',
    'TR106',
    on(leaf('account.env', 'notEqual', 'prod')),
    '"notEqual"',
    /"exists", "value": true/,
  ),
  broken(
    'two products at once',
    'TR107',
    on(GUARDDUTY, leaf('ProductName', 'equal', 'Macie')),
    '"Macie"',
    /use "any"/,
  ),
  broken(
    'a condition that is always so',
    'TR108',
    on(GUARDDUTY, leaf('Title', 'exists', true)),
    '{',
    /Take it out/,
  ),
  broken(
    'a rule that a higher one decides for',
    'TR109',
    {
      ...on(GUARDDUTY, leaf('Region', 'equal', 'eu-west-1')),
      'area/wide.json': rule('wide', [GUARDDUTY], { priority: 99 }),
    },
    '10',
    /higher priority than 99/,
  ),
  broken(
    'a status that controls never have',
    'TR110',
    on(leaf('Compliance.Status', 'equal', 'FAIL')),
    '"FAIL"',
    /Did you mean "FAILED"\?/,
  ),
  broken('a look-ahead', 'TR111', on(leaf('Title', 'matches', '(?=x)y')), '"(?=x)y"', /RE2/),
  broken('equal on a list', 'TR112', on(leaf('Types', 'equal', 'TTPs/x')), '"equal"', /someFact:equal/),
  broken(
    'a shared condition that is not there',
    'TR113',
    on({ condition: 'prodution' }),
    '"prodution"',
    /rules\/conditions/,
  ),
  broken(
    'braces that stay open',
    'TR115',
    one(rule('example', [GUARDDUTY], { event: { type: 'update', params: { Note: { Text: '{{Id' } } } })),
    '"{{Id"',
    /./,
  ),
  broken(
    "the product's own key",
    'TR116',
    one(
      rule('example', [GUARDDUTY], {
        event: { type: 'update', params: { UserDefinedFields: { triageHold: 'me' } } },
      }),
    ),
    '"triageHold"',
    /./,
  ),
  broken(
    'one name for two rules',
    'TR119',
    { ...on(GUARDDUTY), 'b/example.json': rule('example', [GUARDDUTY]) },
    '"example"',
    /a name of its own/,
  ),
  broken(
    'hiding all of a product',
    'TR201',
    hiding([GUARDDUTY, NOT_CRITICAL]),
    '"SUPPRESSED"',
    /narrow at least 2/,
  ),
  broken(
    'hiding for ever',
    'TR202',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: undefined }),
    '"SUPPRESSED"',
    /Add "expires"/,
  ),
  broken(
    'hiding for years',
    'TR202',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: '2030-01-01' }),
    '"2030-01-01"',
    /2027-11-21 or an earlier day/,
  ),
  broken(
    'an end that has passed',
    'TR203',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: '2026-01-01' }),
    '"2026-01-01"',
    /delete it/,
  ),
  broken(
    'an end that is near',
    'TR204',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: '2026-12-01' }),
    '"2026-12-01"',
    /Agree on a new day/,
  ),
  broken('hiding what is critical', 'TR205', hiding([GUARDDUTY]), '"SUPPRESSED"', /Severity\.Label/),
  broken(
    'two rules of one priority that disagree',
    'TR206',
    {
      ...on(GUARDDUTY),
      'area/other.json': rule('other', [GUARDDUTY], {
        event: { type: 'update', params: { Workflow: { Status: 'RESOLVED' } } },
      }),
    },
    '10',
    /two different priorities/,
  ),
  broken(
    'writing what stands there',
    'TR207',
    on(leaf('Workflow.Status', 'equal', 'NOTIFIED')),
    '"NOTIFIED"',
    /Leave it out/,
  ),
  broken(
    'reading what a rule writes',
    'TR208',
    {
      ...on(leaf('UserDefinedFields.team', 'equal', 'red')),
      'area/team.json': rule('team', [GUARDDUTY], {
        event: { type: 'update', params: { UserDefinedFields: { team: 'red' } } },
      }),
    },
    '"UserDefinedFields.team"',
    /shared condition/,
  ),
  broken(
    'a call for each finding',
    'TR209',
    one(
      rule('example', [GUARDDUTY], { event: { type: 'update', params: { Note: { Text: 'See {{Id}}' } } } }),
    ),
    '"See {{Id}}"',
    /what many share/,
  ),
  broken(
    'no test',
    'TR301',
    { ...on(GUARDDUTY), 'area/example.test.json': testOf('another') },
    '"example"',
    /example\.test\.json/,
  ),
  broken(
    'no near miss',
    'TR302',
    { ...on(GUARDDUTY), 'area/example.test.json': testOf('example', true) },
    '"example"',
    /"matches": false/,
  ),
  broken(
    'an account of somebody',
    'TR304',
    { ...on(GUARDDUTY), 'samples/s.json': { AwsAccountId: '487216390512' } },
    '487216390512',
    /111122223333/,
  ),
  broken(
    'a file of another name',
    'TR401',
    { 'area/else.json': rule('example', [GUARDDUTY]) },
    '"example"',
    /Rename the file/,
  ),
  broken(
    'a name in camels',
    'TR402',
    { 'area/exampleRule.json': rule('exampleRule', [GUARDDUTY]) },
    '"exampleRule"',
    /Call it "example-rule"/,
  ),
  broken(
    'the value before the fact',
    'TR403',
    on({ value: 'x', fact: 'Title', operator: 'equal' }),
    '"value"',
    /The order is fact, operator, value/,
  ),
  broken(
    'an exception that nothing needs',
    'TR404',
    one(rule('example', [GUARDDUTY], { disable: [{ code: 'TR201', reason: 'x', until: '2027-01-01' }] })),
    '"TR201"',
    /Delete it/,
  ),
];

describe('broken rules', () => {
  it.each(BROKEN)(
    '$code: $way is refused with its place and a remedy',
    async ({ code, files, at, remedy }) => {
      const { diagnostics, sources } = await lintFolder({
        'area/example.test.json': testOf('example'),
        ...files,
      });

      const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
      const said = found.map(({ message, help }) => `${message} ${help ?? ''}`).join('\n');
      const places = found.map((diagnostic) => textAt(diagnostic, sources.get(diagnostic.file)?.text ?? ''));

      expect(found.length, JSON.stringify(diagnostics.map(({ code }) => code))).toBeGreaterThan(0);
      expect(places.some((text) => text.startsWith(at))).toBe(true);
      expect(said).toMatch(remedy);
    },
  );

  it('are of more than thirty kinds', () => {
    expect(new Set(BROKEN.map(({ code }) => code)).size).toBeGreaterThan(30);
  });
});

function textAt({ range }: Diagnostic, text: string): string {
  return (text.split('\n')[range.start.line - 1] ?? '').slice(range.start.column - 1);
}
