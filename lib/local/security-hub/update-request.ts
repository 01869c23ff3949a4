import type { FindingIdentifier, SeverityLabel } from '../../findings/finding.ts';
import { type FindingUpdate, UPDATABLE_FIELDS, UPDATE_LIMITS } from '../../findings/update.ts';
import { type Check, listOf, mapOf, objectOf, text } from './check.ts';
import { FIELD_CHECKS, NOTE_CHECKS, SEVERITY_CHECKS } from './field-checks.ts';
import { isObject, textAt } from './json.ts';
import { CHOSEN_READINGS, type OpenReadings } from './open-readings.ts';
import { labelOf } from './severity.ts';

/** A BatchUpdateFindings request that keeps every documented constraint. */
export interface UpdateRequest extends RequestedUpdate {
  readonly FindingIdentifiers: readonly FindingIdentifier[];
}

/** Wider than what the product sends: any client may call. */
export interface RequestedUpdate extends Omit<FindingUpdate, 'Severity'> {
  readonly Severity?: {
    readonly Label?: SeverityLabel;
    readonly Normalized?: number;
    readonly Product?: number;
  };
}

export type UpdateReading =
  | { readonly kind: 'valid'; readonly request: UpdateRequest }
  | { readonly kind: 'invalid'; readonly why: string }
  /** The fault is of the values, and read as the findings' own. */
  | { readonly kind: 'unprocessed'; readonly identifiers: readonly FindingIdentifier[] };

/**
 * Checks a request against the API page; a breach refuses the whole call. Unknown members are ignored.
 * Undocumented and so chosen: a request that names no field to update, or an empty Severity, is a breach too.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export function readUpdateRequest(request: unknown, readings: OpenReadings = CHOSEN_READINGS): UpdateReading {
  const why = checkFor(readings)(request, '') ?? emptyUpdate(request) ?? breachByReading(request, readings);
  if (why !== undefined || !isObject(request)) {
    const identifiers = isObject(request) ? request.FindingIdentifiers : undefined;
    const isOfValues = IDENTIFIERS(identifiers, '') === undefined;
    return isOfValues && readings.excessiveValues === 'findingUnprocessed'
      ? { kind: 'unprocessed', identifiers: identifiers as readonly FindingIdentifier[] }
      : { kind: 'invalid', why: why ?? 'the request must be an object' };
  }
  const present = Object.entries(request).filter(([, value]) => value !== null);
  // The checks above are what makes this an UpdateRequest; members beyond it are never read.
  return { kind: 'valid', request: Object.fromEntries(present) as unknown as UpdateRequest };
}

/**
 * The API page asks of an identifier's members one character that is not blank, and breaking that refuses the call. It
 * gives them no lengths: those of ASFF (Id 512 characters, ProductArn 12 to 2,048) are a finding's own. So no finding
 * has an identifier beyond them, which is FindingNotFound as documented: it "did not match an existing finding".
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingIdentifier.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsUnprocessedFinding.html
 */
const identifiersUpTo = (most: number): Check =>
  listOf(objectOf({ Id: text(), ProductArn: text() }, ['Id', 'ProductArn']), 1, most);
const IDENTIFIERS = identifiersUpTo(UPDATE_LIMITS.findingsPerCall);

const IDENTIFIERS_WITHOUT_END = identifiersUpTo(Number.POSITIVE_INFINITY);
const FIELDS_WITHOUT_END = mapOf(Number.POSITIVE_INFINITY, text(), text());

const checkFor = ({ tooManyIdentifiers, excessiveValues }: OpenReadings): Check =>
  objectOf(
    {
      FindingIdentifiers: tooManyIdentifiers === 'taken' ? IDENTIFIERS_WITHOUT_END : IDENTIFIERS,
      ...FIELD_CHECKS,
      ...(excessiveValues === 'taken' && { UserDefinedFields: FIELDS_WITHOUT_END }),
      Severity: objectOf(SEVERITY_CHECKS),
      Note: objectOf(NOTE_CHECKS, ['Text', 'UpdatedBy']),
    },
    ['FindingIdentifiers'],
  );

/** What breaks a reading that a test asked for. */
function breachByReading(request: unknown, readings: OpenReadings): string | undefined {
  const given = isObject(request) ? request : {};
  const { emptyCollections, noteLines, severityConflict } = readings;
  const empty = ['Types', 'UserDefinedFields'].find(
    (field) => typeof given[field] === 'object' && Object.keys(given[field] ?? {}).length === 0,
  );
  if (emptyCollections === 'refused' && empty !== undefined) return `${empty} must not be empty`;
  if (noteLines === 'one' && /\n/.test(textAt(given.Note, 'Text') ?? ''))
    return 'Note.Text must match the pattern .*\\S.*';
  return severityConflict === 'refused' && contradicts(given.Severity)
    ? 'Severity.Label and Severity.Normalized contradict each other'
    : undefined;
}

function contradicts(severity: unknown): boolean {
  const { Label, Normalized } = isObject(severity) ? severity : {};
  return typeof Normalized === 'number' && Label !== undefined && labelOf(Normalized) !== Label;
}

function emptyUpdate(request: unknown): string | undefined {
  const given = isObject(request) ? request : {};
  if (!UPDATABLE_FIELDS.some((field) => (given[field] ?? undefined) !== undefined)) {
    return `one of ${UPDATABLE_FIELDS.join(', ')} must be given`;
  }
  const severity = given.Severity;
  const empty =
    isObject(severity) &&
    !Object.keys(SEVERITY_CHECKS).some((member) => (severity[member] ?? undefined) !== undefined);
  return empty ? 'Severity must hold Label, Normalized or Product' : undefined;
}
