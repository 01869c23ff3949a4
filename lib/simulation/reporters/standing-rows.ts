import { REPORT_SEVERITIES, type SimulationReport } from '../simulation-report.ts';

/** How many findings stand in one state: as they are, under the base's rules, and under these. */
export interface StandingRow {
  readonly name: string;
  readonly now: number;
  readonly base?: number;
  readonly after: number;
}

/** The statuses of Security Hub in the order of the work; others that findings came with follow by name. */
const WORKFLOW_ORDER = ['NEW', 'NOTIFIED', 'SUPPRESSED', 'RESOLVED'];

export function workflowRows({ standing, figures, comparison }: SimulationReport): readonly StandingRow[] {
  const base = comparison?.base.figures.workflow;
  const seen = [standing.workflow, figures.workflow, base ?? {}].flatMap((counts) => Object.keys(counts));
  const others = [...new Set(seen)].filter((name) => !WORKFLOW_ORDER.includes(name)).sort();
  return [...WORKFLOW_ORDER, ...others].map((name) => ({
    name,
    now: countIn(standing.workflow, name),
    ...(base && { base: countIn(base, name) }),
    after: countIn(figures.workflow, name),
  }));
}

export function severityRows({ standing, figures, comparison }: SimulationReport): readonly StandingRow[] {
  const base = comparison?.base.figures.severity;
  return REPORT_SEVERITIES.map((name) => ({
    name,
    now: standing.severity[name],
    ...(base && { base: base[name] }),
    after: figures.severity[name],
  }));
}

/** What changed for a reviewer: against the base where there is one, else against how the findings stand. */
export function beforeOf({ now, base }: StandingRow): number {
  return base ?? now;
}

/** Names are findings' texts: `constructor` is none that was counted. */
function countIn(counts: Readonly<Record<string, number>>, name: string): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
}
