import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'jsonc-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { createSurroundings, spawnTriage, triage } from './cli/triage.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => parse(readFileSync(join(ROOT, path), 'utf8'));

interface Association {
  readonly fileMatch: readonly string[];
  readonly url: string;
}
const settings = read('.vscode/settings.json') as {
  readonly 'json.schemas': readonly Association[];
  readonly 'files.associations': Readonly<Record<string, string>>;
};
const [task] = read('.vscode/tasks.json').tasks;
const { pattern, background } = task.problemMatcher;

/** The last pattern that fits decides, as VS Code has it. */
function fits({ fileMatch }: Association, file: string): boolean {
  const last = fileMatch.findLast((glob) => matchesGlob(`/${file}`, glob.replace('!', '')));
  return last !== undefined && !last.startsWith('!');
}

const FILES = globSync('rules/**/*.json', { cwd: ROOT }).filter((file) => !file.endsWith('.schema.json'));
const isSample = (file: string) => dirname(file) === join('rules', 'samples');

describe('the settings of the editor', () => {
  it.each(FILES.filter((file) => !isSample(file)))(
    'give %s the schema that it names, and no other',
    (file) => {
      const named = read(file).$schema as string;

      const schemas = settings['json.schemas'].filter((association) => fits(association, file));

      expect(schemas.map(({ url }) => basename(url))).toEqual([basename(named)]);
      expect(relative(ROOT, join(ROOT, dirname(file), named))).toBe(join('rules', basename(named)));
    },
  );

  it('give samples no schema: they are findings', () => {
    const mapped = FILES.filter(isSample).filter((file) =>
      settings['json.schemas'].some((association) => fits(association, file)),
    );

    expect(mapped).toEqual([]);
  });

  it('name schemas that are there', () => {
    for (const { url } of settings['json.schemas']) expect.soft(existsSync(join(ROOT, url)), url).toBe(true);
  });

  it.each([
    ['rules/guardduty/suppress-ci-runner-recon.json', 'jsonc'],
    ['rules/guardduty/suppress-ci-runner-recon.test.json', 'json'],
    ['rules/samples/guardduty-recon-nat.json', 'json'],
    ['rules/context/accounts.json', 'jsonc'],
    ['rules/triage.config.json', 'jsonc'],
    ['package.json', undefined],
  ])('open %s as %s, since the longest pattern wins', (file, language) => {
    const [longest] = Object.entries(settings['files.associations'])
      .filter(([glob]) => matchesGlob(`/${file}`, glob))
      .sort(([a], [b]) => b.length - a.length);

    expect(longest?.[1]).toBe(language);
  });
});

describe('the task that underlines mistakes', () => {
  const surroundings = createSurroundings();
  afterAll(() => surroundings.remove());
  const rule = (members: Readonly<Record<string, unknown>>) =>
    JSON.stringify({ owner: '@acme/secops', mode: 'observe', priority: 10, ...members });
  surroundings.write(
    'two words/rules/a b/odd.json',
    rule({
      name: 'odd',
      conditions: { all: [{ fact: 'Title', operator: 'equals', value: 'a:1:2: error TR999 x: y' }] },
      event: { type: 'update', params: { Confidence: 1 } },
    }),
  );
  surroundings.write(
    'two words/rules/a b/untested.json',
    rule({
      name: 'untested',
      conditions: { all: [{ fact: 'Title', operator: 'equal', value: 'x' }] },
      event: { type: 'update', params: { Confidence: 1 } },
    }),
  );
  const folder = ['--rules', 'two words/rules'];

  it('runs a command that exists, in the format its pattern reads', () => {
    const [run, , script, , ...args] = task.args;

    expect([task.command, run, script]).toEqual(['npm', 'run', 'triage']);
    expect(args).toEqual(['lint', '--watch', '-f', 'compact']);
    expect(read('package.json').scripts.triage).toBe('node bin/triage.ts');
  });

  it('finds file, place, severity, code and message in every line that lint prints', async () => {
    const { stdout } = await triage(surroundings, 'lint', '-f', 'compact', ...folder);

    const found = stdout
      .trim()
      .split('\n')
      .map((line) => new RegExp(pattern.regexp).exec(line) ?? [line]);

    const told = found.map((groups) => [
      groups[pattern.file],
      groups[pattern.severity],
      groups[pattern.code],
      Number(groups[pattern.line]) > 0 &&
        Number(groups[pattern.column]) > 0 &&
        groups[pattern.message] !== '',
    ]);
    expect(told).toContainEqual(['two words/rules/a b/odd.json', 'error', 'TR102 unknown-operator', true]);
    expect(told).toContainEqual(['two words/rules/a b/untested.json', 'warning', 'TR301 untested', true]);
    expect(told.every(([, , , complete]) => complete)).toBe(true);
  });

  it('sees where a run of lint --watch begins and ends', async () => {
    const child = spawnTriage(surroundings, ['lint', '--watch', '-f', 'compact', ...folder]);
    const lines: string[] = [];

    for await (const chunk of child.stderr ?? []) {
      lines.push(...String(chunk).split('\n'));
      if (lines.some((line) => new RegExp(background.endsPattern).test(line))) break;
    }
    child.kill('SIGINT');

    expect(lines.filter((line) => new RegExp(background.beginsPattern).test(line))).toHaveLength(1);
    expect(lines.filter((line) => new RegExp(background.endsPattern).test(line))).toHaveLength(1);
  });
});
