import type { ChangeKind } from '../simulation-report.ts';
import type { DecidedFinding } from './decide-one.ts';

/** The field in which a change shows. */
const FIELD_OF: Readonly<Record<ChangeKind, 'Workflow' | 'Severity' | null>> = {
  newlySuppressed: 'Workflow',
  newlyResolved: 'Workflow',
  noLongerSuppressed: 'Workflow',
  noLongerResolved: 'Workflow',
  workflowChanged: 'Workflow',
  severityLowered: 'Severity',
  severityRaised: 'Severity',
  otherFieldsChanged: null,
};

/**
 * Whom a change is due to, in winning order: the rules that decide the field it shows in, and not those that only add
 * to the same finding; of the base where none does any more. A change in other fields names all that decide something.
 */
export function decidersOf(
  change: ChangeKind,
  base: DecidedFinding,
  changed: DecidedFinding,
): readonly string[] {
  const field = FIELD_OF[change];
  const candidates = [
    ...(field === null ? [] : [winnersOf(changed, field), winnersOf(base, field)]),
    changed.ruled.decided,
    base.ruled.decided,
  ];
  return candidates.find((rules) => rules.length > 0) ?? [];
}

function winnersOf({ decision, ruled }: DecidedFinding, field: string): readonly string[] {
  const winners = new Set(decision.trace.flatMap(({ rule, won }) => (won.includes(field) ? [rule] : [])));
  return ruled.decided.filter((rule) => winners.has(rule));
}
