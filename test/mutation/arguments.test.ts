import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AREAS } from './areas.ts';
import { readArguments } from './arguments.ts';
import { changedSince } from './changed-files.ts';

const none = () => [];

describe('npm run mutate', () => {
  it('mutates every area where none is named', () => {
    const command = readArguments([], none);

    expect(command).toMatchObject({ kind: 'run', concurrency: 2 });
    expect(command.kind === 'run' && command.runs.map(({ area }) => area)).toEqual(Object.keys(AREAS));
  });

  it('mutates the areas and files that are named, each area once', () => {
    const args = ['lib/triage/view.ts', 'findings', 'lib/triage/mark.ts', '--concurrency', '3'];

    const command = readArguments(args, none);

    expect(command).toEqual({
      kind: 'run',
      concurrency: 3,
      runs: [
        { area: 'findings', files: AREAS.findings.mutate, whole: true },
        { area: 'triage', files: ['lib/triage/view.ts', 'lib/triage/mark.ts'], whole: false },
      ],
    });
  });

  it.each([
    [['nowhere'], 'nowhere is no area and no file of one. Areas: findings, triage,'],
    [['lib/cli/program.ts'], 'lib/cli/program.ts is no area and no file of one.'],
    [['lib/triage/nothing.ts'], 'lib/triage/nothing.ts is no area and no file of one.'],
    [['lib/triage'], 'lib/triage is no area and no file of one.'],
    [['--concurrency', '0'], '--concurrency takes a whole number from 1 to 99, e.g. 2.'],
    [['--concurrency', 'many'], '--concurrency takes a whole number from 1 to 99, e.g. 2.'],
    [['--base', 'main', 'triage'], '--base says what is mutated: name no areas or files beside it.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(readArguments(args, none)).toEqual({ kind: 'wrong', message: expect.stringContaining(message) });
  });

  it('mutates what of the areas differs from a revision', () => {
    const changed = ['README.md', 'lib/triage/view.ts', 'lib/triage/gone.ts', 'test/triage/view.test.ts'];

    const command = readArguments(['--base', 'HEAD^1'], (ref) => (ref === 'HEAD^1' ? changed : []));

    expect(command).toMatchObject({
      kind: 'run',
      runs: [{ area: 'triage', files: ['lib/triage/view.ts'], whole: false }],
    });
    expect(readArguments(['--base', 'HEAD^1'], none)).toMatchObject({ kind: 'run', runs: [] });
  });

  it('refuses a revision that git does not know', () => {
    for (const ref of ['no-such-ref', '--output=x'])
      expect(readArguments([`--base=${ref}`], changedSince)).toEqual({
        kind: 'wrong',
        message: expect.stringContaining(`--base ${ref}: fatal: `),
      });
  });

  it('says how it is used', () => {
    expect(readArguments(['--help'], none)).toEqual({ kind: 'help' });
  });
});

describe('the areas', () => {
  it('leave out no file of lib/findings and lib/triage but those that only hold types', () => {
    const files = globSync(['lib/findings/*.ts', 'lib/triage/*.ts']).filter((file) =>
      /\bfunction\b|=>/.test(readFileSync(file, 'utf8')),
    );

    const left = files.filter((file) => readArguments([file], none).kind === 'wrong');

    expect(files.length).toBeGreaterThan(20);
    expect(left).toEqual([]);
  });

  it.each(Object.entries(AREAS))(
    '%s has files to mutate and tests, by every pattern',
    (_, { mutate, tests }) => {
      for (const pattern of [...mutate, ...tests]) expect.soft(globSync(pattern), pattern).not.toEqual([]);
    },
  );
});
