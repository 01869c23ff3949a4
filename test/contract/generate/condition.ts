import fc from 'fast-check';
import type { DecoratorName } from '../../../lib/rules/operators.ts';
import type { Condition, LeafCondition } from '../../../lib/rules/rule.ts';
import {
  type Comparison,
  type Drawn,
  decorated,
  decorators,
  type PlainOperator,
  plainComparison,
  plainOperators,
} from './comparison.ts';
import {
  ELEMENT_FACTS,
  INNER_FACTS,
  INNER_LIST_FACTS,
  LIST_FACTS,
  LIST_NAMES,
  LISTS,
  ODD_FACTS,
  SINGLE_FACTS,
} from './surroundings.ts';
import { elementMeeting, intend } from './wishes.ts';
import { word } from './words.ts';

/** Where a condition stands: in a rule, or in a block on the elements of a list. */
interface Place {
  readonly single: readonly string[];
  readonly lists: readonly string[];
  readonly elements: readonly string[];
  readonly odd: readonly string[];
  /** How deep groups may nest from here. */
  readonly depth: number;
  /** Names of conditions that may be used. */
  readonly names: readonly string[];
  /** Only comparisons that an index can look up. */
  readonly keyed?: boolean;
}

/** A condition of a rule, its groups at most `depth` deep; `names` of shared conditions may be used in it. */
export function conditionOf(depth: number, names: readonly string[]): fc.Arbitrary<Condition> {
  return groupAt({ ...PLACE, depth, names });
}

const PLACE = { single: SINGLE_FACTS, lists: LIST_FACTS, elements: ELEMENT_FACTS, odd: ODD_FACTS };

/**
 * A condition as people write most: some comparison, or one of several, that few findings meet, and further ones. Here
 * an index has a say, and can lose a rule.
 */
export function keyedConditionOf(depth: number, names: readonly string[]): fc.Arbitrary<Condition> {
  const key = leafAt({ ...PLACE, depth: 0, names: [], keyed: true });
  const one = fc.oneof(
    { weight: 3, arbitrary: key },
    { weight: 1, arbitrary: fc.array(key, { minLength: 2, maxLength: 14 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: fc.array(key, { minLength: 1, maxLength: 3 }).map((all) => ({ all })) },
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(one).map((all) => ({ all })) },
    { weight: 2, arbitrary: fc.tuple(one, conditionOf(depth, names)).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.tuple(one, one).map((any) => ({ any })) },
  );
}

/** A condition whose opposite demands something. */
export const negative: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom(...SINGLE_FACTS), fc.constantFrom('notEqual', 'not:equal', 'not:startsWith'), word)
  .map(([fact, operator, value]) => ({
    all: [intend({ fact, operator, value }, (wanted) => [{ fact, value: wanted ? `x${value}` : value }])],
  }));

/**
 * That an expression of texts and gaps is not matched, met by the same texts with nothing in the gaps: whether a gap may
 * be empty is what is read wrongly most easily, and shows under a negation alone.
 */
export const ungapped: fc.Arbitrary<Condition> = fc
  .record({
    fact: fc.constantFrom('Title', 'GeneratorId', 'Resources[0].Id'),
    texts: fc.array(fc.constantFrom('ab', 'abcde', 'arn:aws:', 'x'), { minLength: 2, maxLength: 3 }),
    gap: fc.constantFrom('.+', '.+', '.*', '.', '[a-c]+', '.+?', 'b*'),
    how: fc.constantFrom('group', 'not:matches', 'someFact:not:matches'),
  })
  .map(({ fact, texts, gap, how }) => {
    const isGroup = how === 'group';
    const leaf = {
      fact: how === 'someFact:not:matches' ? 'Types' : fact,
      operator: isGroup ? 'matches' : how,
      value: texts.join(gap),
    };
    const intended = intend(leaf, (wanted) => {
      // What a group turns round is wished for the other way round.
      const text = wanted === isGroup ? texts.join('b') : texts.join('');
      return [{ fact: leaf.fact, value: leaf.fact === 'Types' ? [text] : text }];
    });
    return isGroup ? { all: [{ not: intended }] } : { all: [intended] };
  });

const BLOCK: Place = {
  single: INNER_FACTS,
  lists: INNER_LIST_FACTS,
  elements: ['Parts'],
  odd: ['Missing', '["Id"]', 'Names[0]', 'Tags'],
  depth: 2,
  names: [],
};

/** What a rule may have at its root: a group or a shared condition, never a comparison alone. */
function groupAt(place: Place): fc.Arbitrary<Condition> {
  const inner = place.depth <= 1 ? leafAt(place) : conditionAt({ ...place, depth: place.depth - 1 });
  const several = fc.oneof(
    { weight: 30, arbitrary: fc.array(inner, { minLength: 1, maxLength: place.depth > 2 ? 3 : 4 }) },
    { weight: 1, arbitrary: fc.constant<Condition[]>([]) },
    // Many ways to hold, of one fact or of several.
    { weight: 2, arbitrary: fc.array(inner, { minLength: 4, maxLength: 8 }) },
  );
  return fc.oneof(
    { weight: 6, arbitrary: several.map((all) => ({ all })) },
    { weight: 4, arbitrary: several.map((any) => ({ any })) },
    { weight: 2, arbitrary: inner.map((not) => ({ not })) },
    ...(place.names.length === 0
      ? []
      : [
          { weight: 1, arbitrary: fc.constantFrom(...place.names).map((condition) => ({ condition })) },
          {
            // Under `not` what is shared could demand something: in blocks, which know one name, it must not.
            weight: Math.ceil(8 / place.names.length),
            arbitrary: fc.constantFrom(...place.names).map((name) => ({ not: { condition: name } })),
          },
        ]),
  );
}

