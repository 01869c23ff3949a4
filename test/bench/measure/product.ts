import type { Finding } from '../../../lib/findings/finding.ts';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../lib/rules/engine/fact.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { forgetRulings } from '../../../lib/triage/repeated-rulings.ts';
import type { BuildMatcher } from '../peers/matcher.ts';
import { IMPORTED } from '../workload/matching.ts';
import { WORKLOAD_NOW } from '../workload/situation.ts';

/** The names the tables use for the product: the whole decision, and the matching within it. */
export const DECIDE = 'securityhub-triage';
export const MATCHING = 'securityhub-triage, matching alone';
export const CANDIDATES = 'securityhub-triage, candidates alone';

/** The product from a finding to its decision: view, matching, merge, ownership, diff. The one that counts. */
export const buildDecide: BuildMatcher = (ruleset) =>
  Object.assign(
    async (finding: Finding) => {
      const { trace } = await decide(finding, IMPORTED, ruleset, WORKLOAD_NOW);
      return trace.flatMap(({ rule, matched }) => (matched ? [rule] : []));
    },
    // Rulings are looked up where a finding cannot be told from an earlier one: not from itself, a pass before.
    { forget: () => forgetRulings(compileRuleset(ruleset)) },
  );

/** Only the question the peers answer: which rules hold. Everything of the product's engine is named here alone. */
export const buildProductMatching: BuildMatcher = (ruleset) => {
  const compiled = compileRuleset(ruleset);
  return async (finding) => {
    const subject = subjectOf(finding, IMPORTED, WORKLOAD_NOW);
    const names: string[] = [];
    for (const { rule, confirm } of compiled.candidatesFor(subject))
      if (await confirm(subject)) names.push(rule.name);
    return names;
  };
};

/** The part of it that comes before json-rules-engine is asked: index and compiled tests. */
export const buildCandidates: BuildMatcher = (ruleset) => {
  const compiled = compileRuleset(ruleset);
  return (finding) =>
    compiled.candidatesFor(subjectOf(finding, IMPORTED, WORKLOAD_NOW)).map(({ rule }) => rule.name);
};
