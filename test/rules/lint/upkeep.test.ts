import { describe, expect, it } from 'vitest';
import {
  GUARDDUTY,
  leaf,
  lintFolder,
  lintFor,
  NOT_CRITICAL,
  NOW,
  rule,
  said,
  suppressing,
  testOf,
} from './lint-folder.ts';

const narrow = [GUARDDUTY, NOT_CRITICAL, leaf('Types', 'someFact:startsWith', 'TTPs/')];
const until = (day: string, members = {}) => rule('example', narrow, { ...suppressing(day), ...members });

describe('dates', () => {
  it.each([
    ['TR203', '2026-11-21', 'error: This rule ended on 2026-11-21. It matches nothing any more'],
    ['TR204', '2026-11-22', 'warning: This rule ends on 2026-11-22, in 1 day.'],
    ['TR204', '2026-12-21', 'warning: This rule ends on 2026-12-21, in 30 days.'],
    [
      'TR202',
      '2027-11-23',
      'error: 2027-11-23 is 367 days ahead; a suppression holds at most 365. Take 2027-11-21',
    ],
  ])('%s speaks of %s', async (code, day, expected) => {
    const found = await lintFor(code, [until(day)]);

    expect(found).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['TR203', '2026-11-22'],
    ['TR204', '2026-12-23'],
    ['TR202', '2027-11-21'],
  ])('%s is silent about %s', async (code, day) => {
    expect(await lintFor(code, [until(day)])).toEqual([]);
  });

  it('look at reviews and entries of lists as at rules', async () => {
    const review = rule('example', narrow, {
      ...suppressing('never'),
      reasonCode: 'false-positive',
      reviewBy: '2026-11-01',
    });
    const list = {
      'context/old.json': {
        entries: ['a', { value: 'b', until: '2026-11-01' }, { value: 'c', until: '2026-12-01' }],
      },
    };

    const ended = await lintFor('TR203', [review], list);
    const ending = await lintFor('TR204', [review], list);

    expect(ended.join('\n')).toMatch(
      /The review of this rule was due on 2026-11-01[\s\S]*This entry ended on 2026-11-01/,
    );
    expect(ending).toEqual([expect.stringContaining('This entry ends on 2026-12-01')]);
  });

  it('leave a rule that hides nothing to last as long as it likes', async () => {
    expect(await lintFor('TR202', [rule('example', [GUARDDUTY], { expires: '2040-01-01' })])).toEqual([]);
  });
});

describe('tests of rules', () => {
  it.each([
    ['enforce', 'error'],
    ['observe', 'warning'],
  ])('TR301: a rule of mode %s without one is an %s', async (mode, severity) => {
    const found = await lintFor('TR301', [rule('example', [GUARDDUTY], { mode })], {
      'area/example.test.json': testOf('other'),
    });

    expect(found).toEqual([
      expect.stringMatching(`${severity}: This rule has no test. Put example.test.json`),
    ]);
  });

  it.each([
    [[true], 'no near miss'],
    [[false], 'no finding that it matches'],
  ])('TR302: cases that expect %j show %s', async (matches, lacking) => {
    const files = { 'area/example.test.json': testOf('example', ...matches) };

    const found = await lintFor('TR302', [rule('example', [GUARDDUTY])], files);

    expect(found).toEqual([expect.stringContaining(`The test of this rule shows ${lacking}.`)]);
  });

  it('TR302: a known gap shows nothing', async () => {
    const cases = [
      ...testOf('example').cases.slice(0, 1),
      { name: 'g', expect: { matches: false }, knownGap: 'x' },
    ];

    const found = await lintFor('TR302', [rule('example', [GUARDDUTY])], {
      'area/example.test.json': { rule: 'example', cases },
    });

    expect(found).toHaveLength(1);
  });

  it('count wherever in the folder they stand', async () => {
    const files = {
      'area/example.json': rule('example', [GUARDDUTY]),
      'other/x.test.json': testOf('example'),
    };

    const { diagnostics } = await lintFolder(files);

    expect(diagnostics).toEqual([]);
  });
});

describe('TR304 real-identifiers', () => {
  it.each([
    ['an account id', { AwsAccountId: '487216390512' }],
    ['an account id in an ARN', { Id: 'arn:aws:iam::487216390512:role/x' }],
    ['an address', { Ip: 'from 8.8.8.8 to 192.0.2.1' }],
    ['an IPv6 address', { Ip: '2600:1f18::1' }],
    ['a mailbox', { Mail: 'jane@corp.io' }],
    ['a key', { Key: 'AKIAQ3EGRZ7XW2LMN4VP' }],
    ['the name of a member', { '487216390512': 'x' }],
  ])('warns of %s', async (_, sample) => {
    const found = await lintFor('TR304', [rule('example', [GUARDDUTY])], { 'samples/s.json': sample });

    expect(found).toEqual([expect.stringMatching(/^\d+:\d+ warning: ".*" looks like an? .* of somebody\./)]);
  });

  it('accepts what documentation uses', async () => {
    const sample = {
      a: 'arn:aws:iam::111122223333:role/x 123456789012',
      b: '192.0.2.1 10.1.2.3 2001:db8::1 1.2.3 12:30:45',
      c: 'jane@example.com AKIAIOSFODNN7EXAMPLE',
      d: '2026-11-20T12:00:00Z i-0123456789abcdef0 5f6a1b2c-1234-5678-9abc-111122223344',
    };

    expect(await lintFor('TR304', [rule('example', [GUARDDUTY])], { 'samples/s.json': sample })).toEqual([]);
  });
});

