import type { Ruleset } from '../../rules/ruleset.ts';
import { changedRules } from '../changed-rules.ts';
import { CHANGE_KINDS } from '../compare.ts';
import type { ChangeKind, Comparison, CountsBySeverity, SimulationReport } from '../simulation-report.ts';
import { bySeverity, countBy, countWhere, figuresOf, recordOf } from './figures.ts';
import { flatMapped } from './flat-mapped.ts';
import type { Counted } from './tally.ts';

/** The rules that findings are compared with. */
export interface BaseRuleset {
  readonly ref: string;
  readonly commit: string;
  readonly ruleset: Ruleset;
}

/** What a report is told of beside the counts. */
export interface ReportContext {
  readonly ruleset: Ruleset;
  readonly base: BaseRuleset | null;
  readonly nowMs: number;
  readonly partial: boolean;
}

/** Puts counts into the report that all formats tell. */
export function reportOf(counted: Counted, context: ReportContext): SimulationReport {
  const { verdicts, calls } = counted;
  const { ruleset, base, nowMs, partial } = context;
  return {
    version: 1,
    now: new Date(nowMs).toISOString(),
    findings: inputOf(counted),
    figures: figuresOf(
      namesOf(ruleset),
      flatMapped(verdicts, ([{ ruled }, findings]) => [[ruled, findings] as const]),
      calls,
    ),
    standing: {
      workflow: recordOf(countBy(verdicts, ({ now }) => [now.workflow])),
      severity: bySeverity(
        flatMapped(verdicts, ([{ now }, findings]) => [[now.severity, findings] as const]),
      ),
    },
    comparison: base === null ? null : comparisonOf(counted, ruleset, base),
    // Who asks for these fills them in: no count depends on them.
    gates: [],
    asEnforced: false,
    partial,
  };
}

/** What was read, for any report on it. */
export function inputOf({
  distinct,
  duplicates,
  invalid,
  faults,
  fromMs,
  toMs,
  verdicts,
}: Counted): SimulationReport['findings'] {
  return {
    read: distinct + duplicates + invalid.count,
    distinct,
    duplicates,
    invalid: invalid.count,
    unreadable: {
      count: faults.count,
      first: faults.first.map(({ place, message }) => ({ place, message })),
    },
    redacted: countWhere(verdicts, ({ redacted }) => redacted),
    from: fromMs === null ? null : new Date(fromMs).toISOString(),
    to: toMs === null ? null : new Date(toMs).toISOString(),
  };
}

function comparisonOf(
  { verdicts, baseCalls, rows, spread }: Counted,
  ruleset: Ruleset,
  { ref, commit, ruleset: baseRuleset }: BaseRuleset,
): Comparison {
  const ruledByBase = flatMapped(verdicts, ([{ base }, findings]) =>
    base ? [[base, findings] as const] : [],
  );
  const severitiesOf = (kind: ChangeKind): CountsBySeverity =>
    bySeverity(
      flatMapped(verdicts, ([{ change, severity }, findings]) =>
        change === kind ? [[severity, findings] as const] : [],
      ),
    );
  return {
    base: { ref, commit, figures: figuresOf(namesOf(baseRuleset), ruledByBase, baseCalls) },
    changedRules: changedRules(baseRuleset, ruleset),
    changes: Object.fromEntries(
      CHANGE_KINDS.map((kind) => [kind, severitiesOf(kind)]),
    ) as Comparison['changes'],
    unchanged: countWhere(verdicts, ({ change }) => change === null),
    findings: rows,
    spread,
  };
}

function namesOf({ rules }: Ruleset): readonly string[] {
  return rules.map(({ name }) => name);
}
