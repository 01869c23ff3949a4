import type { Finding, FindingIdentifier } from '../findings/finding.ts';
import type { FindingUpdate } from '../findings/update.ts';
import type { TriageConfig } from '../rules/ruleset.ts';
import { currentValue, userDefinedFieldsOf } from './field.ts';
import { keysOf, readInstance } from './instance.ts';
import { parseObject } from './mark.ts';
import type { FindingOutcome } from './outcome.ts';
import { standingOf } from './ownership.ts';

/** `source` and `detail-type` of the event; EventBridge lets AWS alone put a source that begins with `aws.`. */
export const FINDING_TRIAGED = { source: 'securityhub-triage', detailType: 'Finding Triaged' } as const;

/**
 * `detail` of the event that tells what one confirmed update made of a finding. Members may be added to format 1; none
 * of them changes its meaning. Of the finding itself it holds identities and values of the nine fields that can be
 * updated, and of those no words but what a rule wrote.
 */
export interface FindingTriaged {
  readonly formatVersion: 1;
  /** The prefix of the instance that decided. */
  readonly instance: string;
  /** The version of the rules it decided by. */
  readonly ruleset: string;
  /** The rules in force, in winning order. */
  readonly rules: readonly string[];
  /** Whether the update takes something back that no rule decides any more. */
  readonly withdrawal: boolean;
  /** The fields that it takes back. */
  readonly withdrawn: readonly string[];
  readonly finding: TriagedFinding;
  /** What stood in the fields of `after`; absent where nothing did. */
  readonly before: FieldsBefore;
  /** The fields that changed, as they are now; of user-defined fields the keys that changed, our marks left out. */
  readonly after: FindingUpdate;
  /** The event that brought the finding. */
  readonly event: TriagedEvent;
  /** When Security Hub confirmed the update, in ISO 8601. */
  readonly confirmedAt: string;
  /** It would be too large: types, related findings, user-defined fields and all rules but twenty are left out. */
  readonly truncated?: true;
}

/** Notes and user-defined fields are people's words, and are not told of. */
export type FieldsBefore = Omit<FindingUpdate, 'Note' | 'UserDefinedFields'>;

export interface TriagedFinding extends FindingIdentifier {
  readonly AwsAccountId?: string;
  readonly Region?: string;
  /** As rules read it: the provider's, or what a person or another tool set; never what a rule made of it. */
  readonly Severity?: { readonly Label: string };
}

export interface TriagedEvent {
  readonly id?: string;
  readonly 'detail-type': string;
  readonly time?: string;
  /** Of a custom action. */
  readonly actionName?: string;
}

/** What there is to tell of one confirmed update. */
export interface Confirmed {
  /** As it stood when it was decided. */
  readonly finding: Finding;
  readonly outcome: Pick<FindingOutcome, 'rules' | 'update'>;
  readonly event: TriagedEvent;
  readonly atMs: number;
}

/** Tells of one confirmed update, decided by the rules of this version. Pure. */
export function findingTriaged(
  { finding, outcome, event, atMs }: Confirmed,
  config: TriageConfig,
  ruleset: string,
): FindingTriaged {
  const update = outcome.update ?? {};
  const after = changesIn(finding, update, config);
  const withdrawn = withdrawnIn(update, config).filter((field) => Object.hasOwn(after, field));
  return {
    formatVersion: 1,
    instance: config.prefix,
    ruleset,
    rules: outcome.rules,
    withdrawal: withdrawn.length > 0,
    withdrawn,
    finding: describe(finding, config),
    before: standingIn(finding, after),
    after,
    event,
    confirmedAt: new Date(atMs).toISOString(),
  };
}

/**
 * EventBridge took 256 KB a request for long, and bills each 64 KB of an event as one. Nothing that rules in use write
 * comes near. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
const MOST_BYTES = 65_536;
const RULES_KEPT = 20;

/** The event's text, at most 64 KiB: what does not fit is cut to what has a bound of its own. */
export function writeFindingTriaged(told: FindingTriaged): string {
  const whole = JSON.stringify(told);
  if (Buffer.byteLength(whole) <= MOST_BYTES) return whole;
  const { Types: _a, RelatedFindings: _b, ...before } = told.before;
  const { Types: _c, RelatedFindings: _d, UserDefinedFields: _e, ...after } = told.after;
  const rules = told.rules.slice(0, RULES_KEPT);
  return JSON.stringify({ ...told, rules, before, after, truncated: true } satisfies FindingTriaged);
}

/** The update without our own book-keeping, and of the map, which is always sent whole, what it changes. */
function changesIn(finding: Finding, update: FindingUpdate, { prefix }: TriageConfig): FindingUpdate {
  const { UserDefinedFields = {}, ...plain } = update;
  const { set, rules } = keysOf(prefix);
  const current = userDefinedFieldsOf(finding);
  const changed = Object.entries(UserDefinedFields).filter(
    ([key, value]) => key !== set && key !== rules && current.get(key) !== value,
  );
  return changed.length === 0 ? plain : { ...plain, UserDefinedFields: Object.fromEntries(changed) };
}

/** The fields that stand withdrawn after the update, as its mark says. */
function withdrawnIn({ UserDefinedFields = {} }: FindingUpdate, { prefix }: TriageConfig): readonly string[] {
  const mark = parseObject(UserDefinedFields[keysOf(prefix).set] ?? '');
  return mark?.v === 1 && Array.isArray(mark.off) ? mark.off.map(String) : [];
}

function standingIn(
  finding: Finding,
  { Note: _, UserDefinedFields: __, ...after }: FindingUpdate,
): FieldsBefore {
  const before = Object.keys(after).flatMap((field) => {
    const value = currentValue(finding, field);
    return value === undefined ? [] : [[field, asMember(field, value)] as const];
  });
  return Object.fromEntries(before);
}

function asMember(field: string, value: unknown): unknown {
  if (field === 'Workflow') return { Status: value };
  return field === 'Severity' ? { Label: value } : value;
}

function describe(finding: Finding, config: TriageConfig): TriagedFinding {
  const { Id, ProductArn, AwsAccountId, Region } = finding;
  const { base } = standingOf(finding, 'Severity', readInstance(finding, config).mark);
  return {
    Id,
    ProductArn,
    ...(isLike(AwsAccountId, /^\d{12}$/) && { AwsAccountId }),
    ...(isLike(Region, /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/) && { Region }),
    ...(typeof base === 'string' && { Severity: { Label: base } }),
  };
}

/** Whatever else stands there is no identity. */
function isLike(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}
