import { isObject } from '../../rules/condition-sites.ts';
import type { UpdateTemplate } from '../../rules/rule.ts';
import { byOrder, orderOf } from '../native/order.ts';
import { noteOf } from '../note.ts';
import { isRefusal, type Refusal, type Remark } from '../remark.ts';
import type { SourceRule, SourceRules } from '../source-rule.ts';
import { readOcsfCriteria } from './criteria.ts';
import { OCSF_CODES } from './fields.ts';
import { OCSF_REMARKS } from './general-remarks.ts';

type Members = Readonly<Record<string, unknown>>;

/** Reads rules of the new Security Hub, lowest RuleOrder first; none of them is terminal. */
export function readOcsfRules(configs: readonly Members[], nowMs: number): SourceRules {
  const rules = [...configs].sort(byOrder).map((config) => readRule(config, nowMs));
  return { system: 'automation rules of the new Security Hub', rules, remarks: OCSF_REMARKS, nowMs };
}

function readRule(config: Members, nowMs: number): SourceRule {
  const title = String(config.RuleName ?? config.RuleArn ?? 'rule');
  const criteria = readOcsfCriteria(config.Criteria, nowMs);
  const action = readAction(config.Actions);
  const refused = [criteria, action].filter((one) => isRefusal(one)).map((one) => one.refused);
  return {
    title,
    description: String(config.Description ?? title),
    origin: `the automation rule ${JSON.stringify(title)} (order ${orderOf(config)}) of the new Security Hub`,
    isDisabled: config.RuleStatus === 'DISABLED',
    isTerminal: false,
    criteria: isRefusal(criteria) ? null : 'all' in criteria.tree ? criteria.tree.all : [criteria.tree],
    params: isRefusal(action) ? {} : action.params,
    remarks: [
      ...(isRefusal(criteria) || criteria.assumed.length === 0 ? [] : [assumed(criteria.assumed)]),
      ...(isRefusal(action) ? [] : action.remarks),
    ],
    refusals: refused,
  };
}

function assumed(fields: readonly string[]): Remark {
  const text = `Findings in ASFF are taken to hold what OCSF has in ${fields.join(', ')}, which is not documented: look at the values.`;
  return { kind: 'assumed', code: 'fields-of-ocsf', text };
}

interface Action {
  readonly params: UpdateTemplate;
  readonly remarks: readonly Remark[];
}

/** SeverityId, StatusId and Comment are all that a V2 rule changes. */
function readAction(actions: unknown): Action | Refusal {
  const [action, second] = Array.isArray(actions) ? actions.filter(isObject) : [];
  const fields = action?.FindingFieldsUpdate;
  if (!isObject(fields) || second !== undefined)
    return {
      refused: `Its action is ${JSON.stringify(action?.Type ?? null)}; rules change fields of findings alone.`,
    };
  const { SeverityId, StatusId, Comment, ...others } = fields;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return { refused: `Its action changes ${unknown}, which ASFF does not have.` };
  const label = OCSF_CODES.severity_id?.values[Number(SeverityId)];
  const status = OCSF_CODES.status_id?.values[Number(StatusId)];
  if (SeverityId !== undefined && label === undefined)
    return { refused: `SeverityId ${String(SeverityId)} has no label in ASFF.` };
  if (StatusId !== undefined && status === undefined)
    return { refused: `StatusId ${String(StatusId)} is no workflow status in ASFF.` };
  const note: Action = Comment === undefined ? { params: {}, remarks: [] } : noteOf(Comment);
  const params = {
    ...(status !== undefined && { Workflow: { Status: status } }),
    ...(label !== undefined && { Severity: { Label: label } }),
    ...note.params,
  } as UpdateTemplate;
  if (Object.keys(params).length === 0) return { refused: 'Nothing is left for it to write.' };
  const text = 'In Progress is taken for NOTIFIED, the nearest that ASFF has.';
  const nearest: Remark = { kind: 'differs', code: 'in-progress-is-notified', text, fields: ['Workflow'] };
  return { params, remarks: [...note.remarks, ...(status === 'NOTIFIED' ? [nearest] : [])] };
}
