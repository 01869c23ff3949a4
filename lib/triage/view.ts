import type { Finding } from '../findings/finding.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import {
  currentValue,
  type FieldName,
  type FieldValue,
  KEY_PREFIX,
  NORMALIZED_BY_LABEL,
  userDefinedFieldsOf,
} from './field.ts';
import { keysOf } from './instance.ts';
import type { Mark } from './mark.ts';
import { type Standing, standingOf } from './ownership.ts';

/** A finding as rules read it, with the standing of its fields. */
export interface View {
  /** A top-level member; undefined where the finding has none. */
  member(name: string): unknown;
  standing(field: FieldName): Standing;
}

/**
 * The finding as it would stand had the product never touched it, normalized in every state, so that applying a
 * decision cannot change the decision and no rule reads what a rule wrote.
 */
export function viewOf(finding: Finding, mark: Mark, config: TriageConfig): View {
  return new FindingView(finding, mark, config);
}

/** Reads each member when it is first asked for: rules read few, and there is a view for each finding. */
class FindingView implements View {
  readonly #finding: Finding;
  readonly #mark: Mark;
  readonly #config: TriageConfig;
  /** Made when they are first needed, which for most findings is never. */
  #standings: Map<FieldName, Standing> | null = null;
  #viewed: Map<string, unknown> | null = null;

  constructor(finding: Finding, mark: Mark, config: TriageConfig) {
    this.#finding = finding;
    this.#mark = mark;
    this.#config = config;
  }

  member(name: string): unknown {
    const read = READ_DIFFERENTLY.get(name);
    if (read === undefined) return Object.hasOwn(this.#finding, name) ? this.#finding[name] : undefined;
    this.#viewed ??= new Map();
    const viewed = this.#viewed;
    if (!viewed.has(name)) viewed.set(name, read(this, this.#finding, this.#config));
    return viewed.get(name);
  }

  baseOf(field: FieldName): FieldValue | undefined {
    // Where nothing is ours, what stands is what is seen.
    if (this.#mark.entries.size === 0) return currentValue(this.#finding, field);
    return this.standing(field).base;
  }

  standing(field: FieldName): Standing {
    this.#standings ??= new Map();
    const known = this.#standings.get(field) ?? standingOf(this.#finding, field, this.#mark);
    this.#standings.set(field, known);
    return known;
  }
}

type MemberReader = (view: FindingView, finding: Finding, config: TriageConfig) => unknown;

const baseOf =
  (field: FieldName): MemberReader =>
  (view) =>
    view.baseOf(field);

/** The members that rules see otherwise than they stand on the finding. */
const READ_DIFFERENTLY: ReadonlyMap<string, MemberReader> = new Map<string, MemberReader>([
  ['Workflow', (view) => ({ Status: view.baseOf('Workflow') })],
  ['VerificationState', baseOf('VerificationState')],
  ['Severity', (view, finding) => severityOf(finding, view.baseOf('Severity'))],
  ['Confidence', baseOf('Confidence')],
  ['Criticality', baseOf('Criticality')],
  ['Types', baseOf('Types')],
  ['RelatedFindings', baseOf('RelatedFindings')],
  ['Note', (view, finding) => (view.standing('Note').owner === 'ours' ? undefined : finding.Note)],
  ['UserDefinedFields', (view, finding, config) => foreignKeys(finding, config, view)],
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
  view: FindingView,
): object | undefined {
  const own = new Set([prefix, ...succeeds].flatMap((name) => Object.values(keysOf(name))));
  const foreign = [...userDefinedFieldsOf(finding)].filter(
    ([key]) => !own.has(key) && view.standing(KEY_PREFIX + key).owner !== 'ours',
  );
  return foreign.length === 0 ? undefined : Object.fromEntries(foreign);
}
