import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('the command line of the benchmark', () => {
  it('compares the product with its peers at every size when nothing is said', () => {
    const command = readArguments([]);

    expect(command).toEqual({
      kind: 'peers',
      sizes: [10, 100, 1_000, 10_000],
      quick: false,
      skipSimulate: false,
    });
  });

  it('takes sizes, shorter rounds and files', () => {
    const command = readArguments(['--sizes', '10, 50', '--quick', '--json', 'a.json', '--markdown', 'b.md']);

    expect(command).toEqual({
      kind: 'peers',
      skipSimulate: false,
      sizes: [10, 50],
      quick: true,
      json: 'a.json',
      markdown: 'b.md',
    });
  });

  it('compares two versions when two are named', () => {
    const command = readArguments(['main', '.', '--sizes', '100']);

    expect(command).toEqual({ kind: 'versions', refs: ['main', '.'], sizes: [100], quick: false });
  });

  it.each([
    [['main'], /Two versions are compared, and 1 are named/],
    [['a', 'b', 'c'], /and 3 are named/],
    [['--sizes', 'many'], /--sizes takes whole numbers/],
    [['--sizes', '0'], /--sizes takes whole numbers/],
    [['--sizes', '10,,100'], /--sizes takes whole numbers/],
    [['--sizes', '20001'], /--sizes takes whole numbers/],
    [['--size', '10'], /Unknown option '--size'/],
    [['--json'], /argument missing/],
    [['a', 'b', '--markdown', 'c.md'], /two versions have none there/],
  ])('refuses %j', (args, message) => {
    const command = readArguments(args);

    expect(command).toMatchObject({ kind: 'wrong', message: expect.stringMatching(message) });
  });

  it.each([
    [['--sizes', 'many'], '--sizes takes whole numbers'],
    [['no-such-ref', 'HEAD'], '"no-such-ref" names no commit of this repository.'],
    [['--', '-x', 'HEAD'], '"-x" names no commit of this repository.'],
  ])('ends with 2 and the usage after %j', (args, message) => {
    const run = fileURLToPath(new URL('./run.ts', import.meta.url));

    const { status, stderr, stdout } = spawnSync(process.execPath, [run, ...args], { encoding: 'utf8' });

    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('--sizes 10,100,1000,10000');
    expect(stdout).toBe('');
  });
});