describe('names and order', () => {
  it('TR401: a rule has the name of its file', async () => {
    const files = {
      'area/other.json': rule('example', [GUARDDUTY]),
      'area/other.test.json': testOf('example'),
    };

    const { diagnostics } = await lintFolder(files);

    expect(diagnostics.map(said)).toEqual([
      '2:11 error: The rule is called "example" and its file other.json. Rename the file: marks, logs and tests know the rule by its name.',
    ]);
  });

  it.each([
    ['Suppress_CI', 'suppress-ci'],
    ['suppressCi', 'suppress-ci'],
  ])('TR402: %s is better called %s', async (name, better) => {
    expect(await lintFor('TR402', [rule(name, [GUARDDUTY])])).toEqual([
      expect.stringContaining(`Call it "${better}"`),
    ]);
  });

  it('TR402: shared conditions are named likewise', async () => {
    const shared = { 'conditions/MyShare.json': { condition: { all: [GUARDDUTY] } } };

    expect(await lintFor('TR402', [rule('example', [GUARDDUTY])], shared)).toEqual([
      expect.stringContaining('Call it "my-share"'),
    ]);
  });

  it('TR403: members of rules and comparisons stand in one order', async () => {
    const { name, ...rest } = rule('example', [{ operator: 'equal', fact: 'Title', value: 'x' }]);

    const found = await lintFor('TR403', [{ ...rest, name }]);

    expect(found).toEqual([
      '2:3 warning: "owner" stands out of order. The order is name, owner, priority, conditions, event.',
      '7:9 warning: "operator" stands out of order. The order is fact, operator, value.',
    ]);
  });
});

describe('levels', () => {
  const soon = until('2026-12-01');
  const config = (levels: unknown) => ({ 'triage.config.json': { lint: { levels } } });

  it.each([
    ['error', ['error']],
    ['warning', ['warning']],
    ['off', []],
  ])('are configured: %s', async (level, expected) => {
    const found = await lintFor('TR204', [soon], config({ TR204: level }));

    expect(found.map((text) => text.split(' ')[1]?.replace(':', ''))).toEqual(expected);
  });

  it.each(['TR105', 'TR205', 'TR203', 'TR404', 'TR101', 'TR999'])('cannot be set for %s', async (code) => {
    const { diagnostics } = await lintFolder({
      'area/example.json': soon,
      'area/example.test.json': testOf('example'),
      ...config({ [code]: 'off' }),
    });

    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'TR003',
    ]);
  });
});

describe('exceptions from lint', () => {
  const wide = (disable: unknown) =>
    rule('example', [GUARDDUTY, NOT_CRITICAL], { ...suppressing(), disable });
  const lint = async (disable: unknown, now = NOW) => {
    const { diagnostics } = await lintFolder(
      { 'area/example.json': wide(disable), 'area/example.test.json': testOf('example') },
      now,
    );
    return diagnostics.filter(({ code }) => code !== 'TR403' && code !== 'TR204').map(({ code }) => code);
  };
  const item = { code: 'TR201', reason: 'SEC-9', until: '2026-12-15' };

  it('take one check out of one rule until a day', async () => {
    expect(await lint([item])).toEqual([]);
    expect(await lint([item], Date.parse('2026-12-16T00:00:00Z'))).toEqual(['TR203', 'TR201'].sort());
  });

  it('that nothing needs are errors', async () => {
    expect(await lint([item, { ...item, code: 'TR209' }])).toEqual(['TR404']);
  });

  it.each(['TR203', 'TR105', 'TR205'])('cannot name %s', async (code) => {
    expect(await lint([{ ...item, code }])).toContain('TR003');
  });

  it.each(['code', 'reason', 'until'])('need their %s', async (member) => {
    const { [member as 'code']: _, ...rest } = item;

    expect(await lint([rest])).toContain('TR003');
  });

  it('change neither the ruleset nor its version', async () => {
    const { loadFolder } = await import('../rules-folder.ts');
    const { disable: _, ...plain } = wide([item]);

    const [without, having] = [plain, wide([item])].map(
      (value) => loadFolder({ 'area/example.json': value }).ruleset,
    );

    expect(having?.version).toBe(without?.version);
    expect(having?.rules[0]).not.toHaveProperty('disable');
  });
});
