import type { SimulationReport } from '../../simulation-report.ts';
import { headline, reservations, spanText, verdictOf } from '../headline.ts';
import { NO_BREAK } from '../markup.ts';
import type { SimulationReporter } from '../reporter.ts';
import { cards } from './cards.ts';
import { charts } from './charts.ts';
import { hiddenFindings, otherFindings } from './finding-tables.ts';
import { count, text } from './markup.ts';
import { STYLE } from './style.ts';

/** Nothing is loaded and nothing runs, whatever a finding says; the style is ours and inline. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** One file for the browser and for paper, without script or network: the same bytes for the same report. */
export const html: SimulationReporter = (report) => {
  const { comparison } = report;
  const title = headline(report, NO_BREAK);
  const body = [
    `<h1>${title}</h1>`,
    `<p class="faint">${contextOf(report).join(' · ')}</p>`,
    ...verdictBox(report),
    ...reservations(report, NO_BREAK).map((said) => `<p class="faint">${said}</p>`),
    cards(report),
    ...(comparison === null ? [] : hiddenFindings(comparison)),
    ...charts(report),
    ...(comparison === null ? [] : otherFindings(comparison)),
    '<p class="faint">Nothing was sent to Security Hub. What simulate cannot know: docs/reading-an-impact.md.</p>',
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${title}</title>`,
    `<style>\n${STYLE}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...body,
    '</main>',
    '</body>',
    '</html>',
  ].join('\n');
};

function verdictBox(report: SimulationReport): readonly string[] {
  const verdict = verdictOf(report, NO_BREAK);
  if (verdict === null) return [];
  const { alarming, text: said } = verdict;
  return [`<p class="verdict${alarming ? ' alarm' : ''}">${alarming ? '⚠' : '✓'} ${said}</p>`];
}

function contextOf(report: SimulationReport): readonly string[] {
  const { comparison, figures, findings, now } = report;
  const span = spanText(report);
  const from =
    findings.from === null
      ? ''
      : `, ${text(findings.from.slice(0, 10))} to ${text((findings.to ?? '').slice(0, 10))}`;
  return [
    ...(span === '' ? [] : [`${span}${from}`]),
    ...(comparison === null
      ? []
      : [
          `base <code>${text(comparison.base.ref, 60)}</code> (${text(comparison.base.commit.slice(0, 7))}) → these rules`,
        ]),
    `${count(figures.rules)} rules`,
    `decided as of ${text(now, 30)}`,
  ];
}
