/** What every benchmark is run on: with this seed the match rates of rulesets of 10 to 10,000 rules are alike. */
export const WORKLOAD_SEED = 3;
export const FINDINGS_SEED = 6;
export const RULESET_SIZES = [10, 100, 1_000, 10_000] as const;
