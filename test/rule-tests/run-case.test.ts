import { describe, expect, it } from 'vitest';
import { MATCH, OTHER_ACCOUNT, RULE, runCases, saidOf } from './folder.ts';

const leaf = (name: string, fact: string, value: string) => ({ name, fact, operator: 'equal', value });
const GUARDDUTY = leaf('GuardDuty', 'ProductName', 'GuardDuty');
const ruleOn = (conditions: unknown) => ({ 'area/notify.json': { ...RULE, conditions } });
const notMatching = (because: string, patch: unknown) => ({
  ...OTHER_ACCOUNT,
  with: patch,
  expect: { matches: false, because },
});

describe('a case', () => {
  it('passes where the rule does what it says', async () => {
    const results = await runCases([MATCH, OTHER_ACCOUNT]);

    expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
    expect(results.flatMap(({ mismatches }) => mismatches)).toEqual([]);
  });

  it('fails where the rule matches what it should not, and points at the condition', async () => {
    const [result] = await runCases([{ ...OTHER_ACCOUNT, with: {} }]);

    expect(result?.outcome).toBe('failed');
    expect(result?.mismatches).toEqual([
      { expected: 'no match, because "our account" is false', actual: 'match → NOTIFIED' },
    ]);
    expect(result?.conditions).toEqual([
      {
        name: 'GuardDuty',
        fact: 'ProductName',
        expected: 'equal "GuardDuty"',
        actual: '"GuardDuty"',
        result: true,
      },
      {
        name: 'our account',
        fact: 'AwsAccountId',
        expected: 'equal "111122223333"',
        actual: '"111122223333"',
        result: true,
        wanted: false,
      },
    ]);
  });

  it('fails where the rule does not match, and points at all that keeps it from it', async () => {
    const [result] = await runCases([{ ...MATCH, with: { ProductName: 'Macie', AwsAccountId: null } }]);

    expect(result?.mismatches).toEqual([
      { expected: 'match', actual: 'no match, because "GuardDuty" is false and "our account" is false' },
    ]);
    expect(result?.conditions.map(({ actual, wanted }) => [actual, wanted])).toEqual([
      ['"Macie"', true],
      ['missing', true],
    ]);
  });

  it('does not pass for the wrong reason, nor for one reason too many', async () => {
    const wrong = await saidOf(notMatching('our account', { ProductName: 'Macie' }));
    const many = await saidOf(notMatching('our account', { ProductName: 'Macie', AwsAccountId: '1' }));

    expect(wrong).toEqual([
      'failed',
      'no match, because "our account" is false | no match, because "GuardDuty" is false',
    ]);
    expect(many).toEqual([
      'failed',
      'no match, because "our account" is false | no match, because "GuardDuty" is false and "our account" is false',
    ]);
  });

  it('takes the name of a block for all that is in it', async () => {
    const either = {
      name: 'known',
      any: [leaf('one', 'AwsAccountId', '1'), leaf('two', 'AwsAccountId', '2')],
    };
    const rule = ruleOn({ all: [GUARDDUTY, either] });

    const block = await saidOf(notMatching('known', {}), rule);
    const part = await saidOf(notMatching('one', {}), rule);

    expect(block).toEqual(['passed']);
    expect(part).toEqual([
      'failed',
      'no match, because "one" is false | no match, because "one" is false and "two" is false',
    ]);
  });

  it('says "is true" of a condition under not', async () => {
    const rule = ruleOn({ all: [GUARDDUTY, { not: leaf('lab', 'AwsAccountId', '111122223333') }] });

    const held = await saidOf(notMatching('lab', {}), rule);
    const missed = await saidOf(notMatching('lab', { AwsAccountId: '2' }), rule);

    expect(held).toEqual(['passed']);
    expect(missed).toEqual(['failed', 'no match, because "lab" is true | match → NOTIFIED']);
  });

  it('knows shared conditions by their own name and by those within', async () => {
    const files = {
      ...ruleOn({ all: [{ condition: 'ours' }, GUARDDUTY] }),
      'conditions/ours.json': { condition: { all: [leaf('our account', 'AwsAccountId', '111122223333')] } },
    };

    const own = await saidOf(notMatching('ours', { AwsAccountId: '2' }), files);
    const within = await saidOf(notMatching('our account', { AwsAccountId: '2' }), files);

    expect([own, within]).toEqual([['passed'], ['passed']]);
  });

  it('may name the last day as the reason', async () => {
    const rule = { 'area/notify.json': { ...RULE, expires: '2026-11-19' } };

    const expired = await saidOf(notMatching('expires', {}), rule);
    const valid = await saidOf(notMatching('expires', {}));
    const unaware = await saidOf(MATCH, rule);

    expect(expired).toEqual(['passed']);
    expect(valid).toEqual(['failed', 'no match, because its last day has passed | match → NOTIFIED']);
    expect(unaware).toEqual(['failed', 'match | no match, because its last day has passed']);
  });

  it('is decided at the instant of its test', async () => {
    const rule = { 'area/notify.json': { ...RULE, expires: '2026-11-20' } };

    const said = await saidOf(MATCH, rule);

    expect(said).toEqual(['passed']);
  });
});

describe('a known gap', () => {
  it('is told and does not fail', async () => {
    const [result] = await runCases([{ ...MATCH, with: { ProductName: 'Macie' }, knownGap: 'later' }]);

    expect(result).toMatchObject({ outcome: 'gap', knownGap: 'later' });
    expect(result?.mismatches).toHaveLength(1);
  });

  it('fails once it holds', async () => {
    const said = await saidOf({ ...MATCH, knownGap: 'later' });

    expect(said).toEqual(['failed', 'a known gap: later | the case holds; remove its "knownGap"']);
  });
});

describe('a custom action', () => {
  const pressed = {
    ...RULE,
    conditions: { all: [{ name: 'button', fact: 'event.actionName', operator: 'equal', value: 'Page' }] },
  };
  const files = { 'area/notify.json': pressed, 'triage.config.json': { customActions: ['PageThem'] } };
  const event = { actionId: 'PageThem', actionName: 'Page' };

  it('reaches the rules that read it', async () => {
    const match = await saidOf({ ...MATCH, event }, files);
    const other = await saidOf(
      { ...notMatching('button', {}), event: { ...event, actionName: 'Other' } },
      files,
    );

    expect([match, other]).toEqual([['passed'], ['passed']]);
  });

  it('of somebody else, or none, leaves them unasked', async () => {
    const said = await Promise.all([
      saidOf(MATCH, files),
      saidOf({ ...MATCH, event: { ...event, actionId: 'Their' } }, files),
    ]);

    const unasked = 'match | not asked, because it reads event.* and this is no custom action of ours';
    expect(said).toEqual([
      ['failed', unasked],
      ['failed', unasked],
    ]);
  });
});
