import { describe, expect, it } from 'vitest';
import { runsTestOf } from '../../../lib/rules/engine/has-runs.ts';

describe('runs of alternatives that part at the same stem', () => {
  it('are all looked for where some have more of them than others', () => {
    const test = runsTestOf([
      ['a', 'bx', 'c'],
      ['a', 'by', 'c', 'd'],
    ]);

    expect(['a-bx-c', 'a-by-c-d'].map(test)).toEqual([true, true]);
    // The second ends with its fourth, not its third.
    expect(['a-by-c', 'a-bx-d', 'a-by-d'].map(test)).toEqual([false, false, false]);
  });

  it('are texts, whatever they begin and end with', () => {
    const test = runsTestOf([
      ['a', 'Sx', 'c'],
      ['a', 'Sy', 'c'],
    ]);

    expect(['aSxc', 'aSyc', 'aSzt', 'aSt'].map(test)).toEqual([true, true, false, false]);
  });
});
