import { safeJson } from '../../rules/safe-json.ts';
import type { SuppressionReport } from '../suppression-report.ts';

/** For programs: the report as it is, under its version. */
export const json = (report: SuppressionReport): string => safeJson(report);
