import { DIAGNOSTIC_NAMES, type Diagnostic } from '../diagnostic.ts';
import { shownFile } from '../shown-file.ts';
import type { SourceRange } from '../source.ts';
import { type DiagnosticReporter, textOf } from './report.ts';

/** Something that a tool found, as SARIF has it; texts are safe to print. */
export interface SarifResult {
  readonly ruleId: string;
  /** What results of this id are called, in words. */
  readonly ruleName: string;
  /** Where people read about results of this id. */
  readonly help?: string;
  readonly level: 'error' | 'warning';
  readonly text: string;
  /** As shown to people: relative to where the command was called, with `/`. */
  readonly file: string;
  readonly region: SourceRange;
}

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/), for code scanning and editors. */
export function sarifLog(command: string, results: readonly SarifResult[]): string {
  const byId = new Map(results.map((result) => [result.ruleId, result] as const));
  const ids = [...byId.keys()].sort();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: command, rules: ids.flatMap((id) => ruleOf(byId.get(id))) } },
        columnKind: 'utf16CodeUnits',
        results: results.map((result) => resultOf(result, ids.indexOf(result.ruleId))),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

/** A diagnostic as a result. */
export function sarifResultOf(diagnostic: Diagnostic, cwd: string): SarifResult {
  const { code, severity, file, range } = diagnostic;
  return {
    ruleId: code,
    ruleName: DIAGNOSTIC_NAMES[code],
    help: `rules/README.md#${code.toLowerCase()}`,
    level: severity,
    text: textOf(diagnostic),
    file: shownFile(file, cwd),
    region: range,
  };
}

export const sarif: DiagnosticReporter = ({ command, diagnostics, cwd }) =>
  sarifLog(
    command,
    diagnostics.map((diagnostic) => sarifResultOf(diagnostic, cwd)),
  );

function ruleOf(result: SarifResult | undefined) {
  if (result === undefined) return [];
  const { ruleId, ruleName, help } = result;
  return [
    {
      id: ruleId,
      name: ruleName.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: ruleName },
      ...(help === undefined ? {} : { help: { text: help } }),
    },
  ];
}

function resultOf({ ruleId, level, text, file, region }: SarifResult, ruleIndex: number) {
  return {
    ruleId,
    ruleIndex,
    level,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
          region: {
            startLine: region.start.line,
            startColumn: region.start.column,
            endLine: region.end.line,
            endColumn: region.end.column,
          },
        },
      },
    ],
  };
}
