type Members = Readonly<Record<string, unknown>>;

/**
 * The order in which Security Hub applies rules: by RuleOrder, lowest first; of equal ones that which was updated earlier.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function byOrder(a: Members, b: Members): number {
  return orderOf(a) - orderOf(b) || updatedMs(a) - updatedMs(b);
}

/** RuleOrder, from 1 to 1000; the last where it is missing. */
export function orderOf({ RuleOrder }: Members): number {
  return typeof RuleOrder === 'number' ? RuleOrder : 1000;
}

/** The CLI prints instants as texts or, by its settings, as seconds since 1970. */
function updatedMs({ UpdatedAt }: Members): number {
  const ms = typeof UpdatedAt === 'number' ? UpdatedAt * 1000 : Date.parse(String(UpdatedAt));
  return Number.isNaN(ms) ? 0 : ms;
}
