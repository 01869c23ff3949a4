import { gateText } from '../gate-text.ts';
import { headline, reservations, ruleCount, spanText, verdictOf } from '../headline.ts';
import { NO_BREAK, quoted } from '../markup.ts';
import type { SimulationReporter } from '../reporter.ts';
import { changesTable, figuresTable } from './figures.ts';
import { writeSections } from './sections.ts';
import { sectionsOf } from './sections-of.ts';

/** The first line of the comment; .github/impact-comment finds the one to update by it. */
export const COMMENT_MARKER = '<!-- triage-simulate -->';
/** A comment of GitHub holds 65,536 characters; what a workflow adds to it has room beside ours. */
const MAX_CHARACTERS = 60_000;

/**
 * A comment on a pull request, and a step summary: the same bytes for the same report, at most 60,000 characters. What
 * findings say stands in tables of HTML alone, where Markdown is not read, and in `<code>`, where nobody is mentioned.
 */
export const markdown: SimulationReporter = (report) => {
  const { comparison } = report;
  const head = [
    COMMENT_MARKER,
    `## ${headline(report, NO_BREAK)}`,
    contextLine(report),
    ...reservations(report, NO_BREAK).map((text) => `> ${text}`),
    ...verdictLine(report),
    ...gateLine(report),
    ...(comparison === null ? [] : [changesTable(report, comparison)]),
  ].join('\n\n');
  const foot = [
    '### What it costs, and what was held back',
    figuresTable(report),
    '<sub>How to read this: docs/reading-an-impact.md. Nothing was sent to Security Hub.</sub>',
  ].join('\n\n');
  const room = MAX_CHARACTERS - head.length - foot.length - 4;
  return [head, writeSections(sectionsOf(report), room), foot].join('\n\n');
};

/** A block of HTML: the name of a revision is no Markdown either. */
function contextLine(report: Parameters<SimulationReporter>[0]): string {
  const { comparison, figures, now } = report;
  const span = spanText(report);
  const parts = [
    ...(span === '' ? [] : [`findings of ${span}`]),
    ...(comparison === null
      ? []
      : [`base ${quoted(comparison.base.ref, 60)} at ${quoted(comparison.base.commit.slice(0, 7), 7)}`]),
    ruleCount(figures.rules, NO_BREAK),
    `decided as of ${quoted(now, 30)}`,
  ];
  return `<p>${parts.join(' · ')}</p>`;
}

function verdictLine(report: Parameters<SimulationReporter>[0]): readonly string[] {
  const verdict = verdictOf(report, NO_BREAK);
  return verdict === null ? [] : [`**${verdict.alarming ? '⚠️ ' : '✓ '}${verdict.text}**`];
}

function gateLine(report: Parameters<SimulationReporter>[0]): readonly string[] {
  const text = gateText(report, NO_BREAK);
  return text === null ? [] : [text];
}
