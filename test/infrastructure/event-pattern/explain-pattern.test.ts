import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../lib/event-bridge/compile-pattern.ts';
import type { Finding } from '../../../lib/findings/finding.ts';
import { deriveEventPattern } from '../../../lib/infrastructure/event-pattern/derive-pattern.ts';
import { explainPattern } from '../../../lib/infrastructure/event-pattern/explain-pattern.ts';
import { patternMarkdown } from '../../../lib/infrastructure/event-pattern/pattern-markdown.ts';
import { WHY_WIDENED } from '../../../lib/infrastructure/event-pattern/why-widened.ts';
import { loadRules } from '../../../lib/rules/load.ts';
import type { Condition, Rule } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { rulesetOf } from '../../reference/fixtures.ts';
import { IMPORTED } from '../../triage/generators.ts';
import { writeRules } from '../fixture-rules.ts';
import { synthesizeTo } from '../synthesized.ts';
import { temporaryDir } from '../temporary-dir.ts';

const RULES = fileURLToPath(new URL('../../../rules', import.meta.url));
const NOW = Date.parse('2026-11-20T12:00:00Z');

function rule(name: string, ...all: readonly Condition[]): Rule {
  return {
    ...{ name, owner: '@acme/secops', mode: 'enforce', priority: 10, conditions: { all } },
    event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
  };
}

const is = (fact: string, operator: string, value: unknown): Condition =>
  ({ fact, operator, value }) as Condition;
const S3 = is('Compliance.SecurityControlId', 'equal', 'S3.8');

function explained(rules: readonly Rule[], members: Partial<Ruleset> = {}, mostBytes?: number) {
  const ruleset = rulesetOf(rules, members);
  return explainPattern(ruleset, deriveEventPattern(ruleset, mostBytes));
}

/** Why each condition of a rule is not asked for, by condition. */
function widenedOf(conditions: readonly Condition[], members: Partial<Ruleset> = {}, mostBytes?: number) {
  const [one] = explained([rule('one', S3, ...conditions)], members, mostBytes).rules;
  return Object.fromEntries((one?.widened ?? []).map(({ condition, why }) => [condition, why]));
}

