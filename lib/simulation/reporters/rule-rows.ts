import type { SimulationReport } from '../simulation-report.ts';

/** One rule's reach, under the base where there is one; zero where a ruleset lacks the rule. */
export interface RuleRow {
  readonly rule: string;
  readonly change: 'added' | 'removed' | 'changed' | null;
  readonly matched: { readonly before?: number; readonly after: number };
  readonly decided: { readonly before?: number; readonly after: number };
}

/** Rules that changed first, then those that match most. */
export function ruleRows({ figures, comparison }: SimulationReport): readonly RuleRow[] {
  const after = new Map(figures.byRule.map((row) => [row.rule, row]));
  const before = comparison && new Map(comparison.base.figures.byRule.map((row) => [row.rule, row]));
  const changes = new Map(comparison?.changedRules.map(({ rule, change }) => [rule, change]));
  const names = [...new Set([...changes.keys(), ...after.keys(), ...(before?.keys() ?? [])])];
  const rows = names.map((rule): RuleRow => {
    const [old, own] = [before?.get(rule), after.get(rule)];
    return {
      rule,
      change: changes.get(rule) ?? null,
      matched: { ...(before && { before: old?.matched ?? 0 }), after: own?.matched ?? 0 },
      decided: { ...(before && { before: old?.decided ?? 0 }), after: own?.decided ?? 0 },
    };
  });
  return rows.sort(
    (a, b) =>
      Number(b.change !== null) - Number(a.change !== null) ||
      reachOf(b) - reachOf(a) ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}

function reachOf({ matched }: RuleRow): number {
  return Math.max(matched.before ?? 0, matched.after);
}