function conditionAt(place: Place): fc.Arbitrary<Condition> {
  return fc.oneof({ weight: 3, arbitrary: leafAt(place) }, { weight: 2, arbitrary: groupAt(place) });
}

function leafAt(place: Place): fc.Arbitrary<LeafCondition> {
  return fc.oneof(
    { weight: 9, arbitrary: comparisonAt(place) },
    ...(place.depth > 0 ? [{ weight: 1, arbitrary: elementsAt(place) }] : []),
  );
}

/** How the rule writes its value: itself, a list, or another fact. */
const form = fc.oneof(
  { weight: 16, arbitrary: fc.constant('literal' as const) },
  { weight: 6, arbitrary: fc.constant('list' as const) },
  { weight: 1, arbitrary: fc.constant('fact' as const) },
);
type Decorated = readonly [readonly DecoratorName[], PlainOperator];
/** What an index can look up, mostly. */
const keyed: fc.Arbitrary<Decorated> = fc.tuple(
  fc.constantFrom<readonly DecoratorName[]>(
    [],
    [],
    ['someFact'],
    ['someValue'],
    ['someFact', 'someValue'],
    ['everyFact'],
  ),
  fc.constantFrom(
    'equal',
    'in',
    'contains',
    'startsWith',
    'endsWith',
    'includes',
    'matches',
    'glob',
    'equalsIgnoreCase',
    'inCidr',
    'greaterThan',
    'lessThanInclusive',
    'after',
    'olderThanDays',
  ),
);
const operator: fc.Arbitrary<Decorated> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(decorators, fc.constantFrom(...plainOperators)) },
  { weight: 1, arbitrary: keyed },
);

const UNFIT: readonly unknown[] = [5, 'a', null, {}, true];

function comparisonAt(place: Place): fc.Arbitrary<LeafCondition> {
  return (place.keyed === true ? keyed : operator).chain(([outer, base]) => {
    const name = [...outer, base].join(':');
    const comparison = decorated(outer, plainComparison(base));
    return fc
      .tuple(comparison.literal, form, fc.nat(200), fc.nat(200), fc.nat(9))
      .map(([drawn, written, n, which, wild]) => {
        // Sometimes what the operator cannot take: then the engine throws, or nothing holds.
        const literal = wild === 9 && n % 8 === 0 ? UNFIT[which % UNFIT.length] : drawn;
        const fact = factFor(place, comparison.yes(literal, n), which, wild === 0);
        if (written === 'list' && Array.isArray(literal)) return ofList(name, comparison, fact, which);
        if (written === 'fact' && wild < 5)
          return ofFact(name, comparison, fact, literal, place.single[n % place.single.length] ?? fact);
        return intend({ fact, operator: name, value: literal }, (wanted, m) => [
          { fact, value: wanted ? comparison.yes(literal, m) : comparison.no(literal, m) },
        ]);
      });
  });
}

function factFor(place: Place, value: Drawn, which: number, wild: boolean): string {
  const known = Array.isArray(value) ? place.lists : place.single;
  const facts = wild ? [...place.odd, ...place.lists, ...place.single] : known;
  return facts[which % facts.length] ?? 'Title';
}

function ofList(operator: string, { yes, no }: Comparison, fact: string, which: number): LeafCondition {
  const list = LIST_NAMES[which % LIST_NAMES.length] ?? 'words';
  const entries = (LISTS[list] ?? []).map(({ value }) => value);
  return intend({ fact, operator, value: { fact: `lists.${list}` } }, (wanted, n) => [
    { fact, value: wanted ? yes(entries, n) : no(entries, n) },
  ]);
}

function ofFact(
  operator: string,
  { yes, no }: Comparison,
  fact: string,
  literal: unknown,
  other: string,
): LeafCondition {
  return intend({ fact, operator, value: { fact: other } }, (wanted, n) => [
    { fact: other, value: literal },
    { fact, value: wanted ? yes(literal, n) : no(literal, n) },
  ]);
}

/** A block on elements, within which blocks on their own elements may stand. */
function elementsAt({ elements, depth, names }: Place): fc.Arbitrary<LeafCondition> {
  // In blocks shared conditions never hold; loading refuses them.
  const block = groupAt({
    ...BLOCK,
    names: names.slice(0, 1),
    depth: Math.min(depth, BLOCK.depth) - (elements === BLOCK.elements ? 1 : 0),
  });
  return fc
    .tuple(
      fc.constantFrom(
        'anyElement',
        'anyElement',
        'everyElement',
        'everyElement',
        'noElement',
        'not:anyElement',
        'not:noElement',
      ),
      fc.constantFrom(...elements),
      block,
    )
    .map(([operator, fact, value]) => {
      const negative = operator === 'noElement' || operator === 'not:anyElement';
      return intend({ fact, operator, value }, (wanted, n) => {
        const good = elementMeeting(value, true, n);
        const bad = elementMeeting(value, false, n);
        if (negative) return [{ fact, value: wanted ? [bad] : [bad, good] }];
        if (operator === 'everyElement') return [{ fact, value: wanted ? [good, good] : [good, bad] }];
        return [{ fact, value: wanted ? [bad, good] : [bad] }];
      });
    });
}
