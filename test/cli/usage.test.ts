import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { finding, writeOwnRules } from './own-input.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const { write } = surroundings;
afterAll(() => surroundings.remove());
const WRONG_USAGE = 2;

describe('the command line', () => {
  it.each([
    [
      ['start', '--fnidings', 'x'],
      /unknown option '--fnidings'\n\(Did you mean --findings\?\)\n\(triage start --help\)/,
    ],
    [['strat'], /unknown command 'strat'\n\(Did you mean start\?\)\n\(triage --help\)/],
    [['start', 'findings.ndjson'], /too many arguments for 'start'/],
    [['start', '--mode', 'dry'], /'dry' is invalid\. Allowed choices are observe, enforce\./],
    [['local', '--sqs-port', '99999'], /'99999' is invalid\. Not a port from 1 to 65535\./],
    [['start', '--findings', 'nowhere.ndjson'], /^nowhere\.ndjson cannot be read: there is no such file\.$/m],
    [['start', '--findings', '.'], /^\. cannot be read: it is a folder\. Name the files in it\.$/m],
    [
      ['start', '--rules', 'nowhere'],
      /^There are no findings in nowhere.samples, .* Name files of yours with --findings/m,
    ],
  ])('refuses %j with exit code 2 and a message that says what to do', async (args, message) => {
    const { code, stdout, stderr } = await triage(surroundings, ...args);

    expect({ code, stdout }).toEqual({ code: WRONG_USAGE, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each([
    [
      'a line that is no JSON',
      '{"Id":"1"}\n\n{"Id":\n',
      /^input:3 is not JSON\. A file holds a finding a line/,
    ],
    ['a document that is no JSON', '{\n  "Id": "1",\n  oops\n}\n', /^input:3:3 is not JSON\. A file holds/],
    [
      'a line that is no finding',
      '{"Id":"1"}\n"\u202e"\n',
      /^input:2 is a string, not a finding\. A file holds/,
    ],
    ['nothing', '', /^There are no findings in input\. Name files of yours with --findings/],
    ['an empty array', '[]', /^There are no findings in input\./],
  ])('refuses a file with %s, naming the place and the remedy', async (_, content, message) => {
    write('input', content);

    const { code, stdout, stderr } = await triage(surroundings, 'start', '--findings', 'input');

    expect({ code, stdout }).toEqual({ code: WRONG_USAGE, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('refuses an --out that cannot be a folder before it starts anything', async () => {
    write('input', JSON.stringify(finding('finding/1')));
    write('taken', '');

    const { code, stderr } = await triage(surroundings, 'start', '--findings', 'input', '--out', 'taken');

    expect(code).toBe(WRONG_USAGE);
    expect(stderr).toMatch(/^--out taken cannot be a folder: /);
  });

  it('stops at a bad rule with its place and help, and starts nothing', async () => {
    writeOwnRules(surroundings);
    const text =
      '{\n  "name": "bad",\n  "owner": "@acme/secops", "priority": 10,\n  "conditions": { "all": [\n    { "fact": "ProductName", "operator": "equals", "value": "Scanner" } ] },\n  "event": { "type": "update", "params": { "Workflow": { "Status": "NOTIFIED" } } }\n}\n';
    write('own/rules/scans/bad.json', text);
    write('input', JSON.stringify(finding('finding/1')));

    const { code, stdout, stderr } = await triage(
      surroundings,
      ...['start', '--findings', 'input', '--rules', 'own/rules'],
    );

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /scans.bad\.json:5:42 {2}error {2}TR102 unknown-operator\n {2}"equals" is not an operator\./,
    );
    expect(stderr).toContain('help  Did you mean "equal"?');
    expect(stderr).not.toMatch(/Subprocess exited|Bringing in/);
    expect(surroundings.leftBehind()).toEqual([]);
  });

  it('prints its help and version with exit code 0', async () => {
    const help = await triage(surroundings, 'start', '--help');
    const version = await triage(surroundings, '--version');

    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/--findings <files\.\.\.>.*\n[\s\S]*--rules <dir>[\s\S]*--out <dir>/);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('leaves nothing where it was called', () => {
    expect(existsSync(join(surroundings.cwd, 'cdk.out'))).toBe(false);
  });
});
