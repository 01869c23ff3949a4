import { describe, expect, it } from 'vitest';
import { createSource, readTree } from '../../lib/rules/source.ts';

const NAME = { file: '/rules/a/x.json', label: 'a/x.json' };
const sourceOf = (text: string) => createSource(NAME, text, readTree(text, []));

describe('a source', () => {
  it('finds values, names, and the nearest parent of what is not there', () => {
    const source = sourceOf('{\n  "a": [10, "b"]\n}');

    expect(source.locate(['a', 1], 'value').start).toEqual({ line: 2, column: 13 });
    expect(source.locate(['a'], 'key').start).toEqual({ line: 2, column: 3 });
    expect(source.locate(['a', 7], 'value').start).toEqual({ line: 2, column: 8 });
    expect(source.locate(['z'], 'key').start).toEqual({ line: 1, column: 1 });
    expect(source.locate([], 'value')).toEqual({
      start: { line: 1, column: 1 },
      end: { line: 1, column: 2 },
    });
  });

  it('points at its beginning where it holds no value', () => {
    const source = createSource(NAME, '', undefined);

    expect(source.locate(['a'], 'value').start).toEqual({ line: 1, column: 1 });
    expect(source.isArrayAt([])).toBe(false);
  });

  it('counts lines whatever ends them', () => {
    const { rangeAt } = sourceOf('[\r1,\n2,\r\n3]');

    expect([2, 5, 9].map((offset) => rangeAt(offset, 1).start)).toEqual([
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
  });
});
