import { JSON_VERSION } from '../../reporters/json.ts';
import { safeJson } from '../../safe-json.ts';
import type { PermissionsReport } from '../permissions-report.ts';

/** For programs: everything, under a version. */
export function json({ eventsText: _, ...report }: PermissionsReport): string {
  return safeJson({ version: JSON_VERSION, ok: true, ...report });
}
