import { loadRulesetOrThrow } from '../rules/load.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { refuse } from './refusal.ts';

/** The checked rules, for what the infrastructure derives from them; a bad rule stops synthesis before anything else. */
export function readRuleset(rulesDir: string): Ruleset {
  try {
    return loadRulesetOrThrow(rulesDir);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
