import { counted } from '../counted.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { escapeText } from '../escape-text.ts';
import type { Source } from '../source.ts';
import type { Surface } from '../surface.ts';

/** What a command has to say of files, and what it was asked. */
export interface DiagnosticReport {
  /** The command, as users type it. */
  readonly command: string;
  readonly diagnostics: readonly Diagnostic[];
  /** How many rules were looked at. */
  readonly rules: number;
  /** Every file that was read, by its absolute path. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The files that hold a rule each; rows of exceptions and all else stand in others. */
  readonly ruleFiles?: ReadonlySet<string>;
  /** Absolute path that file names are shown relative to. */
  readonly cwd: string;
}

/** Writes a report in one format, without a line break at its end; only `pretty` asks what it is read on. */
export type DiagnosticReporter = (report: DiagnosticReport, surface?: Surface) => string;

export function countBySeverity(diagnostics: readonly Diagnostic[]): {
  readonly errors: number;
  readonly warnings: number;
  readonly fixable: number;
} {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined).length;
  return { errors, warnings: diagnostics.length - errors, fixable };
}

/** `2 errors and 1 warning in 14 rules` */
export function summaryOf({ diagnostics, rules }: Pick<DiagnosticReport, 'diagnostics' | 'rules'>): string {
  const { errors, warnings } = countBySeverity(diagnostics);
  return `${counted(errors, 'error')} and ${counted(warnings, 'warning')} in ${counted(rules, 'rule')}`;
}

/** What a diagnostic says and what to do about it, safe to print. */
export function textOf({ message, help }: Diagnostic): string {
  return escapeText(help === undefined ? message : `${message} ${help}`);
}
