import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRule, ruleOn } from './rules-folder.ts';

const BASE = {
  ...ruleOn(
    { name: 'a', fact: 'AwsAccountId', operator: 'in', value: { fact: 'lists.ciAccounts' } },
    {
      any: [
        { fact: 'Types', operator: 'someFact:startsWith', value: 'TTPs' },
        { not: { condition: 'shared' } },
      ],
    },
    {
      fact: 'Resources',
      operator: 'anyElement',
      value: { all: [{ fact: 'Tags.env', operator: 'equal', value: 'dev' }] },
    },
    { fact: 'Severity.Label', operator: 'in', value: ['LOW', 'MEDIUM'] },
  ),
  expires: '2027-01-31',
  overwrite: ['Severity'],
  event: {
    type: 'update',
    params: {
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'In {{AwsAccountId}}' },
      UserDefinedFields: { reason: 'x' },
      Types: ['TTPs/Discovery'],
    },
  },
};
const SHARED = {
  'conditions/shared.json': { condition: { all: [{ fact: 'Title', operator: 'glob', value: 'a*' }] } },
};

/** A fixed seed: the same 300 cases on every machine. */
const RUNS = { numRuns: 300, seed: 20260601 };

/** Values that mutations put in place of others: wrong kinds, and words that mean something elsewhere in a rule. */
const WORDS = [
  '',
  'all',
  'any',
  'not',
  'condition',
  'fact',
  'value',
  'equal',
  'in',
  'not:',
  'swap:in',
  'matches',
  '(',
  '{{',
  '{{Title}}',
  'lists.ciAccounts',
  'Resources[*]',
  'Types',
  'never',
  'SUPPRESSED',
  '__proto__',
  'anyElement',
  '\u0000',
];
const replacement = fc.oneof(
  fc.constantFrom<unknown>(...WORDS),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>([], {}, null, 0, -1, Number.MAX_VALUE, true, { fact: 'Title' }, { all: [] }, [[]]),
);

const mutation = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'rename'),
  word: fc.constantFrom(...WORDS),
  value: replacement,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

describe('loading whatever is in a rule file', () => {
  it('never throws, and either yields a ruleset or says why not', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const mutated = mutations.reduce<unknown>(mutate, structuredClone(BASE));

        const { ruleset, diagnostics } = loadRule(JSON.stringify(mutated) ?? '', SHARED);

        expect(ruleset === null).toBe(diagnostics.length > 0);
      }),
      RUNS,
    );
  });

  it('never throws on broken text', () => {
    const text = JSON.stringify(BASE, null, 1);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(20),
        fc.string({ maxLength: 5, unit: 'binary' }),
        (at, cut, put) => {
          const { ruleset, diagnostics } = loadRule(text.slice(0, at) + put + text.slice(at + cut), SHARED);

          expect(ruleset === null).toBe(diagnostics.length > 0);
        },
      ),
      RUNS,
    );
  });

  it('accepts the rule that is mutated', () => {
    expect(loadRule(BASE, SHARED).diagnostics).toEqual([]);
  });
});

/** Changes one member somewhere in a JSON value. */
function mutate(root: unknown, { where, how, word, ...drawn }: Mutation): unknown {
  // A drawn constant is shared between cases: one must not find what another put into it.
  const value = structuredClone(drawn.value);
  const places = placesIn(root);
  const place = places[where % Math.max(1, places.length)];
  if (place === undefined) return value;
  const { parent, key } = place;
  if (how === 'replace') parent[key] = value;
  else if (how === 'remove' && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (how === 'remove') delete parent[key];
  else if (how === 'add' && !Array.isArray(parent)) parent[word] = value;
  else if (!Array.isArray(parent)) {
    parent[word] = parent[key];
    delete parent[key];
  }
  return root;
}

function placesIn(
  value: unknown,
): readonly { readonly parent: Record<string, unknown>; readonly key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesIn(parent[key])]);
}
