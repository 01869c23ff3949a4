import { canonicalJson } from '../../findings/canonical-json.ts';
import { type Finding, SEVERITY_LABELS, WORKFLOW_STATUSES } from '../../findings/finding.ts';
import type { FindingUpdate } from '../../findings/update.ts';
import type { TriageConfig } from '../../rules/ruleset.ts';
import type { Decision } from '../../triage/decision.ts';
import { currentValue, providerValue, userDefinedFieldsOf } from '../../triage/field.ts';
import { keysOf } from '../../triage/instance.ts';
import type { Standing } from '../compare.ts';
import type { ReportSeverity } from '../simulation-report.ts';

/** What a finding holds where the service knows no such value: counts are by few words, whatever findings say. */
const UNKNOWN_WORKFLOW = 'OTHER';

/** How a finding stands now. */
export function standingNow(finding: Finding): Standing {
  return {
    workflow: knownWorkflow(currentValue(finding, 'Workflow')),
    severity: knownSeverity(currentValue(finding, 'Severity')),
    others: '',
  };
}

/** How it would stand once the decision was carried out: what is only observed, held or dead-lettered changes nothing. */
export function standingAfter(
  finding: Finding,
  now: Standing,
  { kind, update }: Decision,
  config: TriageConfig,
): Standing {
  if (kind !== 'update' || update === null) return now;
  const { Workflow, Severity } = update;
  return {
    workflow: Workflow?.Status ?? now.workflow,
    severity: Severity?.Label ?? now.severity,
    others: othersOf(finding, update, config),
  };
}

/** The severity as the provider gave it: what a rule may have written over it hides nothing from the counts. */
export function providedSeverity(finding: Finding): ReportSeverity {
  return knownSeverity(providerValue(finding, 'Severity') ?? currentValue(finding, 'Severity'));
}

/** Marks tell rules apart, not findings: a rule that got another name changes nothing that people look at. */
function othersOf(finding: Finding, update: FindingUpdate, { prefix }: TriageConfig): string {
  const { Workflow: _workflow, Severity: _severity, UserDefinedFields, ...plain } = update;
  const ours = new Set([keysOf(prefix).rules, keysOf(prefix).set]);
  // The whole map is sent always, so most of it stands already.
  const standing = userDefinedFieldsOf(finding);
  const fields = Object.entries(UserDefinedFields ?? {}).filter(
    ([key, value]) => !ours.has(key) && standing.get(key) !== value,
  );
  const nothingElse = fields.length === 0 && Object.keys(plain).length === 0;
  return nothingElse ? '' : canonicalJson([plain, ...fields.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function knownWorkflow(value: unknown): string {
  return (WORKFLOW_STATUSES as readonly unknown[]).includes(value) ? String(value) : UNKNOWN_WORKFLOW;
}

function knownSeverity(value: unknown): ReportSeverity {
  return (SEVERITY_LABELS as readonly unknown[]).includes(value) ? (value as ReportSeverity) : 'NONE';
}
