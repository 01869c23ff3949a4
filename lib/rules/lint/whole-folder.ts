import { DIAGNOSTIC_NAMES, type Diagnostic, type DiagnosticCode, diagnose } from '../diagnostic.ts';
import type { JsonPath } from '../source.ts';
import type { LintContext } from './lint-context.ts';

/** Says what is wrong with the folder as a whole: in its configuration, or of the folder where it has none. */
export function diagnoseFolder(
  { files, root }: LintContext,
  path: JsonPath,
  code: DiagnosticCode,
  message: string,
  help: string,
): Diagnostic {
  const config = files.find(({ kind }) => kind === 'config');
  if (config !== undefined) return diagnose(config.source, { path }, code, message, help);
  const start = { line: 1, column: 1 };
  const range = { start, end: start };
  return { code, name: DIAGNOSTIC_NAMES[code], severity: 'error', message, help, file: root, range };
}
