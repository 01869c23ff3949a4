import { escapeText } from '../../escape-text.ts';
import type { PermissionChange } from '../compare-permissions.ts';
import type { PermissionRow } from '../permissions-report.ts';

/** Names beyond this many are counted: the format `json` has them all. */
const MOST_NAMES = 4;

/** Names of rules, the first few of many. */
export function namesOf(rules: readonly string[], most = MOST_NAMES): string {
  const shown = rules.slice(0, most).map(escapeText).join(', ');
  return rules.length > most ? `${shown} and ${rules.length - most} more` : shown;
}

/** Who needs it: rules first, then what else does; or why it is denied. */
export function neededBy({ rules, because }: PermissionRow, most?: number): string {
  return [namesOf(rules, most), because].filter((text) => text !== '').join('; ');
}

export function memberOf({ member, value }: PermissionRow | PermissionChange): string {
  return value === null || value === '' ? member : `${member} ${value}`;
}

/** What goes for every ruleset. */
export const ALWAYS =
  'Severity.Normalized and Severity.Product are always denied. In mode observe the function may write nothing.';
