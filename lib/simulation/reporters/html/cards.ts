import { CHANGE_KINDS } from '../../compare.ts';
import { HIDDEN_FIRST } from '../../hiding.ts';
import type { ChangeKind, SimulationReport } from '../../simulation-report.ts';
import { ALWAYS, CHANGES, newlyHidden, totalOf } from '../change-counts.ts';
import { deadLetters } from '../dead-letters.ts';
import { fromTo } from '../grouped.ts';
import { NO_BREAK } from '../markup.ts';
import { count } from './markup.ts';

interface Card {
  readonly figure: string;
  readonly said: string;
  readonly alarming?: boolean;
}

/** The figures to see first, as large as their weight. */
export function cards(report: SimulationReport): string {
  const items = [
    ...(report.comparison === null ? outcomeCards(report) : changeCards(report)),
    ...costCards(report),
  ];
  const written = items.map(
    ({ figure, said, alarming }) =>
      `<li${alarming ? ' class="alarm"' : ''}><b>${figure}</b><span>${said}</span></li>`,
  );
  return `<ul class="cards">\n${written.join('\n')}\n</ul>`;
}

function changeCards(report: SimulationReport): readonly Card[] {
  const { comparison } = report;
  if (comparison === null) return [];
  const first = HIDDEN_FIRST.map((severity): Card => {
    const { total } = newlyHidden(comparison, severity);
    return { figure: count(total), said: `${severity} newly hidden`, alarming: total > 0 };
  });
  const changes = CHANGE_KINDS.map((kind): Card & { readonly kind: ChangeKind; readonly total: number } => {
    const said = kind === 'newlySuppressed' ? 'newly suppressed in all' : CHANGES[kind];
    const total = totalOf(comparison.changes[kind]);
    return { kind, total, figure: count(total), said };
  });
  return [
    ...first,
    ...deadLetterCards(report),
    ...changes.filter(({ kind, total }) => total > 0 || ALWAYS.includes(kind)),
    { figure: count(comparison.unchanged), said: 'unchanged' },
    ...setAsideCards(report),
  ];
}

function deadLetterCards(report: SimulationReport): readonly Card[] {
  const dead = deadLetters(report);
  if (dead === null) return [];
  const figure = fromTo(dead.before, dead.after, NO_BREAK);
  return [{ figure, said: 'dead letters: cannot be applied', alarming: dead.after > 0 }];
}

function setAsideCards({ figures: { held, outcomes } }: SimulationReport): readonly Card[] {
  const heldBack = Object.values(held).reduce((sum, of) => sum + of, 0);
  return [
    { figure: count(heldBack), said: 'held back: something else was respected' },
    { figure: count(outcomes.observed ?? 0), said: 'only observed: nothing is sent' },
  ].filter(({ figure }) => figure !== '0');
}

function outcomeCards({ figures }: SimulationReport): readonly Card[] {
  const { updated = 0, observed = 0, held = 0, unchanged = 0, deadLettered = 0 } = figures.outcomes;
  return [
    { figure: count(updated), said: 'would be updated' },
    { figure: count(observed), said: 'only observed: nothing is sent' },
    { figure: count(held), said: 'held: someone else set the field' },
    { figure: count(unchanged), said: 'unchanged' },
    ...(deadLettered > 0
      ? [{ figure: count(deadLettered), said: 'dead letters: cannot be applied', alarming: true }]
      : []),
  ];
}

function costCards({ figures, comparison }: SimulationReport): readonly Card[] {
  const base = comparison?.base.figures;
  return [
    {
      figure: fromTo(base?.calls, figures.calls, NO_BREAK),
      said: `API calls, ${figures.batchFill.toFixed(1)} findings each, ${count(Math.ceil(figures.quotaSeconds))}${NO_BREAK}s of the quota`,
    },
    { figure: count(figures.noOps), said: 'no-op updates skipped' },
  ];
}
