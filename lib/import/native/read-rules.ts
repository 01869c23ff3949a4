import type { SourceRule, SourceRules } from '../source-rule.ts';
import { readActions } from './actions.ts';
import { readCriteria } from './criteria.ts';
import { GENERAL_REMARKS } from './general-remarks.ts';
import { byOrder, orderOf } from './order.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads native rules in the order in which Security Hub applies them: by RuleOrder, lowest first; of equal ones that
 * which was updated earlier.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function readNativeRules(configs: readonly Members[], nowMs: number): SourceRules {
  const rules = [...configs].sort(byOrder).map((config) => readRule(config, nowMs));
  return { system: 'native automation rules', rules, remarks: GENERAL_REMARKS, nowMs };
}

function readRule(config: Members, nowMs: number): SourceRule {
  const title = String(config.RuleName ?? config.RuleArn ?? 'rule');
  const criteria = readCriteria(config.Criteria, nowMs);
  const action = readActions(config.Actions);
  const writes = 'params' in action ? Object.keys(action.params).length : 0;
  return {
    title,
    description: String(config.Description ?? title),
    origin: `the automation rule ${JSON.stringify(title)} (order ${orderOf(config)})`,
    isDisabled: config.RuleStatus === 'DISABLED',
    isTerminal: config.IsTerminal === true,
    criteria: 'refused' in criteria ? null : criteria,
    params: 'params' in action ? action.params : {},
    remarks: 'remarks' in action ? action.remarks : [],
    refusals: [
      ...('refused' in criteria ? [criteria.refused] : []),
      ...('refused' in action ? [action.refused] : writes === 0 ? ['Nothing is left for it to write.'] : []),
    ],
  };
}
