import type { SimulationReport } from '../../simulation-report.ts';
import { gateText } from '../gate-text.ts';
import { headline, reservations, ruleCount, spanText, verdictOf } from '../headline.ts';
import { NO_BREAK } from '../markup.ts';
import type { SimulationReporter } from '../reporter.ts';
import { allFigures } from './all-figures.ts';
import { cards } from './cards.ts';
import { charts } from './charts.ts';
import { hiddenFindings, otherFindings } from './finding-tables.ts';
import { text } from './markup.ts';
import { page } from './page.ts';

/** One file for the browser and for paper, without script or network: the same bytes for the same report. */
export const html: SimulationReporter = (report) => {
  const { comparison } = report;
  const title = headline(report, NO_BREAK);
  const body = [
    `<h1>${title}</h1>`,
    `<p class="faint">${contextOf(report).join(' · ')}</p>`,
    ...verdictBox(report),
    ...gateLine(report),
    ...reservations(report, NO_BREAK).map((said) => `<p class="faint">${said}</p>`),
    cards(report),
    ...(comparison === null ? [] : hiddenFindings(comparison)),
    ...charts(report),
    ...allFigures(report),
    ...(comparison === null ? [] : otherFindings(comparison)),
    '<p class="faint">Nothing was sent to Security Hub. What simulate cannot know: docs/reading-an-impact.md.</p>',
  ];
  return page(title, body);
};

function verdictBox(report: SimulationReport): readonly string[] {
  const verdict = verdictOf(report, NO_BREAK);
  if (verdict === null) return [];
  const { alarming, text: said } = verdict;
  return [`<p class="verdict${alarming ? ' alarm' : ''}">${alarming ? '⚠' : '✓'} ${said}</p>`];
}

function gateLine(report: SimulationReport): readonly string[] {
  const said = gateText(report, NO_BREAK);
  return said === null ? [] : [`<p>${said}</p>`];
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
    ruleCount(figures.rules, NO_BREAK),
    `decided as of ${text(now, 30)}`,
  ];
}
