import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../lib/findings/canonical-json.ts';
import type { Rule } from '../../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';
import { both, type Clause, MILD_SEVERITY } from './clause.ts';
import { ACCOUNT_LISTS, controlClause } from './control-rules.ts';
import { nestedClause } from './nested-rules.ts';
import { createRandom, type Random } from './random.ts';
import { resourceClause } from './resource-rules.ts';
import { ruleUpdate } from './rule-update.ts';
import { scoreClause } from './score-rules.ts';
import { tagClause } from './tag-rules.ts';

/** Matches a finding has on average, whatever the number of rules; about a third of the findings match then. */
const MATCHES_PER_FINDING = 0.43;
/** No rule is meant to match more than this share of the findings. */
const LARGEST_SHARE = 0.07;

export const RULE_KINDS = ['control', 'resource', 'tag', 'score', 'nested'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Of 20 rules: 40 % on controls, 20 on resource ids, 15 on tags, 15 on numbers, 10 nested; mixed, so that 10 have all. */
const KIND_CYCLE: readonly RuleKind[] = (
  'control resource control tag score control nested control resource tag ' +
  'control score control resource control tag control score resource nested'
).split(' ') as RuleKind[];

const CLAUSES: Readonly<Record<RuleKind, (random: Random, share: number) => Clause>> = {
  control: controlClause,
  resource: resourceClause,
  tag: tagClause,
  score: scoreClause,
  nested: nestedClause,
};

/**
 * `count` rules that pass every check of loading; the same for the same seed. The match rate does not depend on
 * `count`: more rules are rarer rules, as in an organization whose exceptions grow. Some rules match much, most little.
 */
export function generateRuleset(seed: number, count: number): Ruleset {
  const random = createRandom(seed * 7_919 + count);
  const parts = Array.from({ length: count }, () => Math.exp(normal(random)));
  let partsLeft = parts.reduce((sum, part) => sum + part, 0);
  let sharesLeft = MATCHES_PER_FINDING;
  const rules = parts.map((part, index) => {
    // What earlier rules missed of their shares is made up for by later ones.
    const share = Math.min(LARGEST_SHARE, (sharesLeft * part) / partsLeft);
    const made = ruleOf(random, index, share);
    partsLeft -= part;
    sharesLeft = Math.max(0, sharesLeft - made.share);
    return made.rule;
  });
  const content = {
    rules: rules.sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1)),
    conditions: {},
    lists: ACCOUNT_LISTS,
    accounts: {},
    config: DEFAULT_CONFIG,
  };
  const version = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 12);
  return { ...content, version };
}

function ruleOf(
  random: Random,
  index: number,
  share: number,
): { readonly rule: Rule; readonly share: number } {
  const kind = KIND_CYCLE[index % KIND_CYCLE.length] ?? 'control';
  const number = String(index + 1).padStart(5, '0');
  const { params, members, sparesGrave } = ruleUpdate(random, `SEC-${number}`);
  const spared = sparesGrave ? MILD_SEVERITY : { conditions: [], share: 1 };
  const clause = both(CLAUSES[kind](random, share / spared.share), spared);
  const rule: Rule = {
    name: `${kind}-${number}`,
    owner: '@acme/secops',
    reason: `Exception SEC-${number} of the register.`,
    mode: 'enforce',
    priority: 1 + random.int(900),
    conditions: { all: clause.conditions },
    event: { type: 'update', params },
    ...members,
  };
  return { rule, share: clause.share };
}

/** A number of the standard normal distribution (Box–Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
