import { escapeText } from '../../rules/escape-text.ts';
import { formatDiagnostics } from '../../rules/format-diagnostics.ts';
import type { CaseOutcome, CaseResult, RuleResult } from '../report.ts';
import { caseTitle, explainCase } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';
import { counted, proofText, summaryOf } from './summary.ts';

/** For people: a line a rule, then known gaps, then what is wrong with files, and last the failures, explained. */
export const pretty: Reporter = (report, { cwd, sources }) => {
  const { rules, diagnostics } = report;
  const width = Math.max(...rules.map(({ rule }) => escapeText(rule).length), 0);
  const cases = rules.flatMap((rule) => rule.cases);
  const gaps = ofOutcome(cases, 'gap').map(
    (item) => `gap  ${caseTitle(item)}: ${escapeText(item.knownGap ?? '')}`,
  );
  const blocks = [
    rules.map((rule) => ruleLine(rule, width)).join('\n'),
    gaps.join('\n'),
    diagnostics.length > 0 ? formatDiagnostics(diagnostics, { format: 'pretty', cwd, sources }) : '',
    ...ofOutcome(cases, 'failed').map((failed) => failure(failed, cwd)),
    `${summaryOf(report)}.`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
};

function ruleLine({ rule, mode, cases, covered, proven }: RuleResult, width: number): string {
  const failed = ofOutcome(cases, 'failed').length;
  const gaps = ofOutcome(cases, 'gap').length;
  const parts = [
    `${ofOutcome(cases, 'passed').length} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(gaps > 0 ? [counted(gaps, 'known gap')] : []),
    ...proofText([covered], 'seen true and false'),
    ...proofText([proven], 'proven'),
    ...(mode === 'observe' ? ['observes: tested as if enforced'] : []),
  ];
  return `${failed > 0 ? '✗' : '✓'} ${escapeText(rule).padEnd(width)}  ${parts.join(' · ')}`;
}

function failure(failed: CaseResult, cwd: string): string {
  const place = `${shownPath(failed.file, cwd)}:${failed.line}`;
  return [`FAIL  ${caseTitle(failed)}`, `  ${place}`, ...explainCase(failed).map((line) => `  ${line}`)].join(
    '\n',
  );
}

function ofOutcome(cases: readonly CaseResult[], wanted: CaseOutcome): readonly CaseResult[] {
  return cases.filter(({ outcome }) => outcome === wanted);
}
