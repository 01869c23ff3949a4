import type { Surface } from '../../rules/surface.ts';
import type { SimulationReport } from '../simulation-report.ts';

/** Writes a report in one format, without a line break at its end; only `pretty` asks what it is read on. */
export type SimulationReporter = (report: SimulationReport, surface?: Surface) => string;
