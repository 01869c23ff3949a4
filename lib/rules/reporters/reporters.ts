import { closingCount, formatDiagnostics } from '../format-diagnostics.ts';
import { PLAIN } from '../surface.ts';
import { github, githubSummary } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import type { DiagnosticReporter } from './report.ts';
import { sarif } from './sarif.ts';

const pretty: DiagnosticReporter = (report, surface = PLAIN) =>
  report.diagnostics.length === 0
    ? `${surface.paint.good('✓')} ${closingCount([], report)}`
    : formatDiagnostics(report.diagnostics, { format: 'pretty', surface, ...report });

/** Problem matchers read one line each; a clean run says nothing here. */
const compact: DiagnosticReporter = (report) =>
  formatDiagnostics(report.diagnostics, { format: 'compact', ...report });

/** The formats of diagnostics, by the name users give. */
export const DIAGNOSTIC_REPORTERS = {
  pretty,
  compact,
  json,
  github,
  sarif,
  junit,
  markdown: githubSummary,
} as const satisfies Record<string, DiagnosticReporter>;
export type DiagnosticFormat = keyof typeof DIAGNOSTIC_REPORTERS;
export const DIAGNOSTIC_FORMATS = Object.keys(DIAGNOSTIC_REPORTERS) as readonly DiagnosticFormat[];
