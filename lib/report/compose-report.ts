import type { LastCommits } from '../revisions/last-commits.ts';
import { daysLeft } from '../rules/days-left.ts';
import { factsOf } from '../rules/engine/reads.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { shownFile } from '../rules/shown-file.ts';
import { inputOf } from '../simulation/tally/report.ts';
import type { Counted } from '../simulation/tally/tally.ts';
import {
  type CountedSuppressions,
  countSuppressions,
  severitiesOf,
  sumOf,
  total,
} from './count-suppressions.ts';
import type { Suppression } from './find-suppressions.ts';
import {
  type DueDay,
  type FindingsCovered,
  SUPPRESSION_STATES,
  type SuppressionCounts,
  type SuppressionReport,
  type SuppressionRow,
  UNMATCHED_DAYS,
} from './suppression-report.ts';

/** All that a report is made of. */
export interface ReportParts {
  readonly ruleset: Ruleset;
  /** Those to report, with their last commits in the same order. */
  readonly suppressions: readonly Suppression[];
  readonly commits: LastCommits;
  /** Findings that were counted with `withSuppressions`; null where none were named. */
  readonly counted: Counted | null;
  readonly partial: boolean;
  readonly nowMs: number;
  readonly owner: string | null;
  readonly expiringDays: number;
  /** Where people stand who read the names of files. */
  readonly cwd: string;
}

const DAY_MS = 86_400_000;

/** Puts rules, commits and counts into the report that all formats tell. */
export function composeReport(parts: ReportParts): SuppressionReport {
  const { ruleset, counted, commits, nowMs, owner, expiringDays } = parts;
  const counts = counted && countSuppressions(counted);
  const rows = parts.suppressions.map((one, i) => rowOf(one, i, parts, counts)).sort(byState);
  const named = (fits: (row: SuppressionRow) => boolean) => rows.filter(fits).map(({ rule }) => rule);
  const left = ({ due }: SuppressionRow) => due?.daysLeft ?? Number.POSITIVE_INFINITY;
  return {
    version: 1,
    now: new Date(nowMs).toISOString(),
    owner,
    expiringDays,
    rules: ruleset.rules.length,
    commitsUnknown: commits.kind === 'unknown' ? commits.why : null,
    findings: counted && coveredBy(counted, parts),
    suppressions: rows,
    totals: counts && {
      suppressed: sumOf(rows.flatMap((row) => (row.counts ? [row.counts.suppressed] : []))),
      held: sumOf(rows.flatMap((row) => (row.counts ? [row.counts.held] : []))),
    },
    expired: named((row) => left(row) <= 0),
    expiring: named((row) => left(row) > 0 && left(row) <= expiringDays),
    unmatched:
      counts &&
      named(
        ({ state, onAction, counts: own }) =>
          state !== 'ended' && !onAction && own !== null && !isRecent(own, nowMs),
      ),
    gone: counts?.gone ?? null,
  };
}

function rowOf(
  { rule, kind, place, line }: Suppression,
  index: number,
  { ruleset, commits, nowMs, cwd }: ReportParts,
  counts: CountedSuppressions | null,
): SuppressionRow {
  const { name, description, owner, reasonCode, reason, ticket, mode, expires } = rule;
  const due = dueOf(rule, nowMs);
  const ended = due?.of === 'end' && due.daysLeft <= 0;
  return {
    rule: name,
    kind,
    place: { file: shownFile(place.file, cwd), line },
    description: description ?? null,
    owner,
    reasonCode: reasonCode ?? null,
    reason: reason ?? null,
    ticket: ticket ?? null,
    mode,
    onAction: readsEvent(rule, ruleset),
    state: ended ? 'ended' : mode === 'enforce' ? 'inForce' : 'observing',
    expires: expires ?? null,
    due,
    lastCommit: commits.kind === 'known' ? (commits.commits[index] ?? null) : null,
    counts: counts?.ofRule(name) ?? null,
  };
}

function readsEvent(rule: Rule, ruleset: Ruleset): boolean {
  return [...factsOf(ruleset, [rule])].some((fact) => fact.startsWith('event.'));
}

/** Of an end and a review the one that comes first, but for a review of what has ended. */
function dueOf({ expires, reviewBy }: Rule, nowMs: number): DueDay | null {
  const days: readonly (readonly [DueDay['of'], string | undefined])[] = [
    ['end', expires === 'never' ? undefined : expires],
    ['review', reviewBy],
  ];
  const [end, review] = days.map(([of, day]): DueDay | null =>
    day === undefined ? null : { day, of, daysLeft: daysLeft(day, nowMs) },
  );
  if (!end || !review) return end ?? review ?? null;
  return end.daysLeft <= 0 || end.daysLeft <= review.daysLeft ? end : review;
}

function coveredBy(counted: Counted, { ruleset, nowMs, partial }: ReportParts): FindingsCovered {
  const { fromMs, toMs, verdicts } = counted;
  const first = Math.max(fromMs ?? nowMs, nowMs - UNMATCHED_DAYS * DAY_MS);
  const last = Math.min(toMs ?? nowMs, nowMs);
  const days = Math.floor(last / DAY_MS) - Math.floor(first / DAY_MS) + 1;
  return {
    ...inputOf(counted),
    coveredDays: fromMs === null ? 0 : Math.min(Math.max(0, days), UNMATCHED_DAYS),
    bySeverity: severitiesOf(verdicts),
    marksNameRules: ruleset.config.provenance === 'finding',
    partial,
  };
}

/** Whether it matches a finding of the last 90 days; one that does not say when it was updated may be of them. */
function isRecent({ matched, lastMatched }: SuppressionCounts, nowMs: number): boolean {
  if (lastMatched === null) return total(matched) > 0;
  return Date.parse(lastMatched) >= nowMs - UNMATCHED_DAYS * DAY_MS;
}

function byState(a: SuppressionRow, b: SuppressionRow): number {
  const days = ({ due }: SuppressionRow) => due?.daysLeft ?? Number.MAX_SAFE_INTEGER;
  return (
    SUPPRESSION_STATES.indexOf(a.state) - SUPPRESSION_STATES.indexOf(b.state) ||
    days(a) - days(b) ||
    (a.rule < b.rule ? -1 : 1)
  );
}
