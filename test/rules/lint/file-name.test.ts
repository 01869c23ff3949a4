import { describe, expect, it } from 'vitest';
import { GUARDDUTY, lintFolder, lintFor, rule, said, testOf } from './lint-folder.ts';

describe('TR401 file-name', () => {
  it('refuses a file that is not called as its rule', async () => {
    const files = {
      'area/other.json': rule('example', [GUARDDUTY]),
      'area/other.test.json': testOf('example'),
    };

    const { diagnostics } = await lintFolder(files);

    expect(diagnostics.map(said)).toEqual([
      '2:11 error: The rule is called "example" and its file other.json. Rename the file: marks, logs and tests know the rule by its name.',
    ]);
  });

  it('accepts a rule in the file of its name, in any area', async () => {
    const files = { 'deep/down/example.json': rule('example', [GUARDDUTY]) };

    expect(await lintFor('TR401', [rule('other', [GUARDDUTY])], files)).toEqual([]);
  });
});
