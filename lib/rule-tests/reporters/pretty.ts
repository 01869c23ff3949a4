import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { formatDiagnostics } from '../../rules/format-diagnostics.ts';
import { type Paint, PLAIN } from '../../rules/surface.ts';
import type { CaseOutcome, CaseResult, RuleResult } from '../report.ts';
import { caseTitle, explainCase } from './explain-case.ts';
import { shownPath } from './place.ts';
import type { Reporter } from './reporter.ts';
import { proofText, summaryOf, totalOf } from './summary.ts';

const DEFAULT_COLUMNS = 80;

/** For people: a line a rule, then known gaps, then what is wrong with files, and last the failures, explained. */
export const pretty: Reporter = (report, { cwd, sources, quiet = false }, surface = PLAIN) => {
  const { paint, columns = DEFAULT_COLUMNS } = surface;
  const { rules, diagnostics } = report;
  const lines = [...rules.filter((rule) => !isGenerated(rule)), ...teamsOf(rules.filter(isGenerated))];
  const width = Math.max(...lines.map(({ rule }) => escapeText(rule).length), 0);
  const cases = rules.flatMap((rule) => rule.cases);
  const gaps = ofOutcome(cases, 'gap').map(
    (item) => `${paint.doubtful('gap')}  ${caseTitle(item)}: ${escapeText(item.knownGap ?? '')}`,
  );
  const blocks = [
    ...(quiet ? [] : [lines.map((line) => ruleLine(line, width, paint)).join('\n'), gaps.join('\n')]),
    diagnostics.length > 0 ? formatDiagnostics(diagnostics, { format: 'pretty', cwd, sources, surface }) : '',
    ...ofOutcome(cases, 'failed').map((failed) => failure(failed, cwd, paint, columns)),
    `${summaryOf(report)}.`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
};

/** Made of a row alone: a team may have thousands, of which only those that fail are worth a line. */
function isGenerated({ cases }: RuleResult): boolean {
  return cases.length > 0 && cases.every(({ generated }) => generated);
}

/** The rows of each file together: `exceptions/shop: 12 rows`. */
function teamsOf(rows: readonly RuleResult[]): readonly RuleResult[] {
  const teams = Map.groupBy(rows, ({ rule }) => rule.slice(0, rule.lastIndexOf('/')));
  return [...teams].map(([team, results]) => {
    const [first] = results;
    const covered = totalOf(results.map((result) => result.covered));
    const proven = totalOf(results.map((result) => result.proven));
    return {
      rule: `${team}: ${counted(results.length, 'row')}`,
      mode: first?.mode ?? 'observe',
      cases: results.flatMap(({ cases }) => cases),
      ...(covered && { covered }),
      ...(proven && { proven }),
    };
  });
}

function ruleLine(
  { rule, mode, cases, covered, proven }: RuleResult,
  width: number,
  { good, doubtful, bad, faint }: Paint,
): string {
  const failed = ofOutcome(cases, 'failed').length;
  const gaps = ofOutcome(cases, 'gap').length;
  const parts = [
    `${ofOutcome(cases, 'passed').length}${cases.every(({ generated }) => generated) ? ' generated' : ''} passed`,
    ...(failed > 0 ? [bad(`${failed} failed`)] : []),
    ...(gaps > 0 ? [doubtful(counted(gaps, 'known gap'))] : []),
    ...proofText([covered], 'seen true and false'),
    ...proofText([proven], 'proven'),
    ...(mode === 'observe' ? [faint('observes: tested as if enforced')] : []),
  ];
  return `${failed > 0 ? bad('✗') : good('✓')} ${escapeText(rule).padEnd(width)}  ${parts.join(' · ')}`;
}

function failure(failed: CaseResult, cwd: string, { strong, bad }: Paint, columns: number): string {
  const place = `${shownPath(failed.file, cwd)}:${failed.line}`;
  return [
    `${bad('FAIL')}  ${strong(caseTitle(failed))}`,
    `  ${place}`,
    ...explainCase(failed, columns - 2).map((line) => `  ${line}`),
  ].join('\n');
}

function ofOutcome(cases: readonly CaseResult[], wanted: CaseOutcome): readonly CaseResult[] {
  return cases.filter(({ outcome }) => outcome === wanted);
}
