import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { fittedColumns } from '../../rules/fitted-columns.ts';
import { PLAIN, type Surface } from '../../rules/surface.ts';
import { wrapped } from '../../rules/wrapped.ts';
import { grouped } from '../../simulation/reporters/grouped.ts';
import type { QueueSurvey } from '../survey.ts';
import type { SurveyReport } from './survey-report.ts';
import { duration, instant } from './words.ts';

const DEFAULT_COLUMNS = 80;
/** A terminal is no place for hundreds of rules. */
const MOST_ROWS = 20;

/** For people: each queue by cause with what to do, by rule and by age. */
export function surveyPretty(report: SurveyReport, surface: Surface = PLAIN): string {
  const parts = report.queues.map((queue) => queueLines(queue, report, surface));
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function queueLines(
  queue: QueueSurvey,
  { nowMs }: SurveyReport,
  { paint, columns: width = DEFAULT_COLUMNS }: Surface,
): readonly string[] {
  const lines = [
    paint.strong(`${titleOf(queue)} in ${escapeText(queue.name)}`),
    ...saidOf(queue, nowMs, width),
  ];
  if (queue.letters.length === 0) return lines;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) => {
    const cells = rows.map(([count = '', ...rest]) => [count.padStart(7), ...rest]);
    const [first = '', ...others] = fittedColumns([head, ...cells], width - 2);
    return [`  ${paint.faint(first)}`, ...others.map((line) => `  ${line}`)];
  };
  const { causes, rules, ages } = queue;
  for (const { code, letters, advice } of causes) {
    lines.push(`  ${paint.strong(escapeText(code))}  ${counted(letters, 'letter')}`);
    for (const text of [advice.meaning, advice.impact, `→ ${advice.remedy} A redrive ${advice.redrive}.`])
      lines.push(...wrapped(text, width - 4).map((line) => `    ${line}`));
  }
  if (rules.length > 0) {
    const rows = rules.slice(0, MOST_ROWS).map(({ rule, letters }) => [grouped(letters), escapeText(rule)]);
    lines.push(...table(['letters', 'rule of the update'], rows));
    if (rules.length > rows.length)
      lines.push(`  … and ${rules.length - rows.length} more rules: see -f json`);
  }
  const old = ages.filter(({ letters }) => letters > 0).map(({ age, letters }) => [grouped(letters), age]);
  return [...lines, ...table(['letters', 'age'], old)];
}

export function titleOf({ kind }: QueueSurvey): string {
  return kind === 'dead letters' ? 'Dead letters' : 'Undelivered events';
}

function saidOf(queue: QueueSurvey, nowMs: number, width: number): readonly string[] {
  return standing(queue, nowMs).flatMap((text) => wrapped(text, width - 2).map((line) => `  ${line}`));
}

/** How much there is, how much of it was looked at, and when the first is forgotten. */
export function standing(queue: QueueSurvey, nowMs: number): readonly string[] {
  const { state, looked, letters, oldestSentAtMs, firstForgottenAtMs } = queue;
  const total = Math.max(state.visible, looked);
  if (total + state.hidden === 0) return ['None.'];
  const among =
    looked < total ? ` Looked at ${grouped(looked)} of about ${grouped(total)}: see --limit.` : '';
  const filtered = letters.length < looked ? ` ${grouped(letters.length)} of them pass the filters.` : '';
  const hidden =
    state.hidden > 0 ? ` Hidden, since somebody works on them: about ${grouped(state.hidden)}.` : '';
  const counts = `${grouped(total)} ${total === 1 ? 'letter' : 'letters'}.${among}${filtered}${hidden}`;
  if (oldestSentAtMs === null || firstForgottenAtMs === null) return [counts];
  const left = firstForgottenAtMs - nowMs;
  const when = left > 0 ? `in ${duration(left)}, on ${instant(firstForgottenAtMs)}` : 'at any moment';
  return [counts, `The oldest was sent ${duration(nowMs - oldestSentAtMs)} ago; SQS forgets it ${when}.`];
}
