import type { Condition } from '../../../lib/rules/rule.ts';
import { type Clause, narrowedByAccounts, shareOfEnvironment, TAGGED, tagCondition } from './clause.ts';
import type { Random } from './random.ts';
import { APPLICATIONS, COST_CENTRES, costCentre, ENVIRONMENTS, TEAMS } from './world.ts';

/** "What carries these tags": team, application, environment or cost centre of the resource. */
export function tagClause(random: Random, share: number): Clause {
  const wanted = share / TAGGED.share;
  const first = random.chance(0.4) ? costCentres(random, wanted) : teams(random, wanted);
  const conditions: Condition[] = [...first.conditions];
  let held = first.share * TAGGED.share;
  const environment = random.pick(ENVIRONMENTS).value;
  if (share < held * shareOfEnvironment(environment) * 1.5) {
    conditions.push(tagCondition(random, 'env', [environment]));
    held *= shareOfEnvironment(environment);
  }
  if (share < (held / APPLICATIONS.length) * 1.5 * 3) {
    const count = Math.max(1, Math.round((share / held) * APPLICATIONS.length));
    conditions.push(tagCondition(random, 'app', random.sample(APPLICATIONS, count)));
    held *= count / APPLICATIONS.length;
  }
  return narrowedByAccounts(random, { conditions, share: held }, share);
}

function teams(random: Random, share: number): Clause {
  const count = Math.min(15, Math.max(1, Math.round(share * TEAMS.length)));
  return {
    conditions: [tagCondition(random, 'team', random.sample(TEAMS, count))],
    share: count / TEAMS.length,
  };
}

function costCentres(random: Random, share: number): Clause {
  const count = Math.min(20, Math.max(1, Math.round(share * COST_CENTRES)));
  const from = random.int(COST_CENTRES - count);
  const values = Array.from({ length: count }, (_unused, index) => costCentre(from + index));
  return { conditions: [tagCondition(random, 'costCenter', values)], share: count / COST_CENTRES };
}
