import type { UpdatableField } from '../findings/update.ts';
import { holdsForCritical } from '../rules/critical-evaluation.ts';
import type { Workspace } from '../rules/workspace.ts';
import type { BuiltRule } from './build-rules.ts';
import type { Refusal, Remark } from './remark.ts';
import { conditionOf, type Probe } from './tree.ts';

const NOT_CRITICAL: Probe = {
  leaf: { name: 'not CRITICAL', fact: 'Severity.Label', operator: 'notEqual', value: 'CRITICAL' },
  hit: 'MEDIUM',
  miss: 'CRITICAL',
};

/**
 * A rule that may suppress CRITICAL findings needs somebody's word for it, which no source gives. Without it, the rule
 * leaves them visible.
 */
export function guardCritical(
  built: BuiltRule,
  workspace: Workspace,
  allowCritical: boolean,
): BuiltRule | Refusal {
  const { rule, tree, remarks } = built;
  const { Workflow, Severity } = rule.event.params;
  if (Workflow?.Status !== 'SUPPRESSED') return built;
  const callsCritical = Severity?.Label === 'CRITICAL';
  if (!callsCritical && holdsForCritical(rule.conditions, workspace) === false) return built;
  if (allowCritical) {
    const text =
      'It may suppress CRITICAL findings, which --allow-critical confirmed for all rules at once. Is it right for this one?';
    return {
      ...built,
      rule: { ...rule, allowCritical: true },
      remarks: [...remarks, { kind: 'review', code: 'critical-allowed', text }],
    };
  }
  if (callsCritical)
    return { refused: 'It calls findings CRITICAL and suppresses them. --allow-critical imports it so.' };
  const remark: Remark = {
    kind: 'differs',
    code: 'critical-stays-visible',
    text: 'CRITICAL findings stay as they are. To suppress them too, take out the condition "not CRITICAL" and write "allowCritical": true.',
    fields: Object.keys(rule.event.params) as UpdatableField[],
  };
  const guarded = { all: 'all' in tree ? [...tree.all, NOT_CRITICAL] : [tree, NOT_CRITICAL] };
  return {
    ...built,
    tree: guarded,
    rule: { ...rule, conditions: conditionOf(guarded) },
    remarks: [...remarks, remark],
  };
}
