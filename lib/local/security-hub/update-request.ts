import type { FindingIdentifier, SeverityLabel } from '../../findings/finding.ts';
import { type FindingUpdate, UPDATABLE_FIELDS, UPDATE_LIMITS } from '../../findings/update.ts';
import { listOf, objectOf, text } from './check.ts';
import { FIELD_CHECKS, NOTE_CHECKS, SEVERITY_CHECKS } from './field-checks.ts';
import { isObject } from './json.ts';

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

/**
 * Checks a request against the API page; a breach refuses the whole call. Unknown members are ignored.
 * Undocumented and so chosen: a request that names no field to update, or an empty Severity, is a breach too.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export function readUpdateRequest(
  request: unknown,
): { readonly kind: 'valid'; readonly request: UpdateRequest } | { readonly kind: 'invalid'; why: string } {
  const why = breach(request) ?? emptyUpdate(request);
  if (why !== undefined || !isObject(request)) {
    return { kind: 'invalid', why: why ?? 'the request must be an object' };
  }
  const present = Object.entries(request).filter(([, value]) => value !== null);
  // The checks above are what makes this an UpdateRequest; members beyond it are never read.
  return { kind: 'valid', request: Object.fromEntries(present) as unknown as UpdateRequest };
}

const breach = (request: unknown): string | undefined => CHECK(request, '');

const CHECK = objectOf(
  {
    FindingIdentifiers: listOf(
      objectOf({ Id: text(), ProductArn: text() }, ['Id', 'ProductArn']),
      1,
      UPDATE_LIMITS.findingsPerCall,
    ),
    ...FIELD_CHECKS,
    Severity: objectOf(SEVERITY_CHECKS),
    Note: objectOf(NOTE_CHECKS, ['Text', 'UpdatedBy']),
  },
  ['FindingIdentifiers'],
);

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
