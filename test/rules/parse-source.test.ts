import { describe, expect, it } from 'vitest';
import { parseSource } from '../../lib/rules/parse-source.ts';

const parse = (text: string) => parseSource({ file: '/rules/a/x.json', label: 'a/x.json' }, text);
const placesOf = (text: string) =>
  parse(text).diagnostics.map(({ code, range }) => `${code} ${range.start.line}:${range.start.column}`);

describe('reading JSON with comments', () => {
  it('reads comments, and a byte order mark, without a word', () => {
    const { value, diagnostics } = parse('\uFEFF{ // why\n "a": /* and how */ [1, true, null, "x"] }');

    expect(diagnostics).toEqual([]);
    expect(value).toEqual({ a: [1, true, null, 'x'] });
  });

  it.each([
    ['', ['TR001 1:1']],
    ['  // only a comment', ['TR001 1:20']],
    ['{ "a": 1, }', ['TR001 1:11']],
    ["{ 'a': 1 }", ['TR001 1:3']],
    ['{ "a" 1 }', ['TR001 1:7']],
    ['{ "a": 1 } 2', ['TR001 1:12']],
    ['{ "a": "x }', ['TR001 1:8']],
    ['{ "a": "\\d" }', ['TR001 1:8']],
    ['{ "a": 01 }', ['TR001 1:9']],
    ['{ "a": [1', ['TR001 1:10']],
  ])('refuses %j and says what to do', (text, places) => {
    expect(placesOf(text)).toEqual(places);
    expect(parse(text).diagnostics.filter(({ help }) => help === undefined)).toEqual([]);
    expect(parse(text).value).toBeUndefined();
  });

  it('tells the first fault of syntax of every line', () => {
    expect(placesOf('{\n "a": tru,\n "b": [1 2],\n "c" 5\n}')).toEqual([
      'TR001 2:7',
      'TR001 3:10',
      'TR001 4:6',
    ]);
  });

  it('refuses members named twice, at any depth, at the second place', () => {
    expect(placesOf('{ "a": 1,\n "b": { "c": 1, "c": 2 },\n "a": 3 }')).toEqual(['TR002 2:17', 'TR002 3:2']);
    expect(placesOf('{ "a": 1, "\\u0061": 2 }')).toEqual(['TR002 1:11']);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses a member named %s and leaves it out',
    (name) => {
      const { value, diagnostics } = parse(`{ "a": { "${name}": { "polluted": true } } }`);

      expect(diagnostics.map(({ code }) => code)).toEqual(['TR004']);
      expect(value).toEqual({ a: {} });
      expect(Object.getPrototypeOf((value as { a: object }).a)).toBe(Object.prototype);
      expect('polluted' in {}).toBe(false);
    },
  );

  it('refuses nesting that would exhaust the stack, brackets in texts and comments aside', () => {
    expect(placesOf('['.repeat(100_000))).toEqual(['TR001 1:65']);
    expect(placesOf(`${'/*"*/['.repeat(100_000)}`)).toEqual(['TR001 1:390']);
    expect(placesOf(`["${'['.repeat(100)}", /* ${'['.repeat(100)} */ 1]`)).toEqual([]);
  });

  it('finds the places of members, of their names, and of the nearest parent of what is missing', () => {
    const { source } = parse('{\r\n  "a": [ { "b": "text" } ]\r\n}');

    expect(source.locate(['a', 0, 'b'], 'value')).toEqual({
      start: { line: 2, column: 17 },
      end: { line: 2, column: 23 },
    });
    expect(source.locate(['a', 0, 'b'], 'key').start).toEqual({ line: 2, column: 12 });
    expect(source.locate(['a', 0, 'c'], 'key').start).toEqual({ line: 2, column: 10 });
    expect(source.locate([], 'value').start).toEqual({ line: 1, column: 1 });
  });
});
