import type { FieldPermission } from './write-permissions.ts';

/** One thing that a change of rules lets the function write, or no longer lets it write. */
export interface PermissionChange {
  readonly kind: 'widened' | 'narrowed';
  /** `Workflow.Status`, `Confidence`, … */
  readonly member: string;
  /** The value, where values are told apart. */
  readonly value: string | null;
  /** The rules that need it: of the later ruleset where it is widened, of the earlier where it is narrowed. */
  readonly rules: readonly string[];
}

/** What the later permissions have more and less than the earlier. The same twice: nothing; exchanged: the opposite. */
export function comparePermissions(
  earlier: readonly FieldPermission[],
  later: readonly FieldPermission[],
): readonly PermissionChange[] {
  const [before, after] = [grantsOf(earlier), grantsOf(later)];
  const changes = (kind: PermissionChange['kind'], from: Grants, to: Grants) =>
    [...to].flatMap(([key, grant]) => (from.has(key) ? [] : [{ kind, ...grant }]));
  return [...changes('widened', before, after), ...changes('narrowed', after, before)];
}

type Grants = ReadonlyMap<string, Omit<PermissionChange, 'kind'>>;

function grantsOf(permissions: readonly FieldPermission[]): Grants {
  const grants = permissions.flatMap((permission): readonly Omit<PermissionChange, 'kind'>[] => {
    const { field, keys, allowed, rules, values } = permission;
    const [member = field] = keys;
    if (values === null) return allowed ? [{ member: memberName(field, member), value: null, rules }] : [];
    // A label that no rule sets is needed by those that set another, to take it back.
    return values
      .filter((one) => one.allowed)
      .map(({ value, rules: writers }) => ({ member, value, rules: writers.length > 0 ? writers : rules }));
  });
  return new Map(grants.map((grant) => [`${grant.member}=${grant.value}`, grant]));
}

/** A note and a map are told by their own names: their members are never allowed apart. */
function memberName(field: string, key: string): string {
  return key.includes('.') ? field : key;
}
