import { describe, expect, it } from 'vitest';
import { ignoreFileFor } from '../../lib/init/ignore-file.ts';

const ALL = 'node_modules/\ncdk.out/\nout/\n';

describe('the .gitignore of a repository of rules', () => {
  it.each([
    [undefined, ALL],
    ['.env\n', `.env\n${ALL}`],
    ['.env', `.env\n${ALL}`],
    ['node_modules\n/cdk.out/\r\n', 'node_modules\n/cdk.out/\r\nout/\n'],
    [ALL, ALL],
  ])('%j becomes %j', (existing, expected) => {
    expect(ignoreFileFor(existing)).toBe(expected);
  });
});
