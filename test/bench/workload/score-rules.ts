import { both, type Clause, leaf, narrowedByAccounts } from './clause.ts';
import type { Random } from './random.ts';
import { subjectShare } from './subjects.ts';
import { PACKAGES, type Product, SEVERITIES, shareBelowEpss } from './world.ts';

/** "Vulnerabilities nobody exploits", "the product's low findings": numbers, severities and EPSS scores. */
export function scoreClause(random: Random, share: number): Clause {
  return random.chance(0.7) ? vulnerabilities(random, share) : severities(random, share);
}

const INSPECTOR: Clause = {
  conditions: [leaf('ProductName', 'equal', 'Inspector')],
  share: subjectShare(({ product }) => product === 'Inspector'),
};
/** Half of the rules do not say what only Inspector's findings have anyway. */
const IMPLIED: Clause = { conditions: [], share: INSPECTOR.share };

function vulnerabilities(random: Random, share: number): Clause {
  let clause = both(random.chance(0.5) ? INSPECTOR : IMPLIED, epssClause(random));
  if (share < clause.share / 2 && random.chance(share < clause.share / 200 ? 1 : 0.6))
    clause = both(clause, packagesClause(random, share / clause.share));
  if (share < clause.share / 2 && random.chance(0.3)) clause = both(clause, cvssClause(random));
  return narrowedByAccounts(random, clause, share);
}

function epssClause(random: Random): Clause {
  const score = Number((0.001 + random.next() ** 2 * 0.6).toFixed(4));
  const fact = 'Vulnerabilities[*].EpssScore';
  return random.chance(0.8)
    ? { conditions: [leaf(fact, 'someFact:lessThan', score)], share: shareBelowEpss(score) }
    : {
        conditions: [leaf(fact, 'everyFact:greaterThanInclusive', score)],
        share: 1 - shareBelowEpss(score),
      };
}

function packagesClause(random: Random, share: number): Clause {
  const count = Math.min(8, Math.max(1, Math.round(share * PACKAGES.length)));
  const names = random.sample(PACKAGES, count);
  const fact = 'Vulnerabilities[*].VulnerablePackages[*].Name';
  const condition =
    names.length === 1 ? leaf(fact, 'contains', names[0]) : leaf(fact, 'someFact:in', names.toSorted());
  return { conditions: [condition], share: count / PACKAGES.length };
}

function cvssClause(random: Random): Clause {
  const least = 3 + random.int(5);
  return {
    conditions: [leaf('Vulnerabilities[*].Cvss[*].BaseScore', 'someFact:greaterThanInclusive', least)],
    share: (10 - least) / 9,
  };
}

const SCORED: readonly Product[] = ['GuardDuty', 'Inspector', 'Security Hub', 'Macie', 'Prowler'];

function severities(random: Random, share: number): Clause {
  const product = random.pick(SCORED);
  const most = random.pick([0, 1, 40, 70]);
  const below = SEVERITIES.filter(({ value }) => value.normalized <= most);
  const clause = {
    conditions: [
      leaf('ProductName', 'equal', product),
      leaf('Severity.Normalized', 'lessThanInclusive', most),
    ],
    share:
      subjectShare((subject) => subject.product === product) *
      below.reduce((sum, { weight }) => sum + weight, 0),
  };
  return narrowedByAccounts(random, clause, share);
}
