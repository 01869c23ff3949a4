import type { Finding } from '../findings/finding.ts';
import { BASE_FINDING } from './base-finding.ts';
import type { BuiltRule } from './build-rules.ts';
import type { createProber } from './probe-findings.ts';
import type { Remark } from './remark.ts';

/**
 * Findings that the source has worked on already carry the result: the rule takes that over, so that it can be taken
 * back one day. A rule that asks for what it changes (workflow status NEW) no longer matches them, and cannot.
 */
export function adoptResult(built: BuiltRule, prober: ReturnType<typeof createProber>): BuiltRule {
  const { rule, tree, remarks } = built;
  const before = prober.meet(BASE_FINDING, [{ tree, holds: true }]);
  if (before === undefined || prober.holds(tree, worked(before, rule.event.params)))
    return { ...built, rule: { ...rule, adopt: true } };
  const remark: Remark = {
    kind: 'differs',
    code: 'earlier-results-stay',
    text: 'It asks for what it changes itself. Findings that were changed so before no longer match, and stay as they are: nothing takes that back when the rule ends.',
  };
  return { ...built, remarks: [...remarks, remark] };
}

function worked(finding: Finding, params: BuiltRule['rule']['event']['params']): Finding {
  const { UserDefinedFields, ...plain } = params;
  const fields = { ...(finding.UserDefinedFields as object | undefined), ...UserDefinedFields };
  return { ...finding, ...plain, ...(UserDefinedFields && { UserDefinedFields: fields }) };
}
