import type { Finding } from '../findings/finding.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import { type FieldName, KEY_PREFIX, NORMALIZED_BY_LABEL, userDefinedFieldsOf } from './field.ts';
import { keysOf } from './instance.ts';
import type { Mark } from './mark.ts';
import { type Standing, standingOf } from './ownership.ts';

/** A finding as rules read it, with the standing of its fields. */
export interface View {
  /** A top-level member; undefined where the finding has none. */
  readonly member: (name: string) => unknown;
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
  const viewed = new Map<string, unknown>();
  const member = (name: string): unknown => {
    const read = READ_DIFFERENTLY.get(name);
    if (read === undefined) return Object.hasOwn(finding, name) ? finding[name] : undefined;
    if (!viewed.has(name)) viewed.set(name, read(finding, standing, config));
    return viewed.get(name);
  };
  return { member, standing };
}

type MemberReader = (
  finding: Finding,
  standing: (field: FieldName) => Standing,
  config: TriageConfig,
) => unknown;

const baseOf =
  (field: FieldName): MemberReader =>
  (_finding, standing) =>
    standing(field).base;

/** The members that rules see otherwise than they stand on the finding. */
const READ_DIFFERENTLY: ReadonlyMap<string, MemberReader> = new Map<string, MemberReader>([
  ['Workflow', (_finding, standing) => ({ Status: standing('Workflow').base })],
  ['VerificationState', baseOf('VerificationState')],
  ['Severity', (finding, standing) => severityOf(finding, standing('Severity').base)],
  ['Confidence', baseOf('Confidence')],
  ['Criticality', baseOf('Criticality')],
  ['Types', baseOf('Types')],
  ['RelatedFindings', baseOf('RelatedFindings')],
  ['Note', (finding, standing) => (standing('Note').owner === 'ours' ? undefined : finding.Note)],
  ['UserDefinedFields', (finding, standing, config) => foreignKeys(finding, config, standing)],
  // Retired: the service does not keep it in step with Workflow.
  ['WorkflowState', () => undefined],
]);

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
