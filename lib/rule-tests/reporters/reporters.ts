import { compact } from './compact.ts';
import { github, githubSummary } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';

/** The formats of `triage test`, by the name users give. */
export const REPORTERS = {
  pretty,
  compact,
  json,
  github,
  sarif,
  junit,
  markdown: githubSummary,
} as const satisfies Record<string, Reporter>;
export type ReportFormat = keyof typeof REPORTERS;
export const REPORT_FORMATS = Object.keys(REPORTERS) as readonly ReportFormat[];
