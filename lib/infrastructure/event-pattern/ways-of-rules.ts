import { type Branch, branchesOf } from '../../rules/engine/candidates/demand.ts';
import { factsOf } from '../../rules/engine/reads.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { type Leaf, leafOfDemand } from './leaf.ts';
import { NEVER } from './matcher.ts';
import { CLOSED_FACTS, createResolver } from './resolve-condition.ts';
import { createShareOf, type ShareOf } from './share.ts';
import { irregularWay, type Way, wayOf } from './way.ts';

/** What one rule asks of the pattern. */
export interface Asked {
  readonly rule: Rule;
  /** None where no event of a finding can meet the rule: it waits for a custom action, or contradicts itself. */
  readonly ways: readonly Way[];
  readonly onAction: boolean;
}

/** What each rule asks for, in winning order, and the findings that have an unknown value where known ones are told. */
export function waysOfRules(ruleset: Ruleset): {
  readonly asked: readonly Asked[];
  readonly irregular: readonly Way[];
  readonly shareOf: ShareOf;
} {
  const resolver = createResolver(ruleset);
  const wanted = ruleset.rules.map((rule) => {
    // Presses of our buttons pass by a branch of their own; no other event reaches such a rule.
    const onAction = [...factsOf(ruleset, [rule])].some((fact) => fact.startsWith('event.'));
    const branches = onAction
      ? []
      : branchesOf(resolver.resolve(rule.conditions), { ...ruleset, conditions: {} });
    return { rule, onAction, ways: branches.filter((branch) => !isImpossible(branch)).map(leavesOf) };
  });
  const shareOf = createShareOf(countAccounts(ruleset, wanted.flatMap(({ ways }) => ways).flat()));
  const asked = wanted.map(({ rule, onAction, ways }) => ({
    rule,
    onAction,
    ways: ways.map((leaves) => wayOf(leaves, [rule.name], shareOf)),
  }));
  const irregular = [...resolver.closed].sort().map((fact) => irregularWay(fact, CLOSED_FACTS[fact] ?? []));
  return { asked, irregular, shareOf };
}

function countAccounts({ accounts }: Ruleset, leaves: readonly Leaf[]): number {
  const named = leaves
    .filter(({ path }) => path === 'AwsAccountId')
    .flatMap(({ matchers }) => [...matchers.keys()]);
  return new Set([...Object.keys(accounts).map((id) => JSON.stringify(id)), ...named]).size;
}

function isImpossible(branch: Branch): boolean {
  return branch.some(({ literals }) => literals.length === 1 && literals[0] === NEVER);
}

function leavesOf(branch: Branch): readonly Leaf[] {
  return branch.map(leafOfDemand).filter((leaf) => typeof leaf !== 'string');
}
