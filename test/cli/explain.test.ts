import { afterAll, describe, expect, it } from 'vitest';
import { finding, writeOwnRules } from './own-input.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
const { write } = surroundings;
afterAll(() => surroundings.remove());

const explain = (...args: readonly string[]) =>
  triage(surroundings, 'explain', ...args, '--rules', RULES, '--now', '2026-11-22T00:00:00Z');

describe('triage explain', () => {
  it('tells winner, conditions, closest miss and update of a sample', async () => {
    const { code, stdout, stderr } = await explain('guardduty-recon-portscan');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^finding {8}arn:aws:guardduty:\S+ {2}GuardDuty · MEDIUM · NEW$/m);
    expect(stdout).toMatch(
      /^decision {7}SUPPRESSED, .* by suppress-ci-runner-recon \(priority 200, expires in 343 days\)$/m,
    );
    expect(stdout).toMatch(/^ {2}✓ CI account {6}AwsAccountId {4}in \["111122223333"\] +is "111122223333"$/m);
    expect(stdout).toMatch(/^closest miss {3}\S+: \d of \d, failed at "/m);
    const update = JSON.parse(stdout.replace(/^[\s\S]*^update +/m, ''));
    expect(update).toMatchObject({ Workflow: { Status: 'SUPPRESSED' } });
  });

  it('shows one rule with what failed', async () => {
    const { stdout } = await explain('guardduty-recon-nat', '--rule', 'suppress-ci-runner-recon');

    expect(stdout).toMatch(/^rule .*: 3 of 4, failed at "CI account" \(AwsAccountId is "333344445555"\)$/m);
    expect(stdout).toMatch(/^ {2}✗ CI account .* is "333344445555"$/m);
    expect(stdout).not.toContain('closest miss');
  });

  it('says what is held and why, and what observed rules would do', async () => {
    const held = await explain('guardduty-recon-notified-by-person');
    const observed = await explain('securityhub-kms-4-failed-rotation');

    expect(held.stdout).toMatch(/^held {11}Workflow: someone else set it \(person\)$/m);
    expect(observed.stdout).toMatch(/^decision {7}nothing is sent: only rules that observe want more/m);
    expect(observed.stdout).toMatch(
      /^observed {7}if enforced: SUPPRESSED, note by exceptions\/example-team\/key-rotation$/m,
    );
    expect(observed.stdout).toMatch(/^update {9}none$/m);
  });

  it('names what it wrote and may not take back any more', async () => {
    const triageSet = '{"v":1,"Confidence":5,"was":{"Confidence":9}}';
    const marked = { ...finding('finding/1'), Confidence: 5, UserDefinedFields: { triageSet } };
    writeOwnRules(surroundings);
    write('marked.json', JSON.stringify(marked));

    const { stdout } = await triage(surroundings, 'explain', 'marked.json', '--rules', 'own/rules');

    expect(stdout).toMatch(
      /^kept {11}Confidence: no rule decides it, and the function may not take it back$/m,
    );
  });

  it('has a JSON form with every rule', async () => {
    const { stdout } = await explain('guardduty-recon-portscan', '-f', 'json');

    const told = JSON.parse(stdout);

    expect(told).toMatchObject({ version: 1, now: '2026-11-22T00:00:00.000Z', decision: { kind: 'update' } });
    expect(told.rules.length).toBeGreaterThan(18);
  });

  it('lets nothing of a finding act on the terminal', async () => {
    const hostile = '\u001b[2J\u202e<b>';
    const own = { ...finding('finding/1'), ProductName: hostile, Id: `x${hostile}`, Region: hostile };
    writeOwnRules(surroundings);
    write('hostile.json', JSON.stringify(own));

    const pretty = await explain('hostile.json');
    const json = await explain('hostile.json', '-f', 'json');

    for (const { code, stdout } of [pretty, json]) {
      expect(code).toBe(0);
      for (const character of ['\u001b', '\u202e']) expect(stdout).not.toContain(character);
    }
    expect(JSON.parse(json.stdout).finding.Id).toBe(`x${hostile}`);
  });

  it('reads the event around a finding', async () => {
    write(
      'event.json',
      JSON.stringify({
        'detail-type': 'Security Hub Findings - Imported',
        detail: { findings: [finding('finding/1')] },
      }),
    );

    const { code, stdout } = await explain('event.json');

    expect(code).toBe(0);
    expect(stdout).toContain('finding/1');
  });

  it.each([
    [
      ['guardduty-recon-portscn'],
      /is neither a file nor the name of a sample\. Did you mean guardduty-recon-portscan\?/,
    ],
    [
      ['guardduty-recon-portscan', '--rule', 'supress-ci-runner-recon'],
      /There is no rule .* Did you mean suppress-ci-runner-recon\?/,
    ],
    [['two.json'], /two\.json holds 2 findings; one is needed/],
    [['none.json'], /none\.json holds no finding/],
    [['nameless.json'], /has no Id or no ProductArn/],
    [['guardduty-recon-portscan', '--now', 'tomorrow'], /Not a day \(2026-12-24\) or instant/],
  ])('refuses %j with exit code 2', async (args, message) => {
    write('two.json', JSON.stringify([finding('a'), finding('b')]));
    write('none.json', '[]');
    write('nameless.json', '{"Title":"x"}');

    const { code, stdout, stderr } = await triage(surroundings, 'explain', '--rules', RULES, ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('says in JSON, where that was asked for, that there was nothing to explain', async () => {
    write('none.json', '[]');
    write('bad/area/bad.json', '{');

    const runs = await Promise.all(
      [['nowhere'], ['none.json'], ['guardduty-recon-portscan', '--rule', 'nosuch']].map((args) =>
        triage(surroundings, 'explain', '--rules', RULES, '-f', 'json', ...args),
      ),
    );
    const sample = `${RULES}/samples/guardduty-recon-portscan.json`;
    const bad = await triage(surroundings, 'explain', sample, '--rules', 'bad', '-f', 'json');

    expect([...runs, bad].map(({ code }) => code)).toEqual([2, 2, 2, 1]);
    for (const { stdout } of [...runs, bad])
      expect(JSON.parse(stdout)).toEqual({ version: 1, ok: false, error: expect.stringMatching(/\S/) });
  });

  it('stops at rules that do not load, with exit code 1', async () => {
    write('bad/area/bad.json', '{');

    const { code, stderr } = await triage(
      surroundings,
      ...['explain', `${RULES}/samples/guardduty-recon-portscan.json`, '--rules', 'bad'],
    );

    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.json:1:\d+: error TR001/);
  });
});
