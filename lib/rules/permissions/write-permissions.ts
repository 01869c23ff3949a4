import { SEVERITY_LABELS, WORKFLOW_STATUSES } from '../../findings/finding.ts';
import type { UpdatableField } from '../../findings/update.ts';
import type { Rule, UpdateTemplate } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';

/** Why the function may write something beside the rules that do: it takes back what it wrote, or marks what it wrote. */
export type StandingNeed = 'withdrawal' | 'marks' | 'withdrawing';

/** A value of a field whose values IAM tells apart. */
export interface ValuePermission {
  readonly value: string;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly needs: readonly StandingNeed[];
}

/** What the deployed function may write of one member of BatchUpdateFindings. */
export interface FieldPermission {
  readonly field: UpdatableField;
  /** The members that IAM knows it by, below `securityhub:ASFFSyntaxPath/`. */
  readonly keys: readonly string[];
  readonly allowed: boolean;
  /** The enforced rules that write it, in winning order. */
  readonly rules: readonly string[];
  readonly needs: readonly StandingNeed[];
  /** Each value there is, where they are told apart; null where any may be written. */
  readonly values: readonly ValuePermission[] | null;
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html, VerificationState */
const VERIFICATION_STATES = ['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'] as const;

/** Members that no rule can write and nothing sends, whatever the rules. */
export const NEVER_WRITTEN = ['Severity.Normalized', 'Severity.Product'] as const;

/**
 * How the others than user-defined fields are known to IAM:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
const KEYS = {
  Workflow: ['Workflow.Status'],
  Severity: ['Severity.Label'],
  VerificationState: ['VerificationState'],
  Confidence: ['Confidence'],
  Criticality: ['Criticality'],
  Types: ['Types'],
  RelatedFindings: ['RelatedFindings'],
  Note: ['Note.Text', 'Note.UpdatedBy'],
  UserDefinedFields: ['UserDefinedFields.key', 'UserDefinedFields.value'],
} as const satisfies Readonly<Record<UpdatableField, readonly string[]>>;

/** Fields of which some values are always needed, to take back what was written, and each other only by a rule. */
const RESTORED = {
  Workflow: {
    values: WORKFLOW_STATUSES,
    rest: 'NEW',
    written: (params: UpdateTemplate) => params.Workflow?.Status,
  },
  VerificationState: {
    values: VERIFICATION_STATES,
    rest: 'UNKNOWN',
    written: (params: UpdateTemplate) => params.VerificationState,
  },
} as const;

/**
 * What the function has to be allowed for a ruleset: what its enforced rules write, expired ones included, for a day
 * that passes changes no policy; what taking it back writes; the marks. Rules that observe need nothing. All labels are
 * needed once a rule sets one, for the provider's comes back.
 */
export function writePermissionsOf({
  rules,
  config,
}: Pick<Ruleset, 'rules' | 'config'>): readonly FieldPermission[] {
  const enforced = rules.filter(({ mode }) => mode === 'enforce');
  return (Object.keys(KEYS) as UpdatableField[]).map((field) => {
    const writers = enforced.filter(({ event }) => event.params[field] !== undefined);
    const names = writers.map(({ name }) => name);
    const needs = needsOf(field, config.withdrawing);
    return {
      field,
      keys: KEYS[field],
      allowed: names.length > 0 || needs.length > 0,
      rules: names,
      needs,
      values: valuesOf(field, writers, needs),
    };
  });
}

/** The members that the function may be asked to write at all; to write any other would be denied. */
export function writableFieldsOf(ruleset: Pick<Ruleset, 'rules' | 'config'>): ReadonlySet<string> {
  return new Set(writePermissionsOf(ruleset).flatMap(({ field, allowed }) => (allowed ? [field] : [])));
}

function needsOf(field: UpdatableField, withdrawing: readonly UpdatableField[]): readonly StandingNeed[] {
  if (field === 'UserDefinedFields') return ['marks'];
  // A rule's note goes with its status: were it denied, Security Hub would refuse the call that makes the finding NEW.
  if (field in RESTORED || field === 'Note') return ['withdrawal'];
  return withdrawing.includes(field) ? ['withdrawing'] : [];
}

function valuesOf(
  field: UpdatableField,
  writers: readonly Rule[],
  needs: readonly StandingNeed[],
): readonly ValuePermission[] | null {
  if (field === 'Severity') {
    const isNeeded = writers.length > 0 || needs.length > 0;
    return SEVERITY_LABELS.map((value) => {
      const names = namesOf(writers, (params) => params.Severity?.Label === value);
      const back = writers.length > 0 ? (['withdrawal'] as const) : needs;
      return { value, allowed: isNeeded, rules: names, needs: isNeeded ? back : [] };
    });
  }
  if (field !== 'Workflow' && field !== 'VerificationState') return null;
  const { values, rest, written } = RESTORED[field];
  return values.map((value) => {
    const names = namesOf(writers, (params) => written(params) === value);
    const back = value === rest ? needs : [];
    return { value, allowed: names.length > 0 || back.length > 0, rules: names, needs: back };
  });
}

function namesOf(rules: readonly Rule[], writes: (params: UpdateTemplate) => boolean): readonly string[] {
  return rules.filter(({ event }) => writes(event.params)).map(({ name }) => name);
}
