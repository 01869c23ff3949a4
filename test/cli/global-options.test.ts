import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { finding, writeOwnRules } from './own-input.ts';
import { createSurroundings, RULES, type Surroundings, triage } from './triage.ts';

const plain = createSurroundings();
afterAll(() => plain.remove());
const inColour: Surroundings = { ...plain, env: { ...plain.env, FORCE_COLOR: '1' } };
const ESCAPE = '\u001b[';
const EXPLAIN = ['explain', 'guardduty-recon-portscan', '--rules', RULES, '--now', '2026-11-22T00:00:00Z'];

describe('the options of every command', () => {
  it.each([
    [['--help']],
    [EXPLAIN],
    [['facts', 'Region', '--rules', RULES]],
    [['facts', '--rules', RULES]],
    [['lint', '--rules', RULES, '--now', '2026-11-22', '-f', 'pretty']],
    [['lint', '--rules', 'wrong', '-f', 'pretty']],
    [['test', '--rules', RULES, '-f', 'pretty']],
    [['test', '--rules', 'wrong', '-f', 'pretty']],
  ])('%j says the same with colour and without', async (args) => {
    plain.write('wrong/area/wrong.json', '{ "name": "wrong" }');
    plain.write('wrong/area/wrong.test.json', '{ "rule": "wrong" }');

    const coloured = await triage(inColour, ...args);
    const piped = await triage(plain, ...args);

    expect(coloured.stdout).toContain(ESCAPE);
    expect(stripVTControlCharacters(coloured.stdout)).toBe(piped.stdout);
    expect(piped.stdout).not.toContain(ESCAPE);
  });

  it('colour neither reports in files nor formats for programs', async () => {
    plain.write('wrong/area/wrong.json', '{ "name": "wrong" }');

    const { stdout } = await triage(
      inColour,
      ...['lint', '--rules', 'wrong', '-f', 'compact', '-o', 'pretty=lint.txt'],
    );

    expect(stdout).toContain('TR003');
    expect(stdout).not.toContain(ESCAPE);
    expect(readFileSync(join(plain.cwd, 'lint.txt'), 'utf8')).not.toContain(ESCAPE);
  });

  it('stand before the command or after it', async () => {
    const facts = ['facts', 'Region', '--rules', RULES];

    const before = await triage(inColour, '--no-color', ...facts);
    const after = await triage(inColour, ...facts, '--no-color');

    expect(before).toEqual(after);
    expect(before.code).toBe(0);
    expect(before.stdout).not.toContain(ESCAPE);
  });

  it('say with -v how long each phase took, beside the result', async () => {
    const { stdout, stderr } = await triage(plain, ...EXPLAIN, '-v');

    expect(stderr).toMatch(/^loading the rules: \d+\.\d\d s\ndeciding: \d+\.\d\d s\n$/);
    expect(stdout).toBe((await triage(plain, ...EXPLAIN)).stdout);
  });

  it.each([
    ['lint', /^reading and checking the rules: \d+\.\d\d s\n\d+ rules, no problems\.\n$/],
    ['test', /^loading the rules and running their tests: \d+\.\d\d s\n$/],
  ])('let triage %s be timed and silenced like the others', async (command, timed) => {
    const args = [command, '--rules', RULES, ...(command === 'lint' ? ['--now', '2026-11-22'] : [])];

    const timing = await triage(plain, ...args, '-v');
    const silent = await triage(plain, ...args, '-q');

    expect(timing.stderr).toMatch(timed);
    // A known gap is no problem: only the count is left.
    const count = timing.stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(silent).toEqual({ ...timing, stderr: '', stdout: count === '' ? '' : `${count}\n` });
  });

  it('keep progress back with -q, and neither results nor problems', async () => {
    writeOwnRules(plain);
    plain.write('input', JSON.stringify(finding('finding/1')));

    const run = await triage(plain, 'start', '--findings', 'input', '--rules', 'own/rules', '-q');
    const wrong = await triage(plain, 'start', '--findings', 'nowhere', '-q');

    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Outcomes of 1 finding');
    expect(wrong.stderr).toMatch(/^nowhere cannot be read/);
  });

  it('show the stack of an internal error with -v alone, with exit code 3', async () => {
    const broken = 'data:text/javascript,console.log=()=>{throw new Error("out of \\u001b order")}';
    const failing = { ...plain, env: { ...plain.env, NODE_OPTIONS: `--import=${encodeURI(broken)}` } };

    const short = await triage(failing, ...EXPLAIN);
    const long = await triage(failing, ...EXPLAIN, '-v');

    expect([short.code, long.code]).toEqual([3, 3]);
    expect(short.stderr).toMatch(
      /^triage failed: Error: out of \S+ order\. This is a bug of ours: .*-v shows\.\n$/,
    );
    expect(long.stderr).toMatch(/\n +at .*explain\.ts/);
  });

  it('are refused where they are misspelt', async () => {
    const { code, stderr } = await triage(plain, 'facts', '--no-colour');

    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown option '--no-colour'\n\(Did you mean --no-color\?\)/);
  });
});

describe('the help', () => {
  it('shows every command in its group, a line each', async () => {
    const { stdout } = await triage(plain, '--help');
    const groups = [...stdout.matchAll(/^(\w[\w ]+)\n((?: {2}\w.*\n)+)/gm)].map(([, title, lines = '']) => [
      title,
      [...lines.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name),
    ]);

    expect(groups).toEqual([
      ['Write rules', ['init', 'new', 'import', 'lint', 'test', 'migrate', 'facts']],
      ['Understand decisions', ['explain', 'simulate']],
      ['Review and report', ['permissions', 'report']],
      ['Work with an account', ['doctor', 'verify-account', 'export', 'sweep', 'dead-letters']],
      ['Try it locally', ['start', 'local']],
    ]);
    expect(stdout).toMatch(/^Usage: triage <command> \[options\]$/m);
    expect(stdout).toMatch(
      /^Global: --no-color {2}-q, --quiet {2}-v, --verbose {2}-h, --help {2}--version$/m,
    );
    expect(stdout).toMatch(/^Exit: 0 ok · 1 problems found · 2 wrong usage or nothing to work on$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('says for each command what it takes', async () => {
    const { stdout } = await triage(plain, 'lint', '--help');

    expect(stdout).toMatch(/^Usage: triage lint \[paths…\] \[options\]$/m);
    expect(stdout).toMatch(/^Global Options:\n {2}--no-color/m);
  });

  it('is what a call without a command prints, which does nothing: exit code 2', async () => {
    const { code, stdout, stderr } = await triage(plain);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: triage <command>/);
  });
});
