import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocumentScanner } from '../../../lib/simulation/read/document-scanner.ts';

/**
 * Texts that a scanner could take for brackets, quotes and the member it looks for. No key is a lone backslash: Node
 * 24.21 then reads a later key `"\\""` as one (JSON.parse keeps the keys of objects of the same shape).
 */
const plainValue = fc.jsonValue().filter((one) => !/"[^"]*\\[^"]*":/.test(JSON.stringify(one)));
const value = fc.oneof(
  plainValue,
  fc.dictionary(fc.constantFrom('a', '"', ':', '[', '],"Findings:[', '__proto__'), plainValue),
  fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', '\u202e', '😀') }),
);
const indent = fc.constantFrom(0, 2);
const cut = fc.integer({ min: 1, max: 17 });

function scanned(text: string, pieceBytes: number): { values: unknown[]; fault: string | null } {
  const scanner = createDocumentScanner();
  const bytes = Buffer.from(text);
  const values: unknown[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const { texts, fault } = scanner.scan(bytes.subarray(at, at + pieceBytes));
    for (const found of texts) values.push(JSON.parse(found.toString('utf8')));
    if (fault !== null) return { values, fault };
  }
  return { values, fault: scanner.end() };
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('the values of a document that comes in pieces', () => {
  it('are the elements of a list', () => {
    fc.assert(
      fc.property(fc.array(value), indent, cut, (list, spaces, bytes) => {
        const result = scanned(JSON.stringify(list, null, spaces), bytes);

        expect(result).toEqual({ values: plain(list), fault: null });
      }),
    );
  });

  it('are the findings of an object, whatever stands before and behind them', () => {
    fc.assert(
      fc.property(fc.array(value), value, value, indent, cut, (list, before, after, spaces, bytes) => {
        const text = JSON.stringify({ Before: before, Findings: list, After: after }, null, spaces);

        expect(scanned(text, bytes)).toEqual({ values: plain(list), fault: null });
      }),
    );
  });

  it('are the object itself where it has no findings, and several documents in a row', () => {
    const inner = fc.dictionary(fc.constantFrom('Id', 'Resources', 'detail'), value);
    fc.assert(
      fc.property(fc.array(inner), indent, cut, (objects, spaces, bytes) => {
        const text = objects.map((object) => JSON.stringify(object, null, spaces)).join('\n');

        expect(scanned(text, bytes)).toEqual({ values: plain(objects), fault: null });
      }),
    );
  });

  it('are never more than were whole where the document ends early', () => {
    fc.assert(
      fc.property(fc.array(fc.object(), { minLength: 1 }), fc.nat(), cut, (list, at, bytes) => {
        const text = JSON.stringify(list);
        const result = scanned(text.slice(0, 1 + (at % (text.length - 1))), bytes);

        expect(plain(list)).toEqual(expect.arrayContaining(result.values));
        expect(result.fault).toBe('ends in the middle of a value');
      }),
    );
  });

  it.each([
    ['[1,]', 'has a comma without a value'],
    ['[,1]', 'has a comma without a value'],
    ['[1}', 'closes a list with "}"'],
    [']', 'closes a bracket that is not open'],
    ['finding', 'is not JSON'],
    ['7', 'is not JSON'],
  ])('end at %s: it %s', (text, fault) => {
    expect(scanned(text, 1).fault).toBe(fault);
  });
});
