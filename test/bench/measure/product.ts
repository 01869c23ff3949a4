import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import type { BuildMatcher } from '../peers/matcher.ts';
import { IMPORTED } from '../workload/matching.ts';
import { WORKLOAD_NOW } from '../workload/situation.ts';

/** The names the tables use for the product: the whole decision, and the matching within it. */
export const DECIDE = 'securityhub-triage';
export const MATCHING = 'securityhub-triage, matching alone';

/** The product from a finding to its decision: view, matching, merge, ownership, diff. The one that counts. */
export const buildDecide: BuildMatcher = (ruleset) => async (finding) => {
  const { trace } = await decide(finding, IMPORTED, ruleset, WORKLOAD_NOW);
  return trace.flatMap(({ rule, matched }) => (matched ? [rule] : []));
};

/** Only the question the peers answer: which rules hold. Everything of the product's engine is named here alone. */
export const buildProductMatching: BuildMatcher = (ruleset) => {
  const compiled = compileRuleset(ruleset, WORKLOAD_NOW);
  return async (finding) => {
    const almanac = compiled.almanacFor({ view: finding, event: IMPORTED });
    const names: string[] = [];
    for (const { rule, judge } of compiled.rules) if ((await judge(almanac)).matched) names.push(rule.name);
    return names;
  };
};
