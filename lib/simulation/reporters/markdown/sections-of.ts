import { CHANGE_KINDS } from '../../compare.ts';
import { HIDDEN_FIRST } from '../../hiding.ts';
import type { ChangedFinding, SimulationReport } from '../../simulation-report.ts';
import { newlyHidden, otherChanges, otherTitle } from '../change-counts.ts';
import { ruleNames, shownResource, transitionOf } from '../finding-cells.ts';
import { fromTo, grouped } from '../grouped.ts';
import { NO_BREAK, quoted, tableHead, tableRow } from '../markup.ts';
import { type RuleRow, ruleRows } from '../rule-rows.ts';
import { beforeOf, type StandingRow, severityRows, workflowRows } from '../standing-rows.ts';
import type { Section } from './sections.ts';

const MAX_TEXT = 120;
/** A comment is some 100 characters wide: what belongs together stands in one cell, below each other. */
const FINDING_HEAD = ['finding', 'account', 'from → to', 'rules'];

/** The tables of a report, what matters most first. */
export function sectionsOf(report: SimulationReport): readonly Section[] {
  const { comparison } = report;
  if (comparison === null) return [ruleSection(report), ...standingSections(report)];
  return [
    ...HIDDEN_FIRST.map((severity) => {
      const { rows, total } = newlyHidden(comparison, severity);
      return findingSection(`${severity} findings that would be hidden`, rows, total, { named: true });
    }),
    ruleSection(report),
    ...CHANGE_KINDS.map((kind) => {
      const { rows, total } = otherChanges(comparison, kind);
      return { ...findingSection(`Findings: ${otherTitle(kind)}`, rows, total), folded: true };
    }).filter(({ total }) => total > 0),
    ...standingSections(report),
  ];
}

/** @param named whether the title names the severity, which all rows then share. */
function findingSection(
  title: string,
  rows: readonly ChangedFinding[],
  total: number,
  { named = false } = {},
): Section {
  return {
    title: `${title} (${grouped(total, NO_BREAK)})`,
    head: tableHead(named ? FINDING_HEAD : ['severity', ...FINDING_HEAD]),
    rows: rows.map((row) => tableRow(named ? findingCells(row) : [row.severity, ...findingCells(row)])),
    total,
    none: 'None.',
  };
}

function findingCells(row: ChangedFinding): readonly string[] {
  return [
    below(quoted(row.title, MAX_TEXT), quoted(shownResource(row.resource), MAX_TEXT)),
    below(quoted(row.AwsAccountId, 20), quoted(row.product, 40)),
    quoted(transitionOf(row), MAX_TEXT),
    quoted(ruleNames(row), 2 * MAX_TEXT),
  ];
}

function below(...lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('<br>');
}

/** With a base the rules that changed, else those that match. */
function ruleSection(report: SimulationReport): Section {
  const compared = report.comparison !== null;
  const rows = ruleRows(report).filter(({ change, matched }) =>
    compared ? change !== null : matched.after > 0,
  );
  const numbers = compared ? [2, 3] : [1, 2];
  const cells = ({ rule, change, matched, decided }: RuleRow) => [
    quoted(rule, MAX_TEXT),
    ...(compared ? [change ?? ''] : []),
    fromTo(matched.before, matched.after, NO_BREAK),
    fromTo(decided.before, decided.after, NO_BREAK),
  ];
  return {
    title: compared ? 'Changed rules' : 'Rules that match',
    head: tableHead(['rule', ...(compared ? ['change'] : []), 'matched', 'decided'], numbers),
    rows: rows.map((row) => tableRow(cells(row), numbers)),
    total: rows.length,
    none: compared
      ? 'No rule was added, removed or changed, nor a list that one reads.'
      : 'No rule matches any of these findings.',
  };
}

function standingSections(report: SimulationReport): readonly Section[] {
  const compared = report.comparison !== null;
  const numbers = compared ? [1, 2, 3] : [1, 2];
  const head = tableHead(['', 'now', ...(compared ? ['with the base'] : []), 'with these rules'], numbers);
  const sectionOf = (title: string, all: readonly StandingRow[]): Section => {
    const rows = all.filter((row) => row.now + beforeOf(row) + row.after > 0);
    const count = (value: number) => grouped(value, NO_BREAK);
    return {
      title,
      head,
      rows: rows.map(({ name, now, base, after }) =>
        tableRow(
          [quoted(name, 40), count(now), ...(base === undefined ? [] : [count(base)]), count(after)],
          numbers,
        ),
      ),
      total: rows.length,
      none: 'None.',
    };
  };
  return [
    sectionOf('By workflow status', workflowRows(report)),
    sectionOf('By severity', severityRows(report)),
  ];
}
