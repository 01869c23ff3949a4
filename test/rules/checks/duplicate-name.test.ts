import { describe, expect, it } from 'vitest';
import { loadFolder, RULE, saidOf } from '../rules-folder.ts';

const named = (name: string, rule: object) => ({ ...rule, name });

describe('names of rules', () => {
  it('are taken once', () => {
    const loaded = loadFolder({
      'a/one.json': RULE,
      'b/two.json': RULE,
      'b/three.json': named('other', RULE),
    });

    expect(saidOf(loaded)).toEqual([
      expect.stringMatching(/TR119 The name "example" is taken by a\/one.json/),
    ]);
  });
});
