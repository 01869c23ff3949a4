import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGetter, parsePath } from '../../../lib/findings/path.ts';
import { createWorkspace } from '../../../lib/rules/create-workspace.ts';
import type { Literal } from '../../../lib/rules/meeting/literal.ts';
import { solveClause } from '../../../lib/rules/meeting/solve-clause.ts';
import { createSpace } from '../../../lib/rules/meeting/space.ts';
import { objectOf } from '../../../lib/rules/meeting/write-path.ts';
import { parseSource } from '../../../lib/rules/parse-source.ts';
import type { LeafCondition } from '../../../lib/rules/rule.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const { source } = parseSource({ file: 'x', label: 'x' }, '{}');
const workspace = createWorkspace([
  {
    kind: 'accounts',
    file: 'a',
    label: 'context/accounts.json',
    stem: 'accounts',
    source,
    value: { 111122223333: { env: 'prod' }, 444455556666: { env: 'dev' }, 777788889999: { env: 'dev' } },
  },
]);
const space = createSpace(workspace, NOW);
const FILE = {
  kind: 'rule',
  name: 'x',
  source,
  value: {},
  root: [],
  sites: { nodes: [], leaves: [], references: [] },
} as const;

/** Short texts over two letters meet, begin and end each other often. */
const text = fc.stringMatching(/^[ab]{1,3}$/);
const texts = fc.array(text, { minLength: 1, maxLength: 3 });
const exists = fc.boolean().map((value) => ['exists', value] as const);
const onText = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'equal',
      'notEqual',
      'startsWith',
      'endsWith',
      'includes',
      'not:startsWith',
      'not:endsWith',
    ),
    text,
  ),
  fc.tuple(fc.constantFrom('in', 'notIn', 'someValue:startsWith'), texts),
  exists,
);
const onNumber = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'equal',
      'notEqual',
      'lessThan',
      'lessThanInclusive',
      'greaterThan',
      'greaterThanInclusive',
    ),
    fc.integer({ min: 0, max: 3 }),
  ),
  exists,
);
const onList = fc.oneof(
  fc.tuple(
    fc
      .constantFrom('someFact:', 'everyFact:', 'not:someFact:', 'not:everyFact:')
      .chain((prefix) =>
        fc
          .constantFrom('equal', 'notEqual', 'startsWith', 'not:endsWith')
          .map((operator) => prefix + operator),
      ),
    text,
  ),
  fc.tuple(fc.constantFrom('contains', 'doesNotContain'), text),
  exists,
);
const label = fc.constantFrom('LOW', 'MEDIUM', 'HIGH');
const onSeverity = fc.oneof(
  fc.tuple(fc.constant('Severity.Label'), fc.constantFrom('equal', 'notEqual'), label),
  fc.tuple(
    fc.constant('Severity.Normalized'),
    fc.constantFrom('lessThan', 'greaterThan'),
    fc.constantFrom(0, 1, 40, 70, 90),
  ),
);
const onAccount = fc.oneof(
  fc.tuple(
    fc.constant('AwsAccountId'),
    fc.constantFrom('equal', 'notEqual'),
    fc.constantFrom('111122223333', '444455556666'),
  ),
  fc.tuple(fc.constant('account.env'), fc.constantFrom('equal', 'notEqual'), fc.constantFrom('prod', 'dev')),
);

const literalOn = (leaf: fc.Arbitrary<LeafCondition>) =>
  fc.tuple(leaf, fc.boolean()).map(([leaf, holds]): Literal => ({ leaf, holds, file: FILE, path: [] }));
const of = (fact: string, rest: fc.Arbitrary<readonly [string, unknown]>) =>
  rest.map(([operator, value]): LeafCondition => ({ fact, operator, value }));
const about = (rest: fc.Arbitrary<readonly [string, string, unknown]>) =>
  rest.map(([fact, operator, value]): LeafCondition => ({ fact, operator, value }));
const kinds = [
  of('Region', onText),
  of('Confidence', onNumber),
  of('Types', onList),
  about(onSeverity),
  about(onAccount),
].map(literalOn);
/** Mostly of one kind, for only what is asked of one fact can clash; now and then of all. */
const clauses = fc.oneof(
  ...kinds.map((kind) => fc.array(kind, { minLength: 1, maxLength: 4 })),
  fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 4 }),
);

const word = fc.constantFrom('a', 'b', 'ab', 'ba');
const onTag = fc.tuple(
  fc
    .constantFrom('someFact:', 'everyFact:', 'not:someFact:', 'not:everyFact:')
    .chain((prefix) =>
      fc.constantFrom('equal', 'not:equal', 'startsWith', 'endsWith').map((operator) => prefix + operator),
    ),
  word,
);
const inBlock = fc
  .tuple(
    fc.constantFrom('Tags.k', 'Tags.l'),
    fc.constantFrom('equal', 'notEqual', 'startsWith', 'not:endsWith'),
    word,
  )
  .map(([fact, operator, value]) => ({ fact, operator, value }));
const block = fc
  .tuple(fc.constantFrom('all', 'any'), fc.array(inBlock, { minLength: 1, maxLength: 2 }))
  .map(([member, leaves]) => ({ [member]: leaves }));
