import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../lib/event-bridge/compile-pattern.ts';

const matches = (pattern: unknown, event: unknown): boolean => {
  const compiled = compilePattern(pattern, { maxCharacters: Number.POSITIVE_INFINITY });
  if (!compiled.ok) throw new Error(compiled.reason);
  return compiled.matches(event);
};

const scalar = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', ''),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);
const field = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const element = fc.record({ x: field, y: field }, { requiredKeys: [] });
const event = fc.record({ f: fc.oneof(element, fc.array(element, { maxLength: 3 })) }, { requiredKeys: [] });
const literals = fc.array(scalar, { minLength: 1, maxLength: 3 });

describe('compilePattern', () => {
  it('asks for two fields of one array exactly what its elements answer one by one', () => {
    fc.assert(
      fc.property(literals, literals, fc.array(element, { maxLength: 4 }), (x, y, elements) => {
        const pattern = { f: { x, y } };

        const expected = elements.some((f) => matches(pattern, { f }));

        expect(matches(pattern, { f: elements })).toBe(expected);
      }),
    );
  });

  it('matches $or exactly where it matches a branch', () => {
    fc.assert(
      fc.property(literals, literals, event, (x, y, candidate) => {
        const branches = [{ f: { x } }, { f: { y } }];

        const expected = branches.some((branch) => matches(branch, candidate));

        expect(matches({ $or: branches }, candidate)).toBe(expected);
      }),
    );
  });

  it('finds every field either present or absent, never both', () => {
    fc.assert(
      fc.property(event, (candidate) => {
        const [present, absent] = [true, false].map((exists) =>
          matches({ f: { x: [{ exists }] } }, candidate),
        );

        expect(present).not.toBe(absent);
      }),
    );
  });

  it('spells any text as a wildcard once its stars and backslashes are escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '\\', 'a', 'b') }), (text) => {
        const wildcard = text.replace(/[\\*]/g, '\\$&');

        const verdicts = [text, `${text}a`].map((x) => matches({ x: [{ wildcard }] }, { x }));

        expect(verdicts).toEqual([true, false]);
      }),
    );
  });

  it('agrees with the regular expression that a wildcard stands for', () => {
    const pieces = fc.array(fc.constantFrom('', 'a', 'ab', 'b', 'ba'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pieces, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (literal, x) => {
        const wildcard = literal.join('*').replace(/\*+/g, '*');
        const expected = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(x);

        expect(matches({ x: [{ wildcard }] }, { x })).toBe(expected);
      }),
    );
  });
});
