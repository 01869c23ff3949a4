import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import { UPDATE_LIMITS } from '../../findings/update.ts';
import { applyUpdate, type MapsReading } from './apply-update.ts';
import { FINDING_TYPE } from './field-checks.ts';
import { listAt, objectAt } from './json.ts';
import type { OpenReadings } from './open-readings.ts';
import { isTooLarge, keyOf, PROVIDER_FIELDS, type StoredFinding } from './stored-finding.ts';
import { type UnprocessedFinding, unprocessed } from './unprocessed.ts';
import type { UpdateRequest } from './update-request.ts';

/** What an update meets beside the finding itself. */
export interface UpdateCircumstances {
  readonly nowMs: number;
  readonly maps: MapsReading;
  readonly readings: OpenReadings;
  /** A failure that was asked for, by code. */
  readonly failureOf: (identifier: FindingIdentifier) => string | undefined;
  /** True while another call is at work on the finding. */
  readonly inUse: (key: string) => boolean;
}

export interface UpdateResult {
  readonly body: {
    readonly ProcessedFindings: readonly FindingIdentifier[];
    readonly UnprocessedFindings: readonly UnprocessedFinding[];
  };
  readonly updated: readonly { readonly before: Finding; readonly after: Finding }[];
}

/**
 * BatchUpdateFindings on the store: each identifier succeeds or fails by itself, in the order of the request.
 * Undocumented and so chosen: every occurrence of a duplicated identifier fails, so that sending one shows.
 */
export function updateFindings(
  findings: Map<string, StoredFinding>,
  request: UpdateRequest,
  circumstances: UpdateCircumstances,
): UpdateResult {
  const occurrences = Map.groupBy(request.FindingIdentifiers, keyOf);
  const processed: FindingIdentifier[] = [];
  const failed: UnprocessedFinding[] = [];
  const updated: { before: Finding; after: Finding }[] = [];
  for (const { Id, ProductArn } of request.FindingIdentifiers) {
    const key = keyOf({ Id, ProductArn });
    const stored = findings.get(key);
    const duplicated = (occurrences.get(key)?.length ?? 0) > 1;
    const attempt = duplicated
      ? 'DuplicatedFindingIdentifier'
      : attemptUpdate(stored, key, request, circumstances);
    if (typeof attempt === 'string' || stored === undefined) {
      failed.push(unprocessed({ Id, ProductArn }, String(attempt)));
      continue;
    }
    findings.set(key, attempt);
    processed.push({ Id, ProductArn });
    updated.push({ before: stored.finding, after: attempt.finding });
  }
  return { body: { ProcessedFindings: processed, UnprocessedFindings: failed }, updated };
}

/** The finding as it will be stored, or the code of what stands against it. */
function attemptUpdate(
  stored: StoredFinding | undefined,
  key: string,
  request: UpdateRequest,
  circumstances: UpdateCircumstances,
): StoredFinding | string {
  if (stored === undefined) {
    return 'FindingNotFound';
  }
  const failure = circumstances.failureOf(stored.finding);
  if (failure !== undefined) {
    return failure;
  }
  if (circumstances.inUse(key)) {
    return 'ConcurrentUpdateError';
  }
  const at = new Date(circumstances.nowMs).toISOString();
  const { maps, readings } = circumstances;
  const finding = applyUpdate(stored.finding, request, { maps, at, readings });
  if (outgrown(finding, readings) || !listAt(request, 'Types').every(isFindingType)) {
    return 'InvalidInput';
  }
  if (isTooLarge(finding)) {
    return 'FindingSizeExceeded';
  }
  const set = PROVIDER_FIELDS.filter((field) => request[field] !== undefined);
  return { finding, customerSet: new Set([...stored.customerSet, ...set]) };
}

/** An update that breaks ASFF's syntax, though not the call's, fails finding by finding. */
function isFindingType(type: unknown): boolean {
  return typeof type === 'string' && FINDING_TYPE.test(type);
}

/** Merging may push a list or map over its limit although the request keeps it. */
function outgrown(finding: Finding, { excessiveValues }: OpenReadings): boolean {
  return (
    listAt(finding, 'Types').length > UPDATE_LIMITS.types ||
    listAt(finding, 'RelatedFindings').length > UPDATE_LIMITS.relatedFindings ||
    (excessiveValues !== 'taken' &&
      Object.keys(objectAt(finding, 'UserDefinedFields')).length > UPDATE_LIMITS.userDefinedFields)
  );
}
