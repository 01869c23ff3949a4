import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../lib/findings/canonical-json.ts';

describe('canonicalJson', () => {
  it('sorts members at every depth and keeps the order of lists', () => {
    const text = canonicalJson({ b: [{ z: 1, a: 2 }, 'x'], a: null });

    expect(text).toBe('{"a":null,"b":[{"a":2,"z":1},"x"]}');
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('writes what JSON has not as null, like JSON does in a list', () => {
    expect(canonicalJson([undefined, 1])).toBe('[null,1]');
    expect(canonicalJson(undefined)).toBe('null');
  });

  it('writes an own member called __proto__ like any other', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });

  it('gives back the value when it is parsed, and the same text for any order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reversed = JSON.parse(JSON.stringify(value), (_, member) => reverseMembers(member));

        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed)).toBe(canonicalJson(JSON.parse(JSON.stringify(value))));
      }),
    );
  });
});

function reverseMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}
