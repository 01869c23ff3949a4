import { formatDiagnostics } from '../rules/format-diagnostics.ts';
import { type LoadedRules, loadRules } from '../rules/load.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Surface } from '../rules/surface.ts';
import { ProblemsFound } from './problems-found.ts';

/**
 * Loads rules for a command that only needs them: what is wrong is printed to stderr, the surface, as lint would, and
 * ends the command.
 */
export function loadRulesForUse(rulesDir: string, surface: Surface): Ruleset {
  return rulesetForUse(loadRules(rulesDir), surface);
}

/** As `loadRulesForUse`, of rules that were read already. */
export function rulesetForUse({ ruleset, diagnostics, sources }: LoadedRules, surface: Surface): Ruleset {
  if (ruleset !== null) return ruleset;
  const format = process.stderr.isTTY ? 'pretty' : 'compact';
  throw new ProblemsFound(formatDiagnostics(diagnostics, { format, cwd: process.cwd(), sources, surface }));
}
