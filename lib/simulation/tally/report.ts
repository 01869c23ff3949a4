import type { Ruleset } from '../../rules/ruleset.ts';
import { changedRules } from '../changed-rules.ts';
import { CHANGE_KINDS } from '../compare.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { ChangeKind, Comparison, CountsBySeverity, SimulationReport } from '../simulation-report.ts';
import { bySeverity, countBy, figuresOf, recordOf } from './figures.ts';
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
  const { distinct, duplicates, invalid, fromMs, toMs, verdicts, calls } = counted;
  const { ruleset, base, nowMs, partial } = context;
  return {
    version: 1,
    now: new Date(nowMs).toISOString(),
    findings: {
      read: distinct + duplicates + invalid.count,
      distinct,
      duplicates,
      invalid: invalid.count,
      from: fromMs === null ? null : new Date(fromMs).toISOString(),
      to: toMs === null ? null : new Date(toMs).toISOString(),
    },
    figures: figuresOf(
      namesOf(ruleset),
      verdicts.map(([{ ruled }, findings]) => [ruled, findings]),
      calls,
    ),
    standing: {
      workflow: recordOf(countBy(verdicts, ({ now }) => [now.workflow])),
      severity: bySeverity(verdicts.map(([{ now }, findings]) => [now.severity, findings])),
    },
    comparison: base === null ? null : comparisonOf(counted, ruleset, base),
    partial,
  };
}

function comparisonOf(
  { verdicts, baseCalls, rows }: Counted,
  ruleset: Ruleset,
  { ref, commit, ruleset: baseRuleset }: BaseRuleset,
): Comparison {
  const ruledByBase = verdicts.flatMap(([{ base }, findings]) => (base ? [[base, findings] as const] : []));
  const ofChange = (kind: ChangeKind | null) => verdicts.filter(([{ change }]) => change === kind);
  const severitiesOf = (kind: ChangeKind): CountsBySeverity =>
    bySeverity(ofChange(kind).map(([{ severity }, findings]) => [severity, findings]));
  return {
    base: { ref, commit, figures: figuresOf(namesOf(baseRuleset), ruledByBase, baseCalls) },
    changedRules: changedRules(baseRuleset, ruleset),
    changes: Object.fromEntries(
      CHANGE_KINDS.map((kind) => [kind, severitiesOf(kind)]),
    ) as Comparison['changes'],
    unchanged: ofChange(null).reduce((sum, [, findings]) => sum + findings, 0),
    findings: rows,
    ...newlySuppressed(ofChange('newlySuppressed')),
  };
}

function newlySuppressed(
  verdicts: readonly (readonly [Verdict, number])[],
): Pick<Comparison, 'newlySuppressedByDay' | 'newlySuppressedByAccountAndRule'> {
  const days = countBy(verdicts, ({ hidden }) => (hidden?.day ? [hidden.day] : []));
  const pairs = countBy(verdicts, ({ hidden }) =>
    hidden === null ? [] : hidden.rules.map((rule) => JSON.stringify([hidden.account, rule])),
  );
  return {
    newlySuppressedByDay: Object.entries(recordOf(days)).map(([day, count]) => ({ day, count })),
    newlySuppressedByAccountAndRule: Object.entries(recordOf(pairs)).map(([pair, count]) => {
      const [account = '', rule = ''] = JSON.parse(pair) as readonly string[];
      return { account, rule, count };
    }),
  };
}

function namesOf({ rules }: Ruleset): readonly string[] {
  return rules.map(({ name }) => name);
}
