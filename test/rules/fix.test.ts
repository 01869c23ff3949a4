import { parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../lib/rules/diagnostic.ts';
import { applyFixes, replaceValue, withFix } from '../../lib/rules/fix.ts';

const TEXT = '{\n  // kept as it is\n  "operator": "equals", "priority": 7\n}\n';
const source = { tree: parseTree(TEXT) };

describe('a fix', () => {
  it('puts a text in the place of another and leaves comments and spaces alone', () => {
    const fix = replaceValue(source, ['operator'], 'equal');

    const mended = applyFixes(TEXT, fix === undefined ? [] : [fix]);

    expect(mended).toEqual({ text: TEXT.replace('"equals"', '"equal"'), applied: 1 });
  });

  it('is none where the file has no text at that place', () => {
    expect(replaceValue(source, ['priority'], 'x')).toBeUndefined();
    expect(replaceValue(source, ['missing'], 'x')).toBeUndefined();
    expect(replaceValue({ tree: undefined }, ['operator'], 'x')).toBeUndefined();
  });

  it('leaves one that overlaps an earlier one for another round', () => {
    const first = [{ offset: 0, length: 3, content: 'A' }];
    const overlapping = [{ offset: 2, length: 2, content: 'B' }];
    const apart = [{ offset: 5, length: 1, content: 'C' }];

    expect(applyFixes('0123456', [first, overlapping, apart])).toEqual({ text: 'A34C6', applied: 2 });
  });

  it('is added to a diagnostic only where there is one', () => {
    const diagnostic = { code: 'TR102' } as Diagnostic;

    expect(withFix(diagnostic, undefined)).toBe(diagnostic);
    expect(withFix(diagnostic, [])).toEqual({ code: 'TR102', fix: [] });
  });
});
