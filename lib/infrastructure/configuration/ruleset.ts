import { formatDiagnostics } from '../../rules/format-diagnostics.ts';
import { loadRules } from '../../rules/load.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { refuse } from './refusal.ts';

/** The checked rules, for the asset and for what the infrastructure derives; a bad rule stops either with its place. */
export function readRuleset(rulesDir: string): Ruleset {
  const { ruleset, diagnostics, sources } = loadRules(rulesDir);
  if (ruleset !== null) return ruleset;
  return refuse(`\n${formatDiagnostics(diagnostics, { format: 'pretty', cwd: process.cwd(), sources })}`);
}
