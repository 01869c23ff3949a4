import { UPDATABLE_FIELDS, type UpdatableField } from '../../findings/update.ts';
import { factsReadBy } from '../file-reads.ts';
import type { Workspace } from '../workspace.ts';
import type { LintedRule } from './lint-context.ts';

/** Whether what a rule wrote is ever taken back: what rules on a custom action write is a person's act and stays. */
export function isWithdrawable({ file, rule }: LintedRule, workspace: Workspace): boolean {
  return (
    rule.mode === 'enforce' && ![...factsReadBy(file, workspace)].some((fact) => fact.startsWith('event.'))
  );
}

/** The fields a rule writes, in the order of the API. */
export function fieldsOf({ rule }: LintedRule): readonly UpdatableField[] {
  return UPDATABLE_FIELDS.filter((field) => rule.event.params[field] !== undefined);
}
