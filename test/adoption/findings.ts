import type { Finding } from '../../lib/findings/finding.ts';
import { controlFindings } from '../blast-radius/findings.ts';
import { applyNative } from '../import/native-reference.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { NATIVE } from './native-rules.ts';

/** What a person has put on a finding: members of BatchUpdateFindings, user-defined fields by key. */
export type Persons = Readonly<Record<string, unknown>>;

export interface Existing {
  readonly finding: Finding;
  /** Null where no person has touched it. */
  readonly persons: Persons | null;
}

/** Native rules came when half of the findings were there already, and act on new findings only. */
const BEFORE_NATIVE_RULES = 0.5;
const FIRST_CREATED_MS = Date.parse('2026-01-01T00:00:00Z');
const MINUTE_MS = 60_000;

const ANALYST = { UpdatedBy: 'analyst@acme.example', UpdatedAt: '2026-10-01T09:00:00.000Z' };
/** Of twenty findings, what persons did on those at these places. */
const DONE_BY_PERSONS: ReadonlyMap<number, Persons> = new Map<number, Persons>([
  [3, { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'Asked the owner', ...ANALYST } }],
  [7, { Severity: { Label: 'HIGH' } }],
  [11, { Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'Accepted by the board', ...ANALYST } }],
  [13, { Criticality: 90, UserDefinedFields: { ticket: 'SEC-1234' } }],
  [17, { UserDefinedFields: { triageHold: 'until the audit' } }],
]);

/** An account as it stands on the first day: some findings natively decided, some touched by persons. */
export function existingFindings(count: number): readonly Existing[] {
  return controlFindings(count).map((provided, at) => {
    const created = {
      ...provided,
      CreatedAt: new Date(FIRST_CREATED_MS + at * MINUTE_MS).toISOString(),
    };
    const isOld = at < count * BEFORE_NATIVE_RULES;
    const finding = isOld ? created : applyNative(NATIVE, created, Date.parse(created.CreatedAt)).finding;
    const persons = DONE_BY_PERSONS.get(at % 20) ?? null;
    return { finding: persons === null ? finding : withPersons(finding, persons), persons };
  });
}

function withPersons(finding: Finding, { UserDefinedFields, ...plain }: Persons): Finding {
  const keys = {
    ...(finding.UserDefinedFields as object | undefined),
    ...(UserDefinedFields as object | undefined),
  };
  return applyUpdate(finding, {
    ...plain,
    ...(Object.keys(keys).length > 0 && { UserDefinedFields: keys }),
  } as Parameters<typeof applyUpdate>[1]);
}

/** The fields, and keys, of which something else stands there now. */
export function overwritten(persons: Persons, now: Finding): readonly string[] {
  const { UserDefinedFields, ...plain } = persons;
  const keys = Object.entries((UserDefinedFields ?? {}) as Readonly<Record<string, unknown>>);
  const map = (now.UserDefinedFields ?? {}) as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(plain)
      .filter(([field, value]) => comparable(field, now[field]) !== comparable(field, value))
      .map(([field]) => field),
    ...keys.filter(([key, value]) => map[key] !== value).map(([key]) => `UserDefinedFields.${key}`),
  ];
}

/** Security Hub adds a number to a label, and a time to a note. */
function comparable(field: string, value: unknown): string {
  const { Label, Text, UpdatedBy } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (field === 'Severity') return String(Label);
  return JSON.stringify(field === 'Note' ? [Text, UpdatedBy] : value);
}
