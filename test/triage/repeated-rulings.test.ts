import { describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import type { Judgement } from '../../lib/triage/judge.ts';
import { digestOf, forgetRulings, ruleOnce } from '../../lib/triage/repeated-rulings.ts';
import { findingWith, IMPORTED, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

type Params = Rule['event']['params'];

const PLAIN: Params = { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'seen' } };

/** Judgements of rules that hold and write these members, in winning order. */
function judged(...params: readonly Params[]): readonly Judgement[] {
  const rules = params.map((members, n) => ruleWriting(members, { name: `rule-${n}` }));
  return compileRuleset(rulesetOf(rules)).rules.map((compiled) => ({
    compiled,
    matched: true,
    expired: false,
    conditions: [],
  }));
}

function digest(members: Record<string, unknown> = {}, judgements = judged(PLAIN)): string | null {
  return digestOf(findingWith(members) as Finding, judgements);
}

describe('what a ruling depends on', () => {
  it('is the same for findings that differ elsewhere', () => {
    expect(digest({ Title: 'another', Resources: [{ Id: 'r' }], Types: ['a'] })).toBe(digest());
    expect(digest()).not.toBeNull();
  });

  it.each([
    [{ Workflow: { Status: 'NOTIFIED' } }],
    // A CRITICAL finding is not suppressed without leave.
    [{ Severity: { Label: 'CRITICAL' } }],
    [{ FindingProviderFields: {} }],
    [{ FindingProviderFields: { Severity: { Label: 'CRITICAL' } } }],
    [{ Compliance: { Status: 'PASSED' } }],
  ])('differs with %j', (members) => {
    expect(digest(members)).not.toBe(digest());
    expect(digest(members)).not.toBeNull();
  });

  it.each([
    [{ VerificationState: 'TRUE_POSITIVE' }, { VerificationState: 'UNKNOWN' }],
    [{ Severity: { Label: 'LOW' } }, { Severity: { Label: 'HIGH' } }],
    [{ Confidence: 7 }, { Confidence: 1 }],
    [{ FindingProviderFields: { Confidence: 7 } }, { Confidence: 1 }],
    [{ Criticality: 7 }, { Criticality: 1 }],
  ] satisfies [Record<string, unknown>, Params][])(
    'differs with %j where a rule writes %j, and not where none does',
    (members, params) => {
      const writing = judged(params);
      const others = judged({ Note: { Text: 'seen' } });
      const bare = 'FindingProviderFields' in members ? { FindingProviderFields: {} } : {};

      expect(digest(members, writing)).not.toBe(digest(bare, writing));
      expect(digest(members, others)).toBe(digest(bare, others));
    },
  );

  it('is put down of a finding with a note, unless a rule writes one', () => {
    const noted = { Note: { Text: 'by somebody' } };

    expect(digest(noted, judged({ Confidence: 1 }))).toBe(digest({}, judged({ Confidence: 1 })));
    expect(digest(noted, judged({ Note: { Text: 'seen' } }))).toBeNull();
  });

  it.each([[{ Compliance: { Status: 'FAILED' } }], [{ Compliance: null }], [{ UserDefinedFields: {} }]])(
    'does not differ with %j',
    (members) => {
      expect(digest(members)).toBe(digest());
    },
  );

  it('differs with the rules that hold, and with what has expired', () => {
    const two = judged(PLAIN, PLAIN);
    const [first, second] = two as readonly [Judgement, Judgement];

    const digests = [
      [],
      [first],
      [second],
      two,
      [{ ...first, expired: true }],
      [{ ...first, expired: true }, second],
    ];

    expect(new Set(digests.map((judgements) => digest({}, judgements))).size).toBe(digests.length);
  });

  it('differs wherever numbers of rules would run together', () => {
    const all = judged(...Array.from({ length: 13 }, () => PLAIN));
    const [one, two, twelve] = [all[1], all[2], all[12]] as [Judgement, Judgement, Judgement];

    const digests = [[twelve], [one, two], [{ ...one, expired: true }, two]].map((some) => digest({}, some));

    expect(new Set(digests).size).toBe(3);
  });

  it.each([
    ['another number', { Confidence: 7 }, { Confidence: 8 }],
    [
      'a number that stands, and one of the provider',
      { Confidence: 7, FindingProviderFields: {} },
      { FindingProviderFields: { Confidence: 7 } },
    ],
    ['one field, and the next', { Confidence: 7 }, { Criticality: 7 }],
    ['a number, and a text that is none', { Confidence: 7 }, { Confidence: '7' }],
  ])('differs with %s', (_, first, second) => {
    const writing = judged({ Confidence: 1, Criticality: 1 });

    expect(digest(first, writing)).not.toBe(digest(second, writing));
  });

  it.each([[{ Note: { Text: 'by somebody' } }], [{ UserDefinedFields: { any: 'value' } }]])(
    'is more than could be put down where the finding has %j',
    (members) => {
      expect(digest(members)).toBeNull();
    },
  );

  it.each([
    [{ Types: ['a'] }],
    [{ Types: ['a'], Confidence: 1 }],
    [{ RelatedFindings: [{ Id: 'i', ProductArn: 'p' }] }],
    [{ Note: { Text: 'of {{Title}}' } }],
    [{ UserDefinedFields: { plain: 'text', title: '{{Title}}' } }],
  ] satisfies [Params][])('is more than could be put down where a rule writes %j', (params) => {
    expect(digest({}, judged(PLAIN, params))).toBeNull();
  });

  it.each([
    [{ Severity: { Label: 'LOW' }, VerificationState: 'UNKNOWN', Confidence: 1, Criticality: 1 }],
    [{ UserDefinedFields: { plain: 'text' } }],
  ] satisfies [Params][])('is put down where a rule writes %j', (params) => {
    expect(digest({}, judged(PLAIN, params))).not.toBeNull();
  });
});

describe('the length of what is put down', () => {
  const withStatusOf = (length: number) => digest({ Workflow: { Status: 'x'.repeat(length) } });

  it('is bounded: a finding with odd texts is ruled on each time', () => {
    const others = (withStatusOf(100) ?? '').length - 100;

    expect(withStatusOf(300 - others)).toHaveLength(300);
    expect(withStatusOf(301 - others)).toBeNull();
    expect(withStatusOf(100_000)).toBeNull();
  });

  it('is enough for whatever Security Hub itself writes, with ten rules that hold', () => {
    const severity = { Severity: { Label: 'INFORMATIONAL' }, Confidence: 100, Criticality: 100 };
    const widest = {
      ...severity,
      FindingProviderFields: severity,
      Workflow: { Status: 'SUPPRESSED' },
      VerificationState: 'BENIGN_POSITIVE',
    };

    expect(digest(widest, judged(...Array.from({ length: 10 }, () => PLAIN)))).not.toBeNull();
  });
});

describe('findings that differ in one thing', () => {
  const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } });
  const score = ruleWriting({ Confidence: 5, Criticality: 5 });
  const lower = ruleWriting({ Severity: { Label: 'LOW' } });
  const titled = (title: string, params: Params): Rule =>
    ruleWriting(params, {
      name: title,
      conditions: { all: [{ fact: 'Title', operator: 'equal', value: title }] },
    });
  const resolved = { Workflow: { Status: 'RESOLVED' } };
  const high = { Severity: { Label: 'HIGH' } };

  it.each([
    ['a control that passed', [suppress], { ...resolved, Compliance: { Status: 'PASSED' } }, resolved],
    [
      'what the provider says',
      [lower],
      { ...high, FindingProviderFields: high },
      { ...high, FindingProviderFields: {} },
    ],
    ['that the provider says nothing', [lower], { ...high, FindingProviderFields: {} }, high],
    ['a status', [suppress], { Workflow: { Status: 'NOTIFIED' } }, {}],
    ['a severity, where a rule suppresses', [suppress], { Severity: { Label: 'CRITICAL' } }, high],
    ['a score', [score], { Confidence: 7 }, {}],
    ['which score', [score], { Confidence: 7 }, { Criticality: 7 }],
    ['a score, and a text that is none', [score], { Confidence: 7 }, { Confidence: '7' }],
    ['a note', [ruleWriting({ Note: { Text: 'seen' } })], { Note: { Text: 'mine' } }, {}],
    ['a user-defined field', [suppress], { UserDefinedFields: { team: 'red' } }, {}],
    ['types', [ruleWriting({ Types: ['a'], Confidence: 5 })], { Types: ['b'] }, {}],
    [
      'a text that a rule puts in',
      [ruleWriting({ Note: { Text: 'of {{Title}}' } })],
      { Title: 'a' },
      { Title: 'b' },
    ],
    [
      'the rule that holds',
      [titled('a', { Confidence: 5 }), titled('b', { Confidence: 6 })],
      { Title: 'a' },
      { Title: 'b' },
    ],
  ] satisfies [string, Rule[], object, object][])(
    'get rulings of their own: %s',
    async (_, rules, first, second) => {
      const findings = [findingWith({ ...first }), findingWith({ ...second })];
      const ruleset = rulesetOf(rules);

      const together: Decision[] = [];
      for (const finding of [...findings, ...findings])
        together.push(await decide(finding, IMPORTED, ruleset, NOW));

      const alone = await Promise.all(
        findings.map((finding) => decide(finding, IMPORTED, rulesetOf(rules), NOW)),
      );
      expect(together).toEqual([...alone, ...alone]);
      expect(alone[0]).not.toEqual(alone[1]);
    },
  );

  it('get rulings of their own: the day, once a rule has expired', async () => {
    const ruleset = rulesetOf([
      { ...suppress, expires: '2026-06-15' },
      { ...score, name: 'score' },
    ]);
    const days = [NOW, NOW + 86_400_000, NOW];

    const updates = [];
    for (const now of days) updates.push((await decide(findingWith(), IMPORTED, ruleset, now)).update);

    expect(updates.map((update) => Object.keys(update ?? {}))).toEqual([
      ['Workflow', 'Confidence', 'Criticality', 'UserDefinedFields'],
      ['Confidence', 'Criticality', 'UserDefinedFields'],
      ['Workflow', 'Confidence', 'Criticality', 'UserDefinedFields'],
    ]);
  });
});

