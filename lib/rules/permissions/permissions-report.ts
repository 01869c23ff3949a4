import type { PermissionChange } from './compare-permissions.ts';
import type { FieldPermission } from './write-permissions.ts';

/** What `triage permissions` tells. */
export interface PermissionsReport {
  /** The ruleset's version. */
  readonly ruleset: string;
  readonly permissions: readonly FieldPermission[];
  /** Against the rules of an earlier revision; null where none was asked for. */
  readonly base: { readonly ref: string; readonly changes: readonly PermissionChange[] } | null;
  /** The statements of the function's policy about Security Hub, the hub's account and Region left open. */
  readonly statements: readonly object[];
  /** Which events reach the function, as data. */
  readonly events: object;
  /** The same as Markdown, where it was asked for. */
  readonly eventsText: string | null;
}

/** One line of it: a member, or one of its values. */
export interface PermissionRow {
  readonly allowed: boolean;
  readonly member: string;
  readonly value: string;
  readonly rules: readonly string[];
  /** What needs it beside rules, or why it is denied. */
  readonly because: string;
}

const NEEDS = {
  withdrawal: 'taking back what was written',
  marks: 'marks of what was written',
  withdrawing: '"withdrawing" in triage.config.json',
} as const;

/** Every member in the order of the API, value by value where IAM tells values apart. */
export function rowsOf(permissions: readonly FieldPermission[]): readonly PermissionRow[] {
  return permissions.flatMap(({ field, keys, allowed, rules, needs, values }): readonly PermissionRow[] => {
    const says = (isAllowed: boolean, one: typeof needs) =>
      isAllowed ? one.map((need) => NEEDS[need]).join(', ') : 'no enforced rule writes it';
    if (values === null) return [{ allowed, member: field, value: '', rules, because: says(allowed, needs) }];
    return values.map((one) => ({
      allowed: one.allowed,
      member: keys[0] ?? field,
      value: one.value,
      rules: one.rules,
      because: says(one.allowed, one.needs),
    }));
  });
}
