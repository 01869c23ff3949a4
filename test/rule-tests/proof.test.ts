import { describe, expect, it } from 'vitest';
import { type Files, MATCH, OTHER_ACCOUNT, OTHER_PRODUCT, RULE, runFolder, testOf } from './folder.ts';

const TYPE = { fact: 'Type', operator: 'equal', value: 'AwsEc2Instance' };
const ID = { name: 'host', fact: 'Id', operator: 'equal', value: 'i-1' };
const ruleOn = (conditions: unknown, members: Files = {}) => ({
  'area/notify.json': { ...RULE, conditions, ...members },
});
const near = (patch: unknown) => ({
  name: JSON.stringify(patch),
  finding: 'scan',
  with: patch,
  expect: { matches: false },
});
const match = (patch: unknown) => ({
  name: JSON.stringify(patch),
  finding: 'scan',
  with: patch,
  expect: { matches: true },
});

/** The counts, and what is said of each weak condition. */
async function prove(demands: 'coverage' | 'mutate', cases: readonly unknown[], files: Files = {}) {
  const { report } = await runFolder({ 'area/notify.test.json': testOf(cases), ...files }, demands);
  const [result] = report.rules;
  return {
    proof: demands === 'coverage' ? result?.covered : result?.proven,
    said: report.diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`),
    places: report.diagnostics.map(({ file, range }) => [file.split('/').at(-1), range.start.line]),
  };
}

describe('coverage', () => {
  it('is whole where each condition is seen true and false', async () => {
    const { proof, said } = await prove('coverage', [MATCH, OTHER_ACCOUNT, OTHER_PRODUCT]);

    expect({ proof, said }).toEqual({ proof: { proven: 2, of: 2 }, said: [] });
  });

  it('names the condition that is never false, at its place in the rule', async () => {
    const { proof, said, places } = await prove('coverage', [MATCH, OTHER_ACCOUNT]);

    expect(proof).toEqual({ proven: 1, of: 2 });
    expect(said).toEqual(['TR303 error "GuardDuty" is false in no case.']);
    expect(places).toEqual([['notify.json', 8]]);
  });

  it('is not helped by a known gap, and only warns of a rule that observes', async () => {
    const gap = { ...OTHER_PRODUCT, expect: { matches: true }, knownGap: 'later' };

    const { said } = await prove('coverage', [MATCH, OTHER_ACCOUNT, gap], {
      'area/notify.json': { ...RULE, mode: 'observe' },
    });

    expect(said).toEqual(['TR303 warning "GuardDuty" is false in no case.']);
  });
});

describe('mutation', () => {
  it('proves conditions that decide a case each', async () => {
    const { proof, said } = await prove('mutate', [MATCH, OTHER_ACCOUNT, OTHER_PRODUCT]);

    expect({ proof, said }).toEqual({ proof: { proven: 2, of: 2 }, said: [] });
  });

  it('sees what coverage does not: two conditions that only fail together', async () => {
    const both = near({ AwsAccountId: '1', ProductName: 'Macie' });

    const covered = await prove('coverage', [MATCH, both]);
    const proven = await prove('mutate', [MATCH, both]);

    expect(covered.proof).toEqual({ proven: 2, of: 2 });
    expect(proven.said).toEqual([
      'TR303 error No case notices when "GuardDuty" is left out.',
      'TR303 error No case notices when "our account" is left out.',
    ]);
  });

  it('needs a match: without one every near miss could be for any reason', async () => {
    const { proof } = await prove('mutate', [near({ AwsAccountId: '1', ProductName: 'Macie' })]);

    expect(proof).toEqual({ proven: 0, of: 2 });
  });

  it('asks each way into an any', async () => {
    const rule = ruleOn({ any: RULE.conditions.all });
    const [onlyProduct, onlyAccount] = [match({ AwsAccountId: '1' }), match({ ProductName: 'Macie' })];
    const neither = near({ AwsAccountId: '1', ProductName: 'Macie' });

    const half = await prove('mutate', [onlyProduct, neither], rule);
    const whole = await prove('mutate', [onlyProduct, onlyAccount, neither], rule);

    expect(half.said).toEqual(['TR303 error No case notices when "our account" is left out.']);
    expect(whole.said).toEqual([]);
  });

  it('leaves a block out with its only condition', async () => {
    const [product, account] = RULE.conditions.all;
    const rule = ruleOn({ all: [product, { any: [{ not: account }] }] });

    const without = await prove(
      'mutate',
      [match({ AwsAccountId: '1' }), near({ AwsAccountId: '1', ProductName: 'x' })],
      rule,
    );
    const withNearMiss = await prove(
      'mutate',
      [match({ AwsAccountId: '1' }), near({}), near({ AwsAccountId: '1', ProductName: 'x' })],
      rule,
    );

    expect(without.said).toEqual(['TR303 error No case notices when "our account" is left out.']);
    expect(withNearMiss.said).toEqual([]);
  });

  it('looks into blocks on elements, which coverage counts as one', async () => {
    const elements = {
      name: 'that host',
      fact: 'Resources',
      operator: 'anyElement',
      value: { all: [TYPE, ID] },
    };
    const rule = ruleOn({ all: [elements] });
    const cases = [MATCH, near({ Resources: [{ Type: 'AwsEc2Instance', Id: 'i-2' }] })];
    const other = near({ Resources: [{ Type: 'AwsS3Bucket', Id: 'i-1' }] });

    const covered = await prove('coverage', cases, rule);
    const half = await prove('mutate', cases, rule);
    const whole = await prove('mutate', [...cases, other], rule);

    expect(covered.proof).toEqual({ proven: 1, of: 1 });
    expect(half.said).toEqual(['TR303 error No case notices when "Type equal" is left out.']);
    expect(half.places).toEqual([['notify.json', 14]]);
    expect(whole.proof).toEqual({ proven: 3, of: 3 });
  });

  it('points to the reference for a condition that rules share', async () => {
    const [product, account] = RULE.conditions.all;
    const files = {
      ...ruleOn({ all: [product, { condition: 'ours' }] }),
      'conditions/ours.json': { condition: { all: [account] } },
    };

    const { said, places } = await prove('mutate', [MATCH, OTHER_PRODUCT], files);

    expect(said).toEqual(['TR303 error No case notices when "our account" is left out.']);
    expect(places).toEqual([['notify.json', 14]]);
  });
});
