import { describe, expect, it } from 'vitest';
import { table } from './tables.ts';
import { replaceTables } from './write-markdown.ts';

describe('tables in a document', () => {
  it('replace what stands between their markers and nothing else', () => {
    const document = 'a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb\n';

    const written = replaceTables(document, { x: 'new' });

    expect(written).toBe('a\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nb\n');
    expect(replaceTables(written, { x: 'new' })).toBe(written);
  });

  it.each([
    ['no markers', 'text'],
    ['no end', '<!-- bench:x -->'],
    ['two places', '<!-- bench:x --><!-- /bench:x --><!-- bench:x --><!-- /bench:x -->'],
  ])('are not written into a document with %s', (_what, document) => {
    expect(() => replaceTables(document, { x: 'new' })).toThrow('one pair of markers <!-- bench:x -->');
  });

  it('line up', () => {
    const text = table(['a', 'long title'], [['value', '1']]);

    expect(text).toBe('| a     | long title |\n| ----- | ---------- |\n| value | 1          |');
  });
});
