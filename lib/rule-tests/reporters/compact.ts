import { escapeText } from '../../rules/escape-text.ts';
import { formatDiagnostics } from '../../rules/format-diagnostics.ts';
import type { CaseResult } from '../report.ts';
import { caseTitle } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';
import { summaryOf } from './summary.ts';

/** One line each, for logs and problem matchers: what is not as it should be, then the counts. */
export const compact: Reporter = (report, { cwd, sources, quiet = false }) => {
  const cases = report.rules.flatMap((rule) => rule.cases);
  const told = (wanted: CaseResult['outcome']) =>
    cases.filter(({ outcome }) => outcome === wanted).map((item) => lineOf(item, cwd));
  const faults = report.diagnostics.map((item) =>
    formatDiagnostics([item], { format: 'compact', cwd, sources }),
  );
  return [...(quiet ? [] : told('gap')), ...faults, ...told('failed'), summaryOf(report)].join('\n');
};

function lineOf(item: CaseResult, cwd: string): string {
  const place = `${shownPath(item.file, cwd)}:${item.line}:${item.column}`;
  if (item.outcome === 'gap') return `${place}: gap: ${caseTitle(item)}: ${escapeText(item.knownGap ?? '')}`;
  const said = item.mismatches
    .map(({ expected, actual }) => `expected ${expected}; actual ${actual}`)
    .join(' | ');
  return `${place}: error: ${caseTitle(item)}: ${said}`;
}
