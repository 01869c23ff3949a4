import type { Surface } from '../../rules/surface.ts';
import type { SuppressionReport } from '../suppression-report.ts';

/** Writes a report in one format, without a line break at its end; only `pretty` asks what it is read on. */
export type SuppressionReporter = (report: SuppressionReport, surface?: Surface) => string;
