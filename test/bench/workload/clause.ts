import type { Condition } from '../../../lib/rules/rule.ts';
import type { Random } from './random.ts';
import { ACCOUNTS, ENVIRONMENTS, REGIONS, SEVERITIES, TAGGED_SHARE } from './world.ts';

/** Conditions that must all hold, and the share of findings for which they do. */
export interface Clause {
  readonly conditions: readonly Condition[];
  readonly share: number;
}

export const leaf = (fact: string, operator: string, value: unknown): Condition => ({
  fact,
  operator,
  value,
});

/** Both clauses at once; right only where they speak of what is drawn independently. */
export function both(left: Clause, right: Clause): Clause {
  return { conditions: [...left.conditions, ...right.conditions], share: left.share * right.share };
}

const LIGHT_ACCOUNTS = 200;

/** A list of accounts that together hold about `share` of the findings: what exceptions mostly are. */
export function accountsClause(random: Random, share: number): Clause {
  const accounts: string[] = [];
  let held = 0;
  const pool = share < SHARE_OF_AN_ACCOUNT ? ACCOUNTS.slice(-LIGHT_ACCOUNTS) : ACCOUNTS;
  for (const { value, weight } of random.sample(pool, pool.length)) {
    if (accounts.length > 0 && held + weight / 2 > share) break;
    accounts.push(value);
    held += weight;
  }
  const [first = ''] = accounts;
  const condition =
    accounts.length === 1
      ? leaf('AwsAccountId', 'equal', first)
      : leaf('AwsAccountId', 'in', accounts.toSorted());
  return { conditions: [condition], share: held };
}

/** Below this share of a clause, one account is too many: a Region goes with it. */
const SHARE_OF_AN_ACCOUNT = 0.004;

/** As many accounts as bring the clause down to `share`; the clause itself where it is already as rare. */
export function narrowedByAccounts(random: Random, clause: Clause, share: number): Clause {
  const wanted = share / clause.share;
  if (wanted > 0.75) return clause;
  if (wanted > SHARE_OF_AN_ACCOUNT) return both(clause, accountsClause(random, wanted));
  const { value, weight } = random.pick(REGIONS);
  const inRegion = both(clause, { conditions: [leaf('Region', 'equal', value)], share: weight });
  return both(inRegion, accountsClause(random, wanted / weight));
}

const MILD = SEVERITIES.slice(0, 3);

/** What a suppressing rule that does not confirm CRITICAL adds. */
export const MILD_SEVERITY: Clause = {
  conditions: [
    leaf(
      'Severity.Label',
      'in',
      MILD.map(({ value }) => value.label),
    ),
  ],
  share: MILD.reduce((sum, { weight }) => sum + weight, 0),
};

export const shareOfEnvironment = (name: string): number =>
  ENVIRONMENTS.find(({ value }) => value === name)?.weight ?? 0;

/** A tag of the resource; only some resources have tags, which the first tag of a rule accounts for. */
export function tagCondition(random: Random, key: string, values: readonly string[]): Condition {
  const fact = `Resources[*].Tags.${key}`;
  const [value = ''] = values;
  if (values.length > 1) return leaf(fact, 'someFact:in', values.toSorted());
  return random.chance(0.5) ? leaf(fact, 'contains', value) : leaf(fact, 'someFact:equal', value);
}

export const TAGGED: Clause = { conditions: [], share: TAGGED_SHARE };
