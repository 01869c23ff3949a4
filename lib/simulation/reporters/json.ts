import { safeJson } from '../../rules/safe-json.ts';
import type { SimulationReport } from '../simulation-report.ts';

/** For programs: the report as it is, under its version. */
export const json = (report: SimulationReport): string => safeJson(report);
