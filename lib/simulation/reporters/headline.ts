import { counted } from '../../rules/counted.ts';
import type { SimulationReport } from '../simulation-report.ts';
import { newlyHidden } from './change-counts.ts';
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
export function reservations({ findings, partial }: SimulationReport, gap = ' '): readonly string[] {
  const { duplicates, invalid } = findings;
  return [
    ...(partial ? ['Interrupted: these are the counts of what was read by then.'] : []),
    ...(invalid > 0
      ? [
          `Left out, without Id or ProductArn: ${grouped(invalid, gap)} of ${grouped(findings.read, gap)} read.`,
        ]
      : []),
    ...(duplicates > 0 ? [`Read more than once and counted once: ${grouped(duplicates, gap)}.`] : []),
  ];
}

/** The first thing a reviewer has to know; null without a base. */
export function verdictOf(
  { comparison }: SimulationReport,
  gap = ' ',
): { readonly alarming: boolean; readonly text: string } | null {
  if (comparison === null) return null;
  const critical = newlyHidden(comparison, 'CRITICAL').total;
  const high = newlyHidden(comparison, 'HIGH').total;
  if (critical + high === 0)
    return { alarming: false, text: 'No CRITICAL and no HIGH finding would be newly hidden.' };
  const parts = [
    ...(critical > 0 ? [`${grouped(critical, gap)} CRITICAL`] : []),
    ...(high > 0 ? [`${grouped(high, gap)} HIGH`] : []),
  ];
  const plural = critical + high === 1 ? 'finding' : 'findings';
  return { alarming: true, text: `${parts.join(' and ')} ${plural} would be newly hidden.` };
}

function ruleCount(count: number, gap: string, noun = 'rule'): string {
  return `${grouped(count, gap)} ${noun}${count === 1 ? '' : 's'}`;
}
