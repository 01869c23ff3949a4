import { afterAll, describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/rules/operators.ts';
import { CONTEXT, codesOf, loadRule, ruleOn } from '../rules/rules-folder.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());

const facts = (...args: readonly string[]) => triage(surroundings, 'facts', ...args, '--rules', RULES);

async function exampleOf(name: string): Promise<unknown> {
  const { stdout } = await facts(name, '-f', 'json');
  return JSON.parse(stdout).example;
}

describe('triage facts', () => {
  it('lists the facts of a finding, our own and the operators', async () => {
    const { code, stdout } = await facts();

    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}AwsAccountId +text$/m);
    expect(stdout).toMatch(/^ {2}Resources +list: members$/m);
    expect(stdout).toMatch(/^ {2}account\.env +text$/m);
    expect(stdout).toMatch(/^ {2}lists\.ciAccounts +list: text$/m);
    for (const [name, { says }] of Object.entries(OPERATORS)) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${says.replace(/[*?.()|]/g, '\\$&')}$`, 'm'));
    }
    // What the view leaves out is no fact.
    expect(stdout).not.toMatch(/WorkflowState|ProcessedAt/);
  });

  it.each([
    [
      'Severity.Label',
      /^Severity\.Label {2}one of CRITICAL, HIGH, INFORMATIONAL, LOW, MEDIUM\nabout {4}The severity value of the finding\./,
    ],
    [
      'Severity.Label',
      /^missing {2}on some findings: a negated operator is true there\nexample {2}\{"fact":/m,
    ],
    ['Resources[*].Id', /^Resources\[\*\]\.Id {2}list: text\nabout {4}.+\nexample/],
    ['Resources[*].Tags.env', /^Resources\[\*\]\.Tags\.env {2}list: text\nmissing {2}on some/],
    ['Vulnerabilities[0].EpssScore', /^about {4}\S.*\nmissing/m],
    ['account.env', /^about {4}What rules.context.accounts\.json says/m],
    ['Resources', /^ {2}Resources\[\*\]\.Type +list: text$/m],
    ['Severity', /^ {2}Severity\.Label +one of/m],
    [
      'lists.ciAccounts',
      /^about {4}The values of rules.context.ciAccounts\.json that .*\nvalues {3}111122223333$/m,
    ],
    ['ageDays', /^ageDays {2}number\nabout {4}Whole days since CreatedAt\.\nexample/],
    ['notEqual', /^note {5}True where the fact is missing/m],
    ['someFact:startsWith', /^startsWith {2}The text begins with the value\.$/m],
  ])('tells about %s', async (name, text) => {
    const { code, stdout } = await facts(name);

    expect(code).toBe(0);
    expect(stdout).toMatch(text);
  });

  it.each([
    ['Severity.Lable', /"Severity\.Lable" is not in a finding\. Did you mean "Severity\.Label"\?/],
    ['lists.ciAcounts', /is no fact\..* Did you mean "lists\.ciAccounts"/],
    ['equals', /Or the operator "equal"\?/],
    ['\u001b[2J', /is no path into a finding/],
  ])('refuses %j with exit code 2 and a suggestion', async (name, message) => {
    const { code, stdout, stderr } = await facts(name);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('\u001b');
  });

  it('gives JSON that programs can read, whether there is such a fact or not', async () => {
    const found = await facts('Region', '-f', 'json');
    const unknown = await facts('Regoin', '-f', 'json');

    expect(JSON.parse(found.stdout)).toMatchObject({ version: 1, ok: true, fact: 'Region', optional: true });
    expect(unknown.code).toBe(2);
    expect(JSON.parse(unknown.stdout)).toEqual({
      version: 1,
      ok: false,
      error: '"Regoin" is not in a finding. Did you mean "Region"?',
    });
  });

  it('gives examples that load', async () => {
    const names = [
      'Severity.Label',
      'Types',
      'Region',
      'ageDays',
      'Severity',
      'Sample',
      'anyElement',
      'inCidr',
      'contains',
    ];

    const examples = await Promise.all(names.map(exampleOf));

    expect(codesOf(loadRule(ruleOn(...examples), CONTEXT))).toEqual([]);
  });
});
