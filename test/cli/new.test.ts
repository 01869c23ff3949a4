import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ruleFromFinding } from '../../lib/cli/new/rule-from-finding.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { runRulesFolder } from '../../lib/rule-tests/run-rules-folder.ts';
import { loadRules } from '../../lib/rules/load.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { readSamples } from '../rules-content/content.ts';
import { finding } from './own-input.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
const { cwd, write } = surroundings;
afterAll(() => surroundings.remove());
beforeEach(() => {
  rmSync(join(cwd, 'rules'), { recursive: true, force: true });
  cpSync(RULES, join(cwd, 'rules'), { recursive: true });
});

const create = (...args: readonly string[]) => triage(surroundings, 'new', ...args, '--now', '2026-11-22');
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const OWNED = ['--owner', '@acme/secops'];
const FROM = ['--from', 'securityhub-rds-3-failed-unencrypted'];
const AGREED = [
  ...['--until', '2027-06-30', '--reason-code', 'planned-fix'],
  ...['--reason', 'Comes with the next release', '--ticket', 'SHOP-218'],
];

describe('a rule made from a finding', () => {
  it.each([...readSamples()])(
    'matches %s, and each near miss fails by its one condition',
    async (sample, found) => {
      const { rule, test } = ruleFromFinding(found, {
        area: 'area',
        name: 'made',
        owner: '@acme/secops',
        priority: 100,
        day: '2026-11-22',
        sample,
        sampleFinding: found,
      });
      const ruleset = {
        rules: [rule],
        conditions: {},
        lists: {},
        accounts: {},
        config: DEFAULT_CONFIG,
        version: '',
      };
      const { cases } = test as {
        cases: readonly { with?: object; expect: { matches: boolean; because?: string } }[];
      };

      for (const { with: patch, expect: expected } of cases) {
        const compliance = {
          ...(found.Compliance as object),
          ...(patch as { Compliance?: object })?.Compliance,
        };
        const changed = {
          ...found,
          ...patch,
          ...(found.Compliance ? { Compliance: compliance } : {}),
        } as Finding;
        const { trace } = await decide(
          changed,
          { detailType: 'x' },
          ruleset,
          Date.parse('2026-11-22'),
          'all',
        );
        const failing = trace[0]?.conditions.filter(({ result }) => !result).map(({ name }) => name);

        expect(trace[0]?.matched).toBe(expected.matches);
        expect(failing).toEqual(expected.because === undefined ? [] : [expected.because]);
      }
      expect(cases.length).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('triage new', () => {
  it('writes a rule and its test from a sample, which load and pass at once', async () => {
    const { code, stdout } = await create(
      'guardduty/notify-recon',
      '--from',
      'guardduty-recon-portscan',
      ...OWNED,
    );

    const file = join(cwd, 'rules/guardduty/notify-recon.test.json');
    const { report } = await runRulesFolder(join(cwd, 'rules'), [file], { coverage: true, mutate: true });

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^wrote rules.guardduty.notify-recon\.json\nwrote rules.guardduty.notify-recon\.test\.json\n/,
    );
    expect(loadRules(join(cwd, 'rules')).diagnostics).toEqual([]);
    expect(report).toMatchObject({ diagnostics: [] });
    expect(JSON.stringify(report)).not.toMatch(/"failed":[1-9]/);
    expect(JSON.parse(read('rules/guardduty/notify-recon.json'))).toMatchObject({
      mode: 'observe',
      owner: '@acme/secops',
    });
  });

  it('keeps a finding of yours as sample, with an invented account', async () => {
    const own = { ...finding('arn:aws:x:eu-west-1:210987654321:y'), AwsAccountId: '210987654321' };
    write('own.json', JSON.stringify(own));

    const { code, stdout } = await create('scans/own-scan', '--from', 'own.json', ...OWNED);
    const file = join(cwd, 'rules/scans/own-scan.test.json');
    const { report } = await runRulesFolder(join(cwd, 'rules'), [file], { coverage: true, mutate: true });

    expect(code).toBe(0);
    expect(stdout).toContain('invented accounts and addresses');
    expect(read('rules/samples/own-scan.json')).not.toContain('210987654321');
    expect(report).toMatchObject({ diagnostics: [] });
  });

  it('makes the first rule of an empty folder', async () => {
    write('first/triage.config.json', '{}');
    write('own.json', JSON.stringify(finding('f/1')));

    const { code } = await create('scans/first-rule', '--from', 'own.json', ...OWNED, '--rules', 'first');

    expect(code).toBe(0);
    expect(loadRules(join(cwd, 'first')).diagnostics).toEqual([]);
  });

  it.each([
    [
      'the rules folder',
      'rules',
      'access-analyzer',
      /\nMade from the sample access-analyzer-bucket-public; --from /,
    ],
    [
      'an empty folder',
      'first',
      'security-hub',
      /\nMade from an example finding that comes with triage; --from /,
    ],
  ])(
    'makes rules of samples in %s where no finding is named, and they pass lint and mutation tests',
    async (_, rules, area, said) => {
      write('first/triage.config.json', '{}');

      const first = await create('my-rule', '--rules', rules);
      const tests = await triage(surroundings, 'test', '--mutate', '--rules', rules);
      const lint = await triage(surroundings, 'lint', '--rules', rules, '--now', '2026-11-22');
      const again = await create('other-rule', '--rules', rules);
      const both = await triage(surroundings, 'lint', '--rules', rules, '--now', '2026-11-22');

      expect(first.stdout).toMatch(said);
      expect(first.stdout).toMatch(/\nIts owner is @\w+\/secops; --owner names another\.\n/);
      expect(JSON.parse(read(`${rules}/${area}/my-rule.json`))).toMatchObject({ mode: 'observe' });
      expect([first, tests, lint, both].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      expect(again.code).toBe(rules === 'rules' ? 0 : 2);
    },
  );

  it('takes a sample of the area that was named', async () => {
    const { code, stdout } = await create('guardduty/my-rule');

    expect(code).toBe(0);
    expect(stdout).toContain('Made from the sample guardduty-');
  });

  it('appends an exception, leaving the rest of the file as it is', async () => {
    write('rules/exceptions/shop.json', '// agreed with security\n{\n  "exceptions": [\n  ]\n}\n');

    const { code, stdout } = await create('--exception', 'shop/key-rotation', ...FROM, ...OWNED, ...AGREED);
    const text = read('rules/exceptions/shop.json');
    const { ruleset, diagnostics } = loadRules(join(cwd, 'rules'));

    expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
    expect(stdout).toContain('The row is the rule exceptions/shop/key-rotation.');
    expect(text).toMatch(/^\/\/ agreed with security\n/);
    expect(ruleset?.rules.find(({ name }) => name === 'exceptions/shop/key-rotation')).toMatchObject({
      expires: '2027-06-30',
      ticket: 'SHOP-218',
      mode: 'observe',
    });
  });

  it('makes the file of a team that has none, and refuses the same exception twice', async () => {
    const first = await create('--exception', 'data/key-rotation', ...FROM, ...OWNED, ...AGREED);
    const before = read('rules/exceptions/data.json');
    const again = await create('--exception', 'shop/again', ...FROM, ...OWNED, ...AGREED);

    expect(first.code).toBe(0);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(
      /^The row exceptions\/data\/key-rotation excepts this finding already, until 2027-06-30\. To prolong it, change/,
    );
    expect(read('rules/exceptions/data.json')).toBe(before);
  });

  it('excepts by title what has no control: the generator of a service stands for all it finds', async () => {
    const { code } = await create(
      ...['--exception', 'lab/probe', '--from', 'guardduty-port-probe-unprotected'],
      ...[...OWNED, ...AGREED],
    );

    expect(code).toBe(0);
    const [row] = JSON.parse(read('rules/exceptions/lab.json')).exceptions;
    expect(row).not.toHaveProperty('generator');
    expect(row.title).toMatch(/\S/);
  });

  it('says that a CRITICAL finding stays visible', async () => {
    const from = ['--from', 'securityhub-rds-2-failed-public-instance'];

    const { code, stdout } = await create('--exception', 'lab/public', ...from, ...OWNED, ...AGREED);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nThe finding is CRITICAL and stays visible, unless you add "allowCritical": true to the row\.\n$/,
    );
  });

  it('makes no exception for an account that is none', async () => {
    write('own.json', JSON.stringify({ ...finding('f/1'), AwsAccountId: '0123456789' }));

    const { code, stderr } = await create('--exception', 'shop/x', '--from', 'own.json', ...OWNED, ...AGREED);

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'The finding has no account id of 12 digits; an exception needs one.\n',
    });
  });

  it.each([
    [
      ['guardduty/suppress-ci-runner-recon', ...FROM, ...OWNED],
      /There is a rule suppress-ci-runner-recon already/,
    ],
    [['../escape', ...FROM, ...OWNED], /is no name\. Write <area>\/<name> or <name> in small letters/],
    [['samples/x', ...FROM, ...OWNED], /samples is no area of rules/],
    [['--exception', 'shop/x', ...AGREED], /An exception needs --from, --owner as well/],
    [['--exception', 'x', ...FROM, ...OWNED, ...AGREED], /x is no name\. Write <team>\/<id>/],
    [['a/b', ...FROM, '--owner', ' '], /--owner is blank/],
    [['a/b', '--from', 'nowhere.json', ...OWNED], /neither a file nor the name of a sample/],
    [['taken/there', ...FROM, ...OWNED], /there\.test\.json exists already; nothing was written/],
    [
      ['--exception', 'shop/x', ...FROM, ...OWNED],
      /An exception needs --until, --reason-code, --reason, --ticket as well/,
    ],
    [
      ['--exception', 'shop/x', ...FROM, ...OWNED, ...AGREED, '--until', '2027-02-30'],
      /--until 2027-02-30 is no day/,
    ],
    [
      ['--exception', 'example-team/key-rotation', ...FROM, ...OWNED, ...AGREED],
      /There is a row "key-rotation" in/,
    ],
  ])('refuses %j with exit code 2', async (args, message) => {
    write('rules/taken/there.test.json', '{}');

    const { code, stdout, stderr } = await create(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
