import { compact } from './compact.ts';
import { html } from './html/html.ts';
import { json } from './json.ts';
import { markdown } from './markdown/markdown.ts';
import { pretty } from './pretty.ts';
import type { SimulationReporter } from './reporter.ts';

/** The formats of `triage simulate`, by the name users give. */
export const SIMULATION_REPORTERS = {
  pretty,
  compact,
  json,
  markdown,
  html,
} as const satisfies Record<string, SimulationReporter>;
export type SimulationFormat = keyof typeof SIMULATION_REPORTERS;
export const SIMULATION_FORMATS = Object.keys(SIMULATION_REPORTERS) as readonly SimulationFormat[];
