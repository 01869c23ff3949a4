import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import { isObject, type JsonObject, listAt, objectAt } from './json.ts';
import { CHOSEN_READINGS, type OpenReadings } from './open-readings.ts';
import { labelOf, normalizedOf } from './severity.ts';
import type { RequestedUpdate } from './update-request.ts';

/** Whether a list or map in an update takes the place of the stored one or adds to it: undocumented. */
export type MapsReading = 'replace' | 'merge';

/**
 * The finding after an update. Severity.Original and fields that the update does not name stay. Undocumented: UpdatedAt
 * is the provider's and stays, and where Label and Normalized contradict each other the label counts, unless
 * `readings` say otherwise.
 */
export function applyUpdate(
  finding: Finding,
  update: RequestedUpdate,
  options: {
    readonly maps: MapsReading;
    readonly at: string;
    readonly readings?: Pick<OpenReadings, 'severityConflict' | 'updatedAt'>;
  },
): Finding {
  const { Workflow, Severity, VerificationState, Confidence, Criticality, Note } = update;
  const { severityConflict, updatedAt } = options.readings ?? CHOSEN_READINGS;
  return {
    ...finding,
    ...(updatedAt === 'changed' && { UpdatedAt: options.at }),
    ...(Workflow && { Workflow: { Status: Workflow.Status } }),
    ...(Severity && {
      Severity: { ...objectAt(finding, 'Severity'), ...severityMembers(Severity, severityConflict) },
    }),
    ...(VerificationState && { VerificationState }),
    ...(Confidence !== undefined && { Confidence }),
    ...(Criticality !== undefined && { Criticality }),
    ...(Note && { Note: { Text: Note.Text, UpdatedBy: Note.UpdatedBy, UpdatedAt: options.at } }),
    ...lists(finding, update, options.maps),
  };
}

function severityMembers(
  severity: NonNullable<RequestedUpdate['Severity']>,
  conflict: OpenReadings['severityConflict'],
): JsonObject {
  const { Label, Normalized, Product } = severity;
  const named = conflict === 'normalized' && Normalized !== undefined ? undefined : Label;
  const label = named ?? (Normalized === undefined ? undefined : labelOf(Normalized));
  const normalized = named === undefined ? Normalized : normalizedOf(named);
  return {
    ...(label !== undefined && { Label: label, Normalized: normalized }),
    ...(Product !== undefined && { Product }),
  };
}

function lists(finding: Finding, update: RequestedUpdate, maps: MapsReading): JsonObject {
  const merge = maps === 'merge';
  const { Types, RelatedFindings, UserDefinedFields } = update;
  return {
    ...(Types && { Types: merge ? [...new Set([...listAt(finding, 'Types'), ...Types])] : Types }),
    ...(RelatedFindings && {
      RelatedFindings: merge
        ? withoutTwins([...listAt(finding, 'RelatedFindings'), ...RelatedFindings])
        : RelatedFindings.map(identifierOf),
    }),
    ...(UserDefinedFields && {
      UserDefinedFields: merge
        ? { ...objectAt(finding, 'UserDefinedFields'), ...UserDefinedFields }
        : UserDefinedFields,
    }),
  };
}

function identifierOf({ ProductArn, Id }: FindingIdentifier): FindingIdentifier {
  return { ProductArn, Id };
}

function withoutTwins(related: readonly unknown[]): readonly unknown[] {
  const byIdentity = new Map(
    related.map((one) => [isObject(one) ? JSON.stringify([one.ProductArn, one.Id]) : one, one]),
  );
  return [...byIdentity.values()];
}
