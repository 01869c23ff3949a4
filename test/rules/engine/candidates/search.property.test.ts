import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DemandKind } from '../../../../lib/rules/engine/candidates/demand.ts';
import { fileLiterals, GRAM_LENGTH, searchIn } from '../../../../lib/rules/engine/candidates/search.ts';
import { twist } from '../../../contract/generate/twist.ts';
import { scalar, word } from '../../../contract/generate/words.ts';
import { runs } from '../../../contract/runs.ts';

/** Texts of up to a dozen lengths, some of which begin or end one another or have pieces with one hash. */
const longer = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(''));
const number = fc.oneof(fc.integer({ min: -12, max: 12 }), fc.double({ noNaN: true }));
const filed: Readonly<Record<DemandKind, fc.Arbitrary<unknown>>> = {
  value: scalar,
  prefix: longer.filter((text) => text !== ''),
  suffix: longer.filter((text) => text !== ''),
  part: longer.map((text) => text.padEnd(GRAM_LENGTH, 'AaBBA')),
  atLeast: number,
  atMost: number,
};

const HAS: Readonly<Record<DemandKind, (value: unknown, literal: unknown) => boolean>> = {
  value: (value, literal) => value === literal,
  prefix: (value, literal) => typeof value === 'string' && value.startsWith(String(literal)),
  suffix: (value, literal) => typeof value === 'string' && value.endsWith(String(literal)),
  part: (value, literal) => typeof value === 'string' && value.includes(String(literal)),
  atLeast: (value, literal) => isSize(value) && (value as number) >= (literal as number),
  atMost: (value, literal) => isSize(value) && (value as number) <= (literal as number),
};

describe.each(Object.keys(filed) as DemandKind[])('a search by %s', (kind) => {
  it('finds every literal that is there', () => {
    let there = 0;
    let found = 0;

    fc.assert(
      fc.property(
        fc.array(filed[kind], { minLength: 1, maxLength: 40, size: 'max' }),
        fc.array(
          fc.record({ which: fc.nat(39), how: fc.nat(200), around: fc.array(word, { maxLength: 3 }) }),
          {
            minLength: 1,
            maxLength: 10,
          },
        ),
        (literals, drawn) => {
          const files = fileLiterals(kind, literals, () => ({}));
          for (const { which, how, around } of drawn) {
            const literal = literals[which % literals.length];
            const value = how % 3 === 0 ? twist(literal, how) : surrounded(literal, around, how);

            const entered = new Set<object>();
            searchIn(files.catalogue, value, (group) => entered.add(group));

            for (const [i, one] of literals.entries()) {
              if (!HAS[kind](value, one)) continue;
              expect(entered, `${JSON.stringify(one)} in ${JSON.stringify(value)}`).toContain(
                files.filed[i]?.group,
              );
              there += 1;
            }
            found += entered.size;
          }
        },
      ),
      runs(1_500),
    );

    // More than one a case: most literals that were looked for stood somewhere.
    expect(there).toBeGreaterThan(runs(1_500).numRuns);
    // A search that hands over everything would find all, too.
    expect(found).toBeLessThan(there * 4);
  }, 600_000);

  it('says that a key is all of a literal only where it is', () => {
    fc.assert(
      fc.property(fc.array(filed[kind], { minLength: 1, maxLength: 40, size: 'max' }), (literals) => {
        const files = fileLiterals(kind, literals, () => ({}));

        for (const [i, one] of literals.entries())
          for (const [j, other] of literals.entries()) {
            const [a, b] = [files.filed[i], files.filed[j]];
            // Texts of a part may share a group by the hash of a piece alone: the group says what might be there.
            if (kind !== 'part' && a?.group === b?.group && a?.whole && b?.whole)
              // Not `toBe`, to which 0 and -0 are two.
              expect(one === other, `${JSON.stringify(one)} and ${JSON.stringify(other)}`).toBe(true);
          }
      }),
      runs(300),
    );
  }, 600_000);
});

function isSize(value: unknown): boolean {
  return !Number.isNaN(Number.parseFloat(String(value)));
}

function surrounded(literal: unknown, around: readonly string[], how: number): unknown {
  if (typeof literal !== 'string') return literal;
  const [before = '', after = '', further = ''] = around;
  return [literal, before + literal, literal + after, before + literal + after + further][how % 4];
}
