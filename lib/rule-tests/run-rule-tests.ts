import type { Diagnostic } from '../rules/diagnostic.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Source } from '../rules/source.ts';
import { createJudge } from './judge-rule.ts';
import { type Examination, examineCoverage, examineMutants } from './proof.ts';
import type { Proof, RuleResult } from './report.ts';
import type { RuleTest } from './rule-test.ts';
import { type RanCase, runCase } from './run-case.ts';
import { sourceOfRule, weaknessDiagnostics } from './weakness-diagnostics.ts';

export interface RunOptions {
  /** Demand that each condition is seen true and false. */
  readonly coverage: boolean;
  /** Demand that each condition, broken, is noticed. */
  readonly mutate: boolean;
  /** The files of rules and tests, by absolute path. */
  readonly sources: ReadonlyMap<string, Source>;
}

export interface RanTest {
  readonly result: RuleResult;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs the cases of one rule, and looks how much they prove where that is asked for. */
export async function runRuleTest(
  { rule, cases, place }: RuleTest,
  ruleset: Ruleset,
  options: RunOptions,
): Promise<RanTest> {
  const judge = createJudge(rule, ruleset);
  const ran: RanCase[] = [];
  for (const ruleCase of cases) ran.push(await runCase(rule, ruleset, judge, ruleCase));
  const coverage = options.coverage ? examineCoverage(rule, ruleset, ran) : null;
  const mutants = options.mutate ? await examineMutants(rule, ruleset, ran) : null;
  const result = {
    rule: rule.name,
    mode: rule.mode,
    cases: ran.map((entry) => entry.result),
    ...(coverage && { covered: proofOf(coverage) }),
    ...(mutants && { proven: proofOf(mutants) }),
  };
  const weaknesses = [...(coverage?.weaknesses ?? []), ...(mutants?.weaknesses ?? [])];
  const source = place?.source ?? sourceFor(rule, cases[0]?.file, options.sources);
  return { result, diagnostics: source ? weaknessDiagnostics(rule, source, weaknesses, place?.path) : [] };
}

function proofOf({ of, weaknesses }: Examination): Proof {
  const weak = new Set(weaknesses.map(({ leaf }) => JSON.stringify(leaf.at)));
  return { proven: of - weak.size, of };
}

function sourceFor(
  rule: Rule,
  testFile: string | undefined,
  sources: ReadonlyMap<string, Source>,
): Source | undefined {
  return (
    sourceOfRule(rule.name, sources.values()) ?? (testFile === undefined ? undefined : sources.get(testFile))
  );
}