describe('ruling once', () => {
  const compiled = () => compileRuleset(rulesetOf([]));

  it('rules once on what cannot be told apart', () => {
    const [ruleset, rule] = [compiled(), vi.fn(() => ({}))];

    const first = ruleOnce(ruleset, 'digest', rule);

    expect(ruleOnce(ruleset, 'digest', rule)).toBe(first);
    expect(rule).toHaveBeenCalledTimes(1);
    expect(ruleOnce(ruleset, 'another', rule)).not.toBe(first);
    expect(ruleOnce(compiled(), 'digest', rule)).not.toBe(first);
    expect(rule).toHaveBeenCalledTimes(3);
  });

  it('rules anew on what it was made to forget, and on nothing else', () => {
    const [ruleset, other, rule] = [compiled(), compiled(), vi.fn(() => ({}))];
    const [first, elsewhere] = [ruleOnce(ruleset, 'digest', rule), ruleOnce(other, 'digest', rule)];

    forgetRulings(ruleset);

    expect(ruleOnce(ruleset, 'digest', rule)).not.toBe(first);
    expect(ruleOnce(other, 'digest', rule)).toBe(elsewhere);
  });

  it('rules each time on what has no digest', () => {
    const [ruleset, rule] = [compiled(), vi.fn(() => ({}))];

    expect(ruleOnce(ruleset, null, rule)).not.toBe(ruleOnce(ruleset, null, rule));
  });

  it('lets go of all it knows beyond 5,000', () => {
    const [ruleset, rule] = [compiled(), vi.fn(() => ({}))];
    for (let n = 0; n < 5_000; n += 1) ruleOnce(ruleset, `digest ${n}`, rule);

    ruleOnce(ruleset, 'digest 0', rule);
    expect(rule).toHaveBeenCalledTimes(5_000);
    ruleOnce(ruleset, 'one more', rule);
    ruleOnce(ruleset, 'one more', rule);
    expect(rule).toHaveBeenCalledTimes(5_001);
    ruleOnce(ruleset, 'digest 0', rule);
    expect(rule).toHaveBeenCalledTimes(5_002);
  });
});
