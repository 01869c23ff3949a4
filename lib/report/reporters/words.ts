import { counted } from '../../rules/counted.ts';
import { grouped } from '../../simulation/reporters/grouped.ts';
import { reservations } from '../../simulation/reporters/headline.ts';
import { type CountsBySeverity, REPORT_SEVERITIES } from '../../simulation/simulation-report.ts';
import { total } from '../count-suppressions.ts';
import {
  type DueDay,
  type GoneRule,
  type SuppressionReport,
  type SuppressionRow,
  type SuppressionState,
  UNMATCHED_DAYS,
} from '../suppression-report.ts';

/** A gap at which no line breaks; a character, so that a text is escaped like any other. */
export const NO_BREAK = '\u00a0';

/** What each state is called above its table. */
export const STATES: Readonly<Record<SuppressionState, string>> = {
  inForce: 'In force',
  observing: 'Observing: they would suppress once enforced',
  ended: 'Ended: they suppress nothing any more',
};

/** `12 suppressions in force, 3 observing, 1 ended`. */
export function headline({ suppressions }: SuppressionReport, gap = ' '): string {
  const of = (state: SuppressionState) =>
    grouped(suppressions.filter((row) => row.state === state).length, gap);
  const inForce = of('inForce');
  return `${inForce} suppression${inForce === '1' ? '' : 's'} in force, ${of('observing')} observing, ${of('ended')} ended`;
}

/** `1 234 of 48 210 findings stand suppressed by them: HIGH 3, LOW 1 231`; null without findings. */
export function totalText({ totals, findings }: SuppressionReport, gap = ' '): string | null {
  if (totals === null || findings === null) return null;
  const [suppressed, held] = [total(totals.suppressed), total(totals.held)];
  const all = `${grouped(findings.distinct, gap)} finding${findings.distinct === 1 ? '' : 's'}`;
  const by = suppressed === 0 ? '' : `: ${severityText(totals.suppressed, gap)}`;
  const kept = held === 0 ? '' : `; ${grouped(held, gap)} held back`;
  return `${grouped(suppressed, gap)} of ${all} stand suppressed by them${by}${kept}`;
}

/** `CRITICAL 1, HIGH 3`: those there are. */
export function severityText(counts: CountsBySeverity, gap = ' '): string {
  return REPORT_SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${severity} ${grouped(counts[severity], gap)}`)
    .join(', ');
}

/** What the figures stand on, and what cannot be told. Unescaped. */
export function remarks(report: SuppressionReport, gap = ' '): readonly string[] {
  const { findings, commitsUnknown, owner } = report;
  return [
    ...(owner === null ? [] : [`Only suppressions of ${owner}; rules that are gone belong to nobody.`]),
    ...(findings === null
      ? ['No findings were named: nothing is counted, and nobody can tell what matches nothing or is gone.']
      : [coverageText(report), ...reservations({ findings, partial: findings.partial }, gap)]),
    ...(findings?.marksNameRules === false
      ? ['Marks name no rules here ("provenance": "log"): rules that are gone leave no trace on findings.']
      : []),
    ...(commitsUnknown === null ? [] : [`Last commits cannot be told: ${commitsUnknown}.`]),
  ];
}

function coverageText({ findings }: SuppressionReport): string {
  const { from = null, to = null, coveredDays = 0, distinct = 0 } = findings ?? {};
  if (distinct === 0) return 'No finding was read.';
  if (from === null || to === null)
    return 'No finding says when it was updated, so nobody can tell which days they cover.';
  const days = `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  return `The findings were updated ${days}: ${coveredDays} of the last ${UNMATCHED_DAYS} days. They say nothing of others.`;
}

/** `2027-01-31, 66 days left`, `2026-11-01, ended 25 days ago`, `review 2027-01-31, 66 days left`, `never`. */
export function dueText({ due, expires }: Pick<SuppressionRow, 'due' | 'expires'>): string {
  if (due === null) return expires ?? 'not said';
  return `${due.of === 'review' ? 'review ' : ''}${due.day}, ${leftText(due)}`;
}

/** `12 findings (HIGH 2, LOW 10), 1 held`, of one that is not in force `12 matched (…)`; empty without findings. */
export function countText({ counts, state, onAction }: SuppressionRow, gap = ' '): string {
  if (counts === null) return '';
  const inForce = state === 'inForce';
  const shown = inForce ? counts.suppressed : counts.matched;
  const [all, held] = [total(shown), total(counts.held)];
  if (all === 0 && onAction) return 'on a custom action: not in exports';
  const noun = inForce ? `finding${all === 1 ? '' : 's'}` : 'matched';
  const by = all === 0 ? '' : ` (${severityText(shown, gap)})`;
  return `${grouped(all, gap)} ${noun}${by}${held === 0 ? '' : `, ${grouped(held, gap)} held`}`;
}

export function leftText({ daysLeft, of }: DueDay): string {
  if (daysLeft > 0) return `${counted(daysLeft, 'day')} left`;
  const past = of === 'end' ? 'ended' : 'due';
  return `${past} ${counted(1 - daysLeft, 'day')} ago`;
}

/** `1f0c2ab Jane, 2026-11-01, reviewed by John`; unescaped. */
export function commitText({ lastCommit }: SuppressionRow, { commitsUnknown }: SuppressionReport): string {
  if (lastCommit === null) return commitsUnknown === null ? 'not committed' : 'unknown';
  const { commit, author, at, reviewers } = lastCommit;
  const reviewed = reviewers.length === 0 ? '' : `, reviewed by ${reviewers.join(' and ')}`;
  return `${commit.slice(0, 7)} ${author}, ${at.slice(0, 10)}${reviewed}`;
}

/** What needs somebody's eye, in the order of how much. */
export interface Concern {
  readonly kind: 'expired' | 'expiring' | 'unmatched';
  readonly title: string;
  readonly rows: readonly SuppressionRow[];
}

/** Those with rows alone. */
export function concernsOf(report: SuppressionReport): readonly Concern[] {
  const { expired, expiring, unmatched, expiringDays, suppressions } = report;
  const rows = (names: readonly string[]) => {
    const wanted = new Set(names);
    return suppressions.filter(({ rule }) => wanted.has(rule));
  };
  const concerns: readonly Concern[] = [
    { kind: 'expired', title: 'Over: renew or delete', rows: rows(expired) },
    { kind: 'expiring', title: `Due within ${counted(expiringDays, 'day')}`, rows: rows(expiring) },
    { kind: 'unmatched', title: unmatchedTitle(report), rows: rows(unmatched ?? []) },
  ];
  return concerns.filter((concern) => concern.rows.length > 0);
}

/** Ninety days are not claimed of an export of fourteen. */
function unmatchedTitle({ findings }: SuppressionReport): string {
  const covered = findings?.coveredDays ?? 0;
  const of = covered >= UNMATCHED_DAYS ? '' : `; the findings cover ${covered} of them`;
  return `Match nothing updated in the last ${UNMATCHED_DAYS} days${of}`;
}

export const GONE_TITLE = 'Rules that are gone, and that findings still name';

/** `12 findings (HIGH 2, LOW 10), 10 still suppressed`. */
export function goneText({ findings, suppressed }: GoneRule, gap = ' '): string {
  const all = total(findings);
  const still = total(suppressed);
  return `${grouped(all, gap)} finding${all === 1 ? '' : 's'} (${severityText(findings, gap)}), ${grouped(still, gap)} still suppressed`;
}
