import type { Shortfall } from './shortfall.ts';

export interface JudgedRule {
  readonly rule: string;
  /** In force, asked, and not matching. */
  readonly isMiss: boolean;
  readonly shortfall: Shortfall;
}

/** How many rules compare a fact, and with how many of them the finding agrees. */
interface Agreement {
  readonly asked: number;
  readonly fitting: number;
}

const PRODUCT_FACTS: readonly string[] = ['ProductName', 'ProductArn'];

/**
 * The rule in force that the finding comes closest to. A comparison that fits speaks for its rule the more, the fewer
 * other rules' comparisons of the same fact fit; one that fails speaks against it the more, the more of them fit. So
 * `RecordState`, which nearly every rule reads alike, brings no rule close, and missing it takes one far. Rules of other
 * products are not close, nor those that more speaks against: then there is none. The first of equals.
 */
export function closestMissOf(rules: readonly JudgedRule[]): string | null {
  const agreements = agreementsOf(rules);
  const leads = rules
    .filter(({ isMiss, shortfall }) => isMiss && !isOfOtherProduct(shortfall))
    .map(({ rule, shortfall }) => ({ rule, lead: leadOf(shortfall, agreements) }))
    .filter(({ lead }) => lead > 0);
  // Sorting keeps the winning order among equals.
  return leads.sort((a, b) => b.lead - a.lead)[0]?.rule ?? null;
}

function isOfOtherProduct({ failing }: Shortfall): boolean {
  return failing.some(({ fact }) => PRODUCT_FACTS.includes(fact));
}

function agreementsOf(rules: readonly JudgedRule[]): ReadonlyMap<string, Agreement> {
  const agreements = new Map<string, Agreement>();
  for (const { fact, fits } of rules.flatMap(({ shortfall }) => shortfall.needed)) {
    const { asked, fitting } = agreements.get(fact) ?? { asked: 0, fitting: 0 };
    agreements.set(fact, { asked: asked + 1, fitting: fitting + (fits ? 1 : 0) });
  }
  return agreements;
}

function leadOf({ needed }: Shortfall, agreements: ReadonlyMap<string, Agreement>): number {
  const lead = needed.reduce((sum, { fact, fits }) => {
    const { asked, fitting } = agreements.get(fact) ?? { asked: 1, fitting: 0 };
    return sum + (fits ? 1 - (fitting - 1) / asked : -1 - fitting / asked);
  }, 0);
  // Rounded, so that sums of the same parts in another order stay equal.
  return Number(lead.toFixed(6));
}
