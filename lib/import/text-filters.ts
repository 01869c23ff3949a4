import { isRefusal, type Refusal } from './remark.ts';
import { noText, someText, type TextComparison, type TextFact } from './text-probes.ts';
import { named, type Probe, type Tree } from './tree.ts';

/** One filter on a text, as Security Hub writes it. `at` is where it looks: filters on maps look at one key each. */
export interface TextFilter {
  readonly at: TextFact;
  readonly comparison: string;
  readonly value: string;
}

const COMPARISONS: Readonly<Record<string, { readonly is: TextComparison; readonly excludes: boolean }>> = {
  EQUALS: { is: 'EQUALS', excludes: false },
  PREFIX: { is: 'PREFIX', excludes: false },
  CONTAINS: { is: 'CONTAINS', excludes: false },
  NOT_EQUALS: { is: 'EQUALS', excludes: true },
  PREFIX_NOT_EQUALS: { is: 'PREFIX', excludes: true },
  NOT_CONTAINS: { is: 'CONTAINS', excludes: true },
};

/**
 * The filters of one criterion: one of those that include, and all of those that exclude. A value that the field never
 * has (`Critical` for CRITICAL) includes nothing and excludes nothing.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 */
export function readTextFilters(name: string, filters: readonly TextFilter[]): readonly Tree[] | Refusal {
  const unknown = filters.find(({ comparison }) => !Object.hasOwn(COMPARISONS, comparison));
  if (unknown !== undefined)
    return {
      refused: `${name} is compared by ${unknown.comparison || 'nothing'}, which is no comparison of these rules.`,
    };
  const including = filters.filter(({ comparison }) => COMPARISONS[comparison]?.excludes === false);
  const excluding = filters.filter(({ comparison }) => COMPARISONS[comparison]?.excludes === true);
  const included = probes(including.filter(canBe), someText);
  if (including.length > 0 && included.length === 0) {
    const values = including.map(({ value }) => JSON.stringify(value)).join(' or ');
    return { refused: `${name} is never ${values}, so the rule matches nothing.` };
  }
  const excluded = probes(excluding.filter(canBe), noText);
  return [
    ...(included.length > 0 ? [named(name, 'any', included)] : []),
    ...(excluded.length > 0 ? [named(`not ${name}`, 'all', excluded)] : []),
  ];
}

/** Several refusals or all trees together. */
export function joined(readings: readonly (readonly Tree[] | Refusal)[]): readonly Tree[] | Refusal {
  const refusal = readings.find((reading) => isRefusal(reading));
  return refusal ?? readings.flatMap((reading) => (isRefusal(reading) ? [] : reading));
}

function canBe({ at, comparison, value }: TextFilter): boolean {
  if (at.enum === undefined) return true;
  const { is } = COMPARISONS[comparison] ?? { is: 'EQUALS' };
  return at.enum.some((text) =>
    is === 'EQUALS' ? text === value : is === 'PREFIX' ? text.startsWith(value) : text.includes(value),
  );
}

/** One comparison for all values that are compared alike. */
function probes(
  filters: readonly TextFilter[],
  make: (at: TextFact, comparison: TextComparison, values: readonly string[]) => Probe,
): readonly Probe[] {
  const alike = Map.groupBy(filters, ({ at, comparison }) => JSON.stringify([at.fact, comparison]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    const is = COMPARISONS[first?.comparison ?? '']?.is;
    if (first === undefined || is === undefined) return [];
    return [make(first.at, is, [...new Set(group.map(({ value }) => value))])];
  });
}
