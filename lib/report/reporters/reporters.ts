import { compact } from './compact.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import type { SuppressionReporter } from './reporter.ts';

/** The formats of `triage report`, by the name users give. */
export const SUPPRESSION_REPORTERS = {
  pretty,
  compact,
  json,
  csv,
  markdown,
  html,
} as const satisfies Record<string, SuppressionReporter>;
export type SuppressionFormat = keyof typeof SUPPRESSION_REPORTERS;
export const SUPPRESSION_FORMATS = Object.keys(SUPPRESSION_REPORTERS) as readonly SuppressionFormat[];
