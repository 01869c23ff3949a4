import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import { isObject, type JsonObject, listAt, objectAt } from './json.ts';
import { labelOf, normalizedOf } from './severity.ts';
import type { RequestedUpdate } from './update-request.ts';

/** Whether a list or map in an update takes the place of the stored one or adds to it: undocumented. */
export type MapsReading = 'replace' | 'merge';

/**
 * The finding after an update. UpdatedAt is the provider's and stays; Severity.Original stays; fields that the
 * update does not name stay. Where Label and Normalized contradict each other (undocumented) the label counts.
 */
export function applyUpdate(
  finding: Finding,
  update: RequestedUpdate,
  options: { readonly maps: MapsReading; readonly at: string },
): Finding {
  const { Workflow, Severity, VerificationState, Confidence, Criticality, Note } = update;
  return {
    ...finding,
    ...(Workflow && { Workflow: { Status: Workflow.Status } }),
    ...(Severity && { Severity: { ...objectAt(finding, 'Severity'), ...severityMembers(Severity) } }),
    ...(VerificationState && { VerificationState }),
    ...(Confidence !== undefined && { Confidence }),
    ...(Criticality !== undefined && { Criticality }),
    ...(Note && { Note: { Text: Note.Text, UpdatedBy: Note.UpdatedBy, UpdatedAt: options.at } }),
    ...lists(finding, update, options.maps),
  };
}

function severityMembers(severity: NonNullable<RequestedUpdate['Severity']>): JsonObject {
  const { Label, Normalized, Product } = severity;
  const label = Label ?? (Normalized === undefined ? undefined : labelOf(Normalized));
  const normalized = Label === undefined ? Normalized : normalizedOf(Label);
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
