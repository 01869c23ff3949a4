import { counted } from '../../rules/counted.ts';
import type { Comparison, SimulationReport } from '../simulation-report.ts';
import { newlyHidden } from './change-counts.ts';
import { deadLetters } from './dead-letters.ts';
import { grouped } from './grouped.ts';

const DAY_MS = 86_400_000;

/** `Impact of 2 changed rules on 48 210 findings`, or `14 rules on 48 210 findings` without a base. */
export function headline({ comparison, figures, findings }: SimulationReport, gap = ' '): string {
  const on = `on ${grouped(findings.distinct, gap)} finding${findings.distinct === 1 ? '' : 's'}`;
  if (comparison === null) return `${ruleCount(figures.rules, gap)} ${on}`;
  return `Impact of ${ruleCount(comparison.changedRules.length, gap, 'changed rule')} ${on}`;
}

/** `14 days`; nothing where no finding says when it was updated. */
export function spanText({ findings: { from, to } }: SimulationReport): string {
  const ms = from === null || to === null ? Number.NaN : Date.parse(to) - Date.parse(from);
  return Number.isFinite(ms) ? counted(Math.max(1, Math.ceil(ms / DAY_MS)), 'day') : '';
}

/** What was not decided, and why the counts are not all there is; none where everything was. */
export function reservations(
  {
    findings,
    partial,
    asEnforced = false,
  }: Pick<SimulationReport, 'findings' | 'partial'> & Partial<Pick<SimulationReport, 'asEnforced'>>,
  gap = ' ',
): readonly string[] {
  const { distinct, duplicates, invalid, redacted, unreadable } = findings;
  return [
    ...(unreadable.count > 0
      ? [
          `Could not be read: ${ofPlaces(unreadable.count, gap)} of the input. Whatever stands there is in no count below.`,
        ]
      : []),
    ...(asEnforced
      ? ['Decided with --as-enforced: rules that only observe count as if they were enforced.']
      : []),
    ...(partial ? ['Interrupted: these are the counts of what was read by then.'] : []),
    ...(invalid > 0
      ? [
          `Left out, without Id or ProductArn: ${grouped(invalid, gap)} of ${grouped(findings.read, gap)} read.`,
        ]
      : []),
    ...(redacted > 0
      ? [
          `Redacted by triage export: ${grouped(redacted, gap)} of ${grouped(distinct, gap)}. Rules that name accounts, resources, tags or people decide these otherwise than the findings they stand for.`,
        ]
      : []),
    ...(duplicates > 0 ? [`Read more than once and counted once: ${grouped(duplicates, gap)}.`] : []),
  ];
}

/** The first thing a reviewer has to know; null without a base. */
export function verdictOf(
  report: SimulationReport,
  gap = ' ',
): { readonly alarming: boolean; readonly text: string } | null {
  const { comparison } = report;
  if (comparison === null) return null;
  const hidden = hiddenText(comparison, gap);
  const wrong = [hidden, deadLetterText(report, gap), unreadText(report, hidden === null)].filter(
    (text) => text !== null,
  );
  return wrong.length === 0
    ? { alarming: false, text: 'No CRITICAL and no HIGH finding would be newly hidden.' }
    : { alarming: true, text: wrong.join(' ') };
}

function hiddenText(comparison: Comparison, gap: string): string | null {
  const critical = newlyHidden(comparison, 'CRITICAL').total;
  const high = newlyHidden(comparison, 'HIGH').total;
  if (critical + high === 0) return null;
  const parts = [
    ...(critical > 0 ? [`${grouped(critical, gap)} CRITICAL`] : []),
    ...(high > 0 ? [`${grouped(high, gap)} HIGH`] : []),
  ];
  const plural = critical + high === 1 ? 'finding' : 'findings';
  return `${parts.join(' and ')} ${plural} would be newly hidden.`;
}

function deadLetterText(report: SimulationReport, gap: string): string | null {
  const counts = deadLetters(report);
  if (counts === null || counts.after <= counts.before) return null;
  const more = counts.after - counts.before;
  return `${grouped(more, gap)} more finding${more === 1 ? '' : 's'} would end as dead letters: no update can be applied to them.`;
}

/** What was not read may hide anything. */
function unreadText({ findings, partial }: SimulationReport, nothingHidden: boolean): string | null {
  if (findings.unreadable.count === 0 && !partial) return null;
  const seen = nothingHidden
    ? 'No CRITICAL and no HIGH finding that was read would be newly hidden, but n'
    : 'N';
  return `${seen}ot all of the input was read.`;
}

function ofPlaces(count: number, gap: string): string {
  return `${grouped(count, gap)} place${count === 1 ? '' : 's'}`;
}

/** `1 rule`, `14 rules`. */
export function ruleCount(count: number, gap: string, noun = 'rule'): string {
  return `${grouped(count, gap)} ${noun}${count === 1 ? '' : 's'}`;
}
