import { formatDiagnostics } from '../rules/format-diagnostics.ts';
import { loadRules } from '../rules/load.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Surface } from '../rules/surface.ts';
import { ProblemsFound } from './problems-found.ts';

/**
 * Loads rules for a command that only needs them: what is wrong is printed to stderr, the surface, as lint would, and
 * ends the command.
 */
export function loadRulesForUse(rulesDir: string, surface: Surface): Ruleset {
  const { ruleset, diagnostics, sources } = loadRules(rulesDir);
  if (ruleset !== null) return ruleset;
  const format = process.stderr.isTTY ? 'pretty' : 'compact';
  throw new ProblemsFound(formatDiagnostics(diagnostics, { format, cwd: process.cwd(), sources, surface }));
}
