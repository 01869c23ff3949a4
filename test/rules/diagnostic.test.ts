import { describe, expect, it } from 'vitest';
import { didYouMean, quote } from '../../lib/rules/diagnostic.ts';

describe('quote', () => {
  it.each([
    ['a "text"', '"a \\"text\\""'],
    [{ a: [1] }, '{"a":[1]}'],
    [null, 'null'],
    [undefined, 'undefined'],
  ])('writes %j as an author would know it', (value, text) => {
    expect(quote(value)).toBe(text);
  });

  it('cuts what is long', () => {
    expect(quote('x'.repeat(500))).toBe(`"${'x'.repeat(78)}…`);
  });
});

describe('didYouMean', () => {
  it('asks for one, or for one of several, or says nothing', () => {
    expect(didYouMean(['a'])).toBe('Did you mean "a"?');
    expect(didYouMean(['a', 'b'])).toBe('Did you mean "a" or "b"?');
    expect(didYouMean([])).toBeUndefined();
  });
});
