import { describe, expect, it } from 'vitest';
import { expand } from './template.ts';

describe('expand', () => {
  const facts: Readonly<Record<string, unknown>> = {
    Title: 'Port scan',
    Types: ['a', 'b'],
    Confidence: 7,
    Severity: { Label: 'LOW' },
    Dirty: 'a\u0000b\u202Ec\uD800d\u200Be\nf',
    Smile: '\u{1F600}\u{1F600}',
    Nested: '{{Title}}',
  };
  const fact = (name: string) => facts[name];

  it.each([
    ['{{Title}} seen', 'Port scan seen'],
    ['{{Types}}', 'a, b'],
    ['{{Confidence}}', '7'],
    ['x{{Severity}}y{{Missing}}z', 'xyz'],
    ['{{Dirty}}', 'abcdef'],
    ['{{Nested}}', '{{Title}}'],
    ['line\nkept', 'line\nkept'],
  ])('expands %j', (template, expected) => {
    expect(expand(template, fact)).toBe(expected);
  });

  it('drops a text of which nothing but white space is left', () => {
    expect(expand(' {{Missing}} ', fact)).toBeUndefined();
  });

  it('does not split a surrogate pair at the limit', () => {
    expect(expand('{{Smile}}', fact, 3)).toBe('\u{1F600}');
  });
});
