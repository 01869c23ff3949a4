import type { Finding } from '../../../lib/findings/finding.ts';
import { type CompiledRule, compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { type Subject, subjectOf } from '../../../lib/rules/engine/fact.ts';
import { decide } from '../../../lib/triage/decide.ts';
import type { Decision } from '../../../lib/triage/decision.ts';
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
    (finding: Finding) => {
      const decided = decide(finding, IMPORTED, ruleset, WORKLOAD_NOW);
      return decided instanceof Promise ? decided.then(rulesOf) : rulesOf(decided);
    },
    // Rulings are looked up where a finding cannot be told from an earlier one: not from itself, a pass before.
    { forget: () => forgetRulings(compileRuleset(ruleset)) },
  );

function rulesOf({ trace }: Decision): readonly string[] {
  return trace.flatMap(({ rule, matched }) => (matched ? [rule] : []));
}

/** Only the question the peers answer: which rules hold. Everything of the product's engine is named here alone. */
export const buildProductMatching: BuildMatcher = (ruleset) => {
  const compiled = compileRuleset(ruleset);
  return (finding) => {
    const subject = subjectOf(finding, IMPORTED, WORKLOAD_NOW);
    const candidates = compiled.candidatesFor(subject);
    return candidates.length === 0 ? [] : confirmed(candidates, subject);
  };
};

async function confirmed(candidates: readonly CompiledRule[], subject: Subject): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { rule, confirm } of candidates) if (await confirm(subject)) names.push(rule.name);
  return names;
}

/** The part of it that comes before json-rules-engine is asked: index and compiled tests. */
export const buildCandidates: BuildMatcher = (ruleset) => {
  const compiled = compileRuleset(ruleset);
  return (finding) =>
    compiled.candidatesFor(subjectOf(finding, IMPORTED, WORKLOAD_NOW)).map(({ rule }) => rule.name);
};