describe('the explanation of the event pattern', () => {
  it('names for each rule the branches by which its findings pass, and for each branch its rules', async () => {
    const { ruleset } = loadRules(RULES);
    if (ruleset === null) throw new Error('The rules that come with the app do not load.');
    const told = explainPattern(ruleset, deriveEventPattern(ruleset));
    const passes = new Map(
      told.branches.map(({ number, finding }) => {
        const compiled = compilePattern({ findings: finding });
        return [number, (event: object) => compiled.ok && compiled.matches(event)] as const;
      }),
    );
    let asked = 0;

    for (const sample of samples()) {
      const { trace } = await decide(sample, IMPORTED, ruleset, NOW);
      for (const { rule: name } of trace.filter(({ matched, expired }) => matched || expired)) {
        const one = told.rules.find((each) => each.rule === name);
        if (one?.passes !== 'branches') continue;
        asked += 1;
        const taking = one.branches.filter((number) => passes.get(number)?.({ findings: [sample] }));
        expect(taking, `${name} on ${sample.Id}`).not.toEqual([]);
      }
    }

    expect(asked).toBeGreaterThan(30);
    for (const { number, rules } of told.branches)
      expect(
        told.rules
          .filter(({ branches }) => branches.includes(number))
          .map((one) => one.rule)
          .sort(),
      ).toEqual([...rules].sort());
  });

  it('tells rules apart that share no branch', () => {
    const { branches, rules, lets } = explained([rule('a', S3), rule('b', is('Title', 'equal', 'x'))]);

    expect(lets).toBe('some');
    expect(branches).toEqual([
      { number: 1, finding: { Compliance: { SecurityControlId: ['S3.8'] } }, rules: ['a'] },
      { number: 2, finding: { Title: ['x'] }, rules: ['b'] },
    ]);
    expect(rules.map((one) => [one.rule, one.branches, one.widened])).toEqual([
      ['a', [1], []],
      ['b', [2], []],
    ]);
  });

  it.each<
    [string, readonly Condition[], Partial<Ruleset>, Readonly<Record<string, keyof typeof WHY_WIDENED>>]
  >([
    ['a time', [is('CreatedAt', 'olderThanDays', 5)], {}, { 'CreatedAt olderThanDays': 'time' }],
    ['an age', [is('ageDays', 'greaterThan', 5)], {}, { 'ageDays greaterThan': 'time' }],
    ['another fact', [is('Title', 'equal', { fact: 'Id' })], {}, { 'Title equal': 'fact' }],
    [
      'what is known of accounts, unless it is',
      [is('account.env', 'notEqual', 'prod')],
      { accounts: { '111122223333': { env: 'prod' } } },
      { 'account.env notEqual': 'account' },
    ],
    ['a negation', [{ not: is('Title', 'equal', 'x') }], {}, { 'not Title equal': 'negation' }],
    ['a negating operator', [is('Title', 'notEqual', 'x')], {}, { 'Title notEqual': 'negation' }],
    ['a part of a text', [is('Title', 'includes', 'x')], {}, { 'Title includes': 'part' }],
    ['an expression without ends', [is('Title', 'matches', '.*x.*')], {}, { 'Title matches': 'part' }],
    [
      'a comparison of numbers',
      [is('Criticality', 'between', 5)],
      {},
      { 'Criticality between': 'uncertain' },
    ],
    [
      'a range of addresses',
      [is('Network.SourceIpV4', 'inCidr', '10.0.0.0/8')],
      {},
      { 'Network.SourceIpV4 inCidr': 'uncertain' },
    ],
    [
      'the default that rules read where it is absent',
      [is('VerificationState', 'equal', 'UNKNOWN')],
      {},
      { 'VerificationState equal': 'view' },
    ],
    [
      'a name of EventBridge’s own',
      [is('ProductFields.prefix', 'equal', 'x')],
      {},
      { 'ProductFields.prefix equal': 'name' },
    ],
    [
      'a number that it might compare as a text',
      [is('Sample', 'equal', 7e9)],
      {},
      { 'Sample equal': 'literal' },
    ],
    [
      'a second field of a list',
      [
        is('Resources[*].Type', 'someFact:equal', 'AwsS3Bucket'),
        is('Resources[*].Region', 'someFact:equal', 'eu-west-1'),
      ],
      {},
      { 'Resources[*].Type someFact:equal': 'element' },
    ],
    [
      'nothing where every value holds',
      [is('Workflow.Status', 'in', ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'])],
      {},
      {},
    ],
    [
      'nothing where it is asked',
      [is('Title', 'startsWith', 'x'), is('Severity.Label', 'notEqual', 'LOW')],
      {},
      {},
    ],
  ])('says of what EventBridge is not asked why: %s', (_what, conditions, members, expected) => {
    const reasons = Object.entries(expected).map(([condition, why]) => [condition, WHY_WIDENED[why]]);

    expect(widenedOf(conditions, members)).toEqual(Object.fromEntries(reasons));
  });

  it('says what was left out for space, and leaves nothing out while there is room', () => {
    const common = is('Resources[*].Id', 'someFact:startsWith', 'arn:aws:');

    const { bytes } = explained([rule('one', S3, common)]);

    expect(widenedOf([common])).toEqual({});
    expect(widenedOf([common], {}, bytes - 1)).toEqual({
      'Resources[*].Id someFact:startsWith': WHY_WIDENED.space,
    });
  });

  it('tells of a rule that only a button reaches, of one that nothing meets, and of a pattern that lets all through', () => {
    const press = rule('press', is('event.actionName', 'equal', 'Accept'));
    const never = rule('never', is('Severity.Label', 'equal', 'Important'));
    const vague = rule('vague', is('Title', 'includes', 'x'));

    expect(explained([press, never]).rules.map(({ passes }) => passes)).toEqual(['action', 'never']);
    expect(explained([vague])).toMatchObject({
      lets: 'all',
      branches: [],
      rules: [{ passes: 'all', branches: [] }],
    });
  });
});

describe('the files beside the template', () => {
  it('say which rule asks for what, for machines and for people, of the very pattern that is deployed', () => {
    const outDir = temporaryDir();
    const rulesDir = writeRules();
    synthesizeTo(outDir, { rulesDir });
    const { ruleset } = loadRules(rulesDir);
    if (ruleset === null) throw new Error('The rules do not load.');
    const [json = '', markdown = ''] = ['json', 'md'].map((ext) => {
      const [name = ''] = readdirSync(outDir).filter((file) => file.endsWith(`.event-pattern.${ext}`));
      return readFileSync(join(outDir, name), 'utf8');
    });
    const template = readFileSync(join(outDir, 'SecurityHubTriage.template.json'), 'utf8');

    const told = JSON.parse(json) as ReturnType<typeof explainPattern>;

    expect(told).toEqual(explainPattern(ruleset, deriveEventPattern(ruleset)));
    expect(markdown).toBe(patternMarkdown(told));
    expect(JSON.stringify(JSON.parse(template))).toContain(JSON.stringify(told.pattern));
    expect(told.branches).toEqual([
      {
        number: 1,
        finding: { Compliance: { SecurityControlId: ['S3.8'] } },
        rules: ['notify-public-bucket'],
      },
    ]);
    expect(markdown).toContain(
      '| 1 | `{"Compliance":{"SecurityControlId":["S3.8"]}}` | `notify-public-bucket` |',
    );
    expect(markdown).toContain('| `notify-public-bucket` | enforce | branch 1 |  |');
  });
});

function samples(): readonly Finding[] {
  return readdirSync(`${RULES}/samples`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(`${RULES}/samples/${name}`, 'utf8')) as Finding);
}
