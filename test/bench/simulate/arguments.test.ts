import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSimulateArguments } from './arguments.ts';

describe('the command line of the benchmark of simulate', () => {
  it('measures everything when nothing is said', () => {
    const command = readSimulateArguments([]);

    expect(command).toEqual({
      kind: 'measure',
      sizes: [10, 100, 1_000, 10_000],
      quick: false,
      skipLarge: false,
      skipSpeed: false,
    });
  });

  it('takes sizes, what to leave out and files', () => {
    const args = ['--sizes', '10, 50', '--quick', '--skip-large', '--json', 'a.json', '--markdown', 'b.md'];

    const command = readSimulateArguments(args);

    expect(command).toMatchObject({
      sizes: [10, 50],
      quick: true,
      skipLarge: true,
      json: 'a.json',
      markdown: 'b.md',
    });
  });

  it.each([
    [['--sizes', 'many'], /--sizes takes whole numbers/],
    [['--sizes', '0'], /--sizes takes whole numbers/],
    [['--sizes', '10,,100'], /--sizes takes whole numbers/],
    [['--sizes', '20001'], /--sizes takes whole numbers/],
    [['--size', '10'], /Unknown option '--size'/],
    [['--markdown'], /argument missing/],
    [['main'], /Unexpected argument 'main'/],
    [['--skip-large', '--skip-speed'], /leave nothing to measure/],
  ])('refuses %j', (args, message) => {
    const command = readSimulateArguments(args);

    expect(command).toMatchObject({ kind: 'wrong', message: expect.stringMatching(message) });
  });

  it('ends with 2 and the usage where it was used wrongly', () => {
    const run = fileURLToPath(new URL('../simulate.ts', import.meta.url));

    const { status, stderr, stdout } = spawnSync(process.execPath, [run, '--sizes', 'many'], {
      encoding: 'utf8',
    });

    expect(status).toBe(2);
    expect(stderr).toContain('--sizes takes whole numbers');
    expect(stderr).toContain('npm run bench:simulate');
    expect(stdout).toBe('');
  });
});
