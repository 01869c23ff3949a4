import type { Finding } from '../../lib/findings/finding.ts';

/** The fields that rules of either kind change, each in one comparable form; absent ones are left out. */
export type State = Readonly<Record<string, unknown>>;

type Members = Readonly<Record<string, unknown>>;

const LABELS = [
  [90, 'CRITICAL'],
  [70, 'HIGH'],
  [40, 'MEDIUM'],
  [1, 'LOW'],
  [0, 'INFORMATIONAL'],
] as const;

/** What stands on a finding as Security Hub shows it: defaults filled in, the label of a bare number. */
export function stateOf(finding: Finding): State {
  const state: Record<string, unknown> = {
    Workflow: text(inside(finding.Workflow, 'Status')) ?? 'NEW',
    VerificationState: text(finding.VerificationState) ?? 'UNKNOWN',
    Severity: labelOf(finding.Severity),
    Confidence: number(finding.Confidence),
    Criticality: number(finding.Criticality),
    Types: sorted(list(finding.Types).filter((type) => text(type) !== undefined)),
    RelatedFindings: sorted(
      list(finding.RelatedFindings).flatMap((item) => {
        const [id, arn] = [text(inside(item, 'Id')), text(inside(item, 'ProductArn'))];
        return id === undefined || arn === undefined ? [] : [`${arn} ${id}`];
      }),
    ),
    Note: text(inside(finding.Note, 'Text')),
  };
  for (const [key, value] of Object.entries(object(finding.UserDefinedFields)))
    if (!/^triage(Set|Rules|Hold)$/.test(key) && text(value) !== undefined)
      state[`UserDefinedFields.${key}`] = value;
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}

/** The finding after members of BatchUpdateFindings were put on it: lists replace lists, keys are merged. */
export function withUpdate(finding: Finding, update: Members | null): Finding {
  if (update === null) return finding;
  const { UserDefinedFields, ...plain } = update;
  if (UserDefinedFields === undefined) return { ...finding, ...plain };
  return {
    ...finding,
    ...plain,
    UserDefinedFields: { ...object(finding.UserDefinedFields), ...object(UserDefinedFields) },
  };
}

export function labelOf(severity: unknown): string | undefined {
  const normalized = inside(severity, 'Normalized');
  const derived = LABELS.find(([least]) => typeof normalized === 'number' && normalized >= least)?.[1];
  return text(inside(severity, 'Label')) ?? derived;
}

export function inside(holder: unknown, name: string): unknown {
  return Object.hasOwn(object(holder), name) ? object(holder)[name] : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function sorted(items: readonly unknown[]): string | undefined {
  return items.length === 0 ? undefined : JSON.stringify([...new Set(items)].sort());
}

function object(value: unknown): Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Members) : {};
}