const onElements = fc
  .tuple(
    fc.oneof(
      of('Resources[*].Tags.k', onTag),
      of('Resources[*].Tags.k', fc.tuple(fc.constantFrom('contains', 'doesNotContain'), word)),
      of('Resources[*].Tags.k', exists),
      of('Resources[0].Tags.l', fc.tuple(fc.constantFrom('equal', 'notEqual'), word)),
      of('Resources', fc.tuple(fc.constantFrom('anyElement', 'everyElement', 'noElement'), block)),
    ),
    fc.boolean(),
  )
  // A block is looked up in its file, at the place of its comparison.
  .map(([leaf, holds]): Literal => ({ leaf, holds, file: { ...FILE, value: { ...leaf } }, path: [] }));
const TAGS = [undefined, 'a', 'b', 'ab', 'ba', 'aab', 'c'];
const ELEMENTS = TAGS.flatMap((k) => TAGS.map((l) => ({ Id: 'x', Type: 'y', Tags: { k, l } })));
const RESOURCES = [
  ...ELEMENTS.map((element) => [element]),
  ...ELEMENTS.flatMap((one) => ELEMENTS.map((other) => [one, other])),
];

/** Every value of up to four letters, of which one no literal names; the numbers around the limits; small lists. */
const WORDS = allWords(['a', 'b', 'c'], 4);
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Region: [undefined, ...WORDS],
  Confidence: [undefined, -1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4],
};
const LABELS = [undefined, 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const NUMBERS: Readonly<Record<string, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};
const ENVS: Readonly<Record<string, string>> = {
  111122223333: 'prod',
  444455556666: 'dev',
  777788889999: 'dev',
};

describe('whether comparisons can hold on one finding', () => {
  it('is never denied where a value exists, and never claimed without one that the operators confirm', () => {
    fc.assert(
      fc.property(clauses, (clause) => {
        const solution = solveClause(clause, space);

        expect(solution.can).not.toBe('unknown');
        if (solution.can === 'yes') expect(fulfilled(clause, objectOf(solution.values))).toBe(true);
        if (solution.can === 'no') expect(existsByTrying(clause)).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  it('is right about elements too, wherever it claims to know', () => {
    fc.assert(
      fc.property(fc.array(onElements, { minLength: 1, maxLength: 3 }), (clause) => {
        const solution = solveClause(clause, space);

        if (solution.can === 'yes') expect(fulfilled(clause, objectOf(solution.values))).toBe(true);
        if (solution.can === 'no')
          expect(RESOURCES.some((Resources) => fulfilled(clause, { Resources }))).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });
});

function fulfilled(clause: readonly Literal[], finding: Readonly<Record<string, unknown>>): boolean {
  return clause.every(({ leaf, holds }) => space.judge(leaf, read(leaf.fact, finding)) === holds);
}

function read(fact: string, finding: Readonly<Record<string, unknown>>): unknown {
  const { Severity, AwsAccountId } = finding as {
    readonly Severity?: { readonly Label?: string };
    readonly AwsAccountId?: string;
  };
  if (fact === 'Severity.Normalized') return NUMBERS[Severity?.Label ?? ''];
  if (fact === 'account.env') return ENVS[AwsAccountId ?? ''];
  const path = parsePath(fact);
  return path === null ? undefined : compileGetter(path)(finding);
}

/** Facts that do not hang together are tried one by one: some value of each has to do. */
function existsByTrying(clause: readonly Literal[]): boolean {
  const ofFacts = (...facts: readonly string[]) => clause.filter(({ leaf }) => facts.includes(leaf.fact));
  const some = (literals: readonly Literal[], findings: readonly Readonly<Record<string, unknown>>[]) =>
    literals.length === 0 || findings.some((finding) => fulfilled(literals, finding));
  const lists = [
    undefined,
    [],
    ...listsOf(
      WORDS.filter((word) => word.length <= 4),
      ofFacts('Types'),
    ),
  ];
  return (
    some(
      ofFacts('Region'),
      (VALUES.Region ?? []).map((Region) => ({ Region })),
    ) &&
    some(
      ofFacts('Confidence'),
      (VALUES.Confidence ?? []).map((Confidence) => ({ Confidence })),
    ) &&
    some(
      ofFacts('Types'),
      lists.map((Types) => ({ Types })),
    ) &&
    some(
      ofFacts('Severity.Label', 'Severity.Normalized'),
      LABELS.map((Label) => ({ Severity: { Label } })),
    ) &&
    some(
      ofFacts('AwsAccountId', 'account.env'),
      [...Object.keys(ENVS), '000000000000'].map((AwsAccountId) => ({ AwsAccountId })),
    )
  );
}

/** Lists of one element, and of two where two literals may each want their own. */
function listsOf(words: readonly string[], literals: readonly Literal[]): readonly (readonly string[])[] {
  const single = words.map((word) => [word]);
  if (literals.length < 2) return single;
  const short = words.filter((word) => word.length <= 3);
  return [...single, ...short.flatMap((first) => short.map((second) => [first, second]))];
}

function allWords(letters: readonly string[], longest: number): readonly string[] {
  let words = [''];
  const all: string[] = [];
  for (let length = 1; length <= longest; length += 1) {
    words = words.flatMap((word) => letters.map((letter) => word + letter));
    all.push(...words);
  }
  return all;
}
