import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTemplate, placesOf } from '../../../lib/rules/engine/template.ts';

const values: Record<string, unknown> = {
  Title: 'open port',
  Count: 3,
  Flag: true,
  Types: ['a', 'b'],
  Object: { a: 1 },
  Nested: '{{Title}}',
  Hostile: 'a\u0000b\u202Ec\u200Bd\uFFFEe\uD800f\r\ng',
};
const expand = (text: string, limit = 512) => expandTemplate(text, limit, (fact) => values[fact]);

describe('a template', () => {
  it('puts values in their places', () => {
    expect(expand('{{Title}} × {{ Count }} ({{Flag}}) {{Types}}')).toBe('open port × 3 (true) a, b');
    expect(placesOf('{{Title}} {{ProductFields["a/b"]}}')).toEqual(['Title', 'ProductFields["a/b"]']);
  });

  it('is empty where a value is missing or no text', () => {
    expect(expand('[{{Missing}}{{Object}}]')).toBe('[]');
  });

  it('does not read what a value brings as a place again', () => {
    expect(expand('{{Nested}}')).toBe('{{Title}}');
  });

  it('stands as it is without places, whose length the checks hold to the limit', () => {
    expect(expandTemplate('a { text }', 3, () => 'x')).toBe('a { text }');
  });

  it('strips what does not show on one line or changes how it reads', () => {
    expect(expand('{{Hostile}}')).toBe('abcdefg');
  });

  it('is clamped to its limit without splitting a character', () => {
    expect(expandTemplate('{{x}}', 4, () => 'abc😀')).toBe('abc');
    expect(expandTemplate('{{x}}', 5, () => 'abc😀')).toBe('abc😀');
    expect(expandTemplate('{{x}}', 3, () => 'abcdef')).toBe('abc');
    expect(expandTemplate('{{x}}', 1, () => '\ue000\ue001')).toBe('\ue000');
    for (const edge of ['\u{10000}', '\u{10fc00}'])
      expect([1, 2].map((limit) => expandTemplate('{{x}}', limit, () => edge))).toEqual(['', edge]);
  });

  it('never exceeds its limit nor leaves a control character, whatever is inserted', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (value, limit) => {
          const text = expandTemplate('{{x}}', limit, () => value);

          expect(text.length).toBeLessThanOrEqual(limit);
          expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/u);
          expect(text.isWellFormed()).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
