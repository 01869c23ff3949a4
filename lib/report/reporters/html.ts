import { escapeMarkup } from '../../rules/escape-text.ts';
import { count, table, text } from '../../simulation/reporters/html/markup.ts';
import { page } from '../../simulation/reporters/html/page.ts';
import type { CountsBySeverity } from '../../simulation/simulation-report.ts';
import { total } from '../count-suppressions.ts';
import type { SuppressionReport, SuppressionRow } from '../suppression-report.ts';
import { charts } from './charts.ts';
import type { SuppressionReporter } from './reporter.ts';
import {
  type Concern,
  commitText,
  concernsOf,
  dueText,
  GONE_TITLE,
  headline,
  NO_BREAK,
  remarks,
  STATES,
  severityText,
} from './words.ts';

/** Above what every page of ours has: a reason below its rule, severities below their sum. */
const STYLE = `
@media (min-width: 44.01rem) {
  .suppressions td { min-width: 5.5rem; }
  .suppressions td:first-child { min-width: 14rem; }
  .suppressions td:nth-child(3) { min-width: 8.5rem; }
}
td small { display: block; color: var(--faint); }
`;

/** One file for the browser and for paper, without script or network: the same bytes for the same report. */
export const html: SuppressionReporter = (report) => {
  const title = headline(report, NO_BREAK);
  const concerns = concernsOf(report);
  return page(
    title,
    [
      `<h1>${title}</h1>`,
      `<p class="faint">${contextOf(report).join(' · ')}</p>`,
      verdictBox(report),
      ...remarks(report, NO_BREAK).map((said) => `<p class="faint">${escapeMarkup(said)}</p>`),
      cards(report),
      ...concerns.map(concernTable),
      ...goneTable(report),
      ...stateTable(report, 'inForce'),
      ...charts(report),
      ...stateTable(report, 'observing'),
      ...stateTable(report, 'ended'),
      '<p class="faint">Nothing was sent to Security Hub. What each line means: docs/reporting-suppressions.md.</p>',
    ],
    STYLE,
  );
};

function contextOf({ now, owner, rules }: SuppressionReport): readonly string[] {
  return [
    ...(owner === null ? [] : [`owner <code>${text(owner)}</code>`]),
    `${count(rules)} rules read`,
    `as of ${text(now, 30)}`,
  ];
}

function verdictBox({ expired, expiring, gone, expiringDays }: SuppressionReport): string {
  const parts = [
    ...(expired.length > 0 ? [`${count(expired.length)} over`] : []),
    ...(expiring.length > 0 ? [`${count(expiring.length)} due within ${count(expiringDays)} days`] : []),
    ...(gone !== null && gone.length > 0 ? [`${count(gone.length)} gone and still named by findings`] : []),
  ];
  if (parts.length === 0)
    return `<p class="verdict">✓ None is over, and none is due within ${count(expiringDays)} days.</p>`;
  return `<p class="verdict alarm">⚠ ${parts.join(', ')}.</p>`;
}

function cards({ totals, findings, suppressions, unmatched }: SuppressionReport): string {
  const inForce = suppressions.filter(({ state }) => state === 'inForce').length;
  const figures: readonly (readonly [figure: number, said: string, alarming?: boolean])[] = [
    [inForce, 'suppressions in force'],
    ...(totals === null || findings === null
      ? []
      : ([
          [total(totals.suppressed), `of ${count(findings.distinct)} findings stand suppressed by them`],
          [
            totals.suppressed.CRITICAL + totals.suppressed.HIGH,
            'of these CRITICAL or HIGH',
            totals.suppressed.CRITICAL > 0,
          ],
          [total(totals.held), 'held back: something else was respected'],
          [unmatched?.length ?? 0, 'match nothing in 90 days, as far as the findings go'],
        ] as const)),
  ];
  const items = figures.map(
    ([figure, said, alarming]) =>
      `<li${alarming ? ' class="alarm"' : ''}><b>${count(figure)}</b><span>${said}</span></li>`,
  );
  return `<ul class="cards">\n${items.join('\n')}\n</ul>`;
}

function concernTable({ title, rows }: Concern): string {
  const columns = ['rule', 'owner', 'ticket', 'until'].map((name) => ({ title: name }));
  const cells = rows.map((row) => [
    `<code>${text(row.rule)}</code>`,
    text(row.owner),
    text(row.ticket ?? ''),
    text(dueText(row)),
  ]);
  return `<h2>${title} (${count(rows.length)})</h2>\n${table(columns, cells, { kind: 'stack' })}`;
}

function goneTable({ gone }: SuppressionReport): readonly string[] {
  if (gone === null || gone.length === 0) return [];
  const columns = [
    { title: 'rule' },
    { title: 'findings', number: true },
    { title: 'still suppressed', number: true },
  ];
  const cells = gone.map(({ rule, findings, suppressed }) => [
    `<code>${text(rule)}</code>`,
    counted(findings),
    counted(suppressed),
  ]);
  return [
    `<h2>${GONE_TITLE} (${count(gone.length)})</h2>`,
    '<p>What they wrote is withdrawn with the next event of each finding.</p>',
    table(columns, cells, { kind: 'stack' }),
  ];
}

function stateTable(report: SuppressionReport, state: SuppressionRow['state']): readonly string[] {
  const rows = report.suppressions.filter((row) => row.state === state);
  if (rows.length === 0) return [];
  const inForce = state === 'inForce';
  const columns = [
    { title: 'rule' },
    { title: 'owner' },
    { title: 'why' },
    { title: 'until' },
    ...(report.findings === null
      ? []
      : [
          { title: inForce ? 'suppressed' : 'matched', number: true },
          ...(inForce ? [{ title: 'held', number: true }] : []),
        ]),
    { title: 'last commit' },
  ];
  const cells = rows.map((row) => [
    `<span><code>${text(row.rule)}</code>${small(row.reason ?? row.description, 400)}</span>`,
    text(row.owner),
    `<span>${text(row.reasonCode ?? '')}${small(row.ticket)}</span>`,
    `<span>${text(dueText(row))}${row.onAction ? small('on a custom action') : ''}</span>`,
    ...countCells(row),
    text(commitText(row, report)),
  ]);
  return [
    `<h2>${STATES[state]} (${count(rows.length)})</h2>`,
    table(columns, cells, { kind: 'suppressions stack' }),
  ];
}

function countCells({ counts, state }: SuppressionRow): readonly string[] {
  if (counts === null) return [];
  return state === 'inForce'
    ? [counted(counts.suppressed), count(total(counts.held))]
    : [counted(counts.matched)];
}

function counted(counts: CountsBySeverity): string {
  const by = severityText(counts, NO_BREAK).replaceAll(', ', '<br>');
  return `<span>${count(total(counts))}${by === '' ? '' : `<small>${by}</small>`}</span>`;
}

function small(value: string | null, most = 200): string {
  return value === null || value === '' ? '' : `<small>${text(value, most)}</small>`;
}
