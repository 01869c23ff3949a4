import type { Finding } from '../../findings/finding.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { namesInMark } from '../../triage/names-in-mark.ts';
import type { DecidedFinding } from './decide-one.ts';
import type { Suppression } from './verdict.ts';

/** What one decided finding says of the rules that suppress, and of rules that are gone. */
export function suppressionOf(
  finding: Finding,
  { decision: { trace }, standing }: DecidedFinding,
  { rules, config }: Ruleset,
): Suppression {
  const winner = trace.find(({ mode, won }) => mode === 'enforce' && won.includes('Workflow'));
  const rule = rules.find(({ name }) => name === winner?.rule);
  const wanted = rule?.event.params.Workflow?.Status === 'SUPPRESSED' ? rule.name : null;
  const stands = standing.workflow === 'SUPPRESSED';
  const mark = namesInMark(finding, config);
  return {
    by: stands ? wanted : null,
    heldFrom: stands ? null : wanted,
    ended: trace.flatMap(({ rule: name, expired }) => (expired ? [name] : [])),
    gone: mark.rules.filter((name) => !rules.some((one) => one.name === name)),
    markSuppresses: mark.suppresses,
  };
}
