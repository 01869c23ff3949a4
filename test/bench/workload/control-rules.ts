import type { ListEntry } from '../../../lib/rules/ruleset.ts';
import { accountsClause, both, type Clause, leaf } from './clause.ts';
import { createRandom, type Random } from './random.ts';
import { CONTROLS } from './subjects.ts';
import { ACCOUNTS, FAILED_SHARE } from './world.ts';

const FAILED: Clause = { conditions: [leaf('Compliance.Status', 'equal', 'FAILED')], share: FAILED_SHARE };

const MOST_CONTROLS = 30;
const WEIGHT_OF = new Map(ACCOUNTS.map(({ value, weight }) => [value, weight]));

interface NamedAccounts {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly share: number;
}

/** Account groups from 2 to 150 accounts, kept as lists that rules name. */
const GROUPS: readonly NamedAccounts[] = Array.from({ length: 24 }, (_unused, index) => {
  const random = createRandom(900 + index);
  const size = Math.round(2 * 75 ** (index / 23));
  const members = random.sample(ACCOUNTS, size).map(({ value }) => value);
  return {
    name: `accountGroup${String(index + 1).padStart(2, '0')}`,
    accounts: members.toSorted(),
    share: members.reduce((sum, account) => sum + (WEIGHT_OF.get(account) ?? 0), 0),
  };
});

/** The lists that generated rulesets carry. */
export const ACCOUNT_LISTS: Readonly<Record<string, readonly ListEntry[]>> = Object.fromEntries(
  GROUPS.map(({ name, accounts }) => [name, accounts.map((value) => ({ value }))]),
);

/** "Control X (or some of them) in these accounts": the bulk of every exception register. */
export function controlClause(random: Random, share: number): Clause {
  const findings = random.chance(0.7) ? FAILED : { conditions: [], share: 1 };
  const wanted = share / findings.share;
  const controls = controlsFor(random, wanted / (0.03 + random.next() * 0.45));
  const accounts = wanted / controls.share;
  return both(both(controls, accountCondition(random, accounts)), findings);
}

function controlsFor(random: Random, share: number): Clause {
  const ids: string[] = [];
  let held = 0;
  for (const { id, weight } of random.sample(CONTROLS, MOST_CONTROLS)) {
    if (ids.length > 0 && held >= share) break;
    ids.push(id);
    held += weight;
  }
  const byGenerator = random.chance(0.4);
  const fact = byGenerator ? 'GeneratorId' : 'Compliance.SecurityControlId';
  const values = ids.map((id) => (byGenerator ? `security-control/${id}` : id)).toSorted();
  const condition = values.length === 1 ? leaf(fact, 'equal', values[0]) : leaf(fact, 'in', values);
  return { conditions: [condition], share: held };
}

function accountCondition(random: Random, share: number): Clause {
  if (!random.chance(0.2)) return accountsClause(random, Math.min(share, 0.8));
  const nearest = GROUPS.reduce((best, group) =>
    Math.abs(group.share - share) < Math.abs(best.share - share) ? group : best,
  );
  const value = { fact: `lists.${nearest.name}` };
  return { conditions: [leaf('AwsAccountId', 'in', value)], share: nearest.share };
}
