import { describe, expect, it } from 'vitest';
import { fittedColumns } from '../../lib/rules/fitted-columns.ts';

describe('columns that have to fit', () => {
  it('stand under each other, whole where there is room', () => {
    expect(
      fittedColumns([
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'cc'],
      ]),
    ).toEqual(['a    bb  c', 'aaa  b   cc']);
  });

  it('lose the middle of the widest column first', () => {
    const rows = [
      ['name', 'in ["111122223333","444455556666"]'],
      ['other', 'equal "LOW"'],
    ];

    expect(fittedColumns(rows, 23)).toEqual(['name   in ["111…56666"]', 'other  equal "LOW"']);
  });

  it('stay legible in a terminal too narrow for them', () => {
    expect(fittedColumns([['abcdefghijkl', '0123456789']], 4)).toEqual(['abcd…jkl  0123…789']);
  });

  it('cut no pair of surrogates in half', () => {
    expect(fittedColumns([['😀'.repeat(9)]], 8)[0]).toMatch(/^(?:😀)+…(?:😀)+$/u);
  });
});
