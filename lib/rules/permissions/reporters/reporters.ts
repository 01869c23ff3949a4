import type { Surface } from '../../surface.ts';
import type { PermissionsReport } from '../permissions-report.ts';
import { compact } from './compact.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';

/** The formats of `triage permissions`, by the name users give. */
export const PERMISSION_REPORTERS = { pretty, compact, json, markdown } as const satisfies Record<
  string,
  (report: PermissionsReport, surface?: Surface) => string
>;
export type PermissionFormat = keyof typeof PERMISSION_REPORTERS;
export const PERMISSION_FORMATS = Object.keys(PERMISSION_REPORTERS) as readonly PermissionFormat[];
