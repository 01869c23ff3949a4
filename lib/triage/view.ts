import type { Finding } from '../findings/finding.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import {
  type FieldName,
  KEY_PREFIX,
  NORMALIZED_BY_LABEL,
  PLAIN_FIELDS,
  userDefinedFieldsOf,
} from './field.ts';
import { keysOf } from './instance.ts';
import type { Mark } from './mark.ts';
import { type Standing, standingOf } from './ownership.ts';

/** A finding as rules read it, with the standing of its fields. */
export interface View {
  readonly finding: Readonly<Record<string, unknown>>;
  standing(field: FieldName): Standing;
}

/**
 * The finding as it would stand had the product never touched it, normalized in every state, so that applying a
 * decision cannot change the decision and no rule reads what a rule wrote (DESIGN §4, The view).
 */
export function viewOf(finding: Finding, mark: Mark, config: TriageConfig): View {
  const standings = new Map<FieldName, Standing>();
  const standing = (field: FieldName): Standing => {
    const known = standings.get(field) ?? standingOf(finding, field, mark);
    standings.set(field, known);
    return known;
  };
  const base = Object.fromEntries(PLAIN_FIELDS.map((field) => [field, standing(field).base]));
  const { WorkflowState: _retired, ...rest } = finding;
  return {
    finding: {
      ...rest,
      Workflow: { Status: base.Workflow },
      VerificationState: base.VerificationState,
      Severity: severityOf(finding, base.Severity),
      Confidence: base.Confidence,
      Criticality: base.Criticality,
      Types: base.Types,
      RelatedFindings: base.RelatedFindings,
      Note: standing('Note').owner === 'ours' ? undefined : finding.Note,
      UserDefinedFields: foreignKeys(finding, config, standing),
    },
    standing,
  };
}

function severityOf(finding: Finding, label: unknown): object | undefined {
  const original = originalOf((finding.FindingProviderFields as Record<string, unknown> | null)?.Severity);
  const Original = original ?? originalOf(finding.Severity);
  if (label === undefined && Original === undefined) return undefined;
  return {
    Label: label,
    Normalized: NORMALIZED_BY_LABEL[label as keyof typeof NORMALIZED_BY_LABEL],
    Original,
  };
}

function originalOf(severity: unknown): unknown {
  return (severity as Record<string, unknown> | null | undefined)?.Original;
}

function foreignKeys(
  finding: Finding,
  { prefix, succeeds }: TriageConfig,
  standing: (field: FieldName) => Standing,
): object | undefined {
  const own = new Set([prefix, ...succeeds].flatMap((name) => Object.values(keysOf(name))));
  const foreign = [...userDefinedFieldsOf(finding)].filter(
    ([key]) => !own.has(key) && standing(KEY_PREFIX + key).owner !== 'ours',
  );
  return foreign.length === 0 ? undefined : Object.fromEntries(foreign);
}
