import { canonicalJson } from '../findings/canonical-json.ts';
import type { FindingIdentifier } from '../findings/finding.ts';
import { findingKey } from '../findings/finding-key.ts';
import { type FindingUpdate, UPDATE_LIMITS } from '../findings/update.ts';
import type { Decision } from './decision.ts';

/** One BatchUpdateFindings call: the same update for 1 to 100 distinct findings. */
export interface UpdateGroup {
  readonly update: FindingUpdate;
  readonly findings: readonly FindingIdentifier[];
}

/**
 * Turns decisions into the fewest calls there can be: a request carries one payload, so findings share a call
 * exactly when their whole payloads are equal, up to 100 a call; Σ over distinct payloads ⌈n / 100⌉ calls.
 * A finding is sent once, whatever the number of its decisions (the API refuses duplicates); the first counts.
 * Groups follow the order in which their payloads first appear, so equal input makes equal calls.
 */
export function planUpdates(decisions: readonly Decision[]): readonly UpdateGroup[] {
  const planned = new Set<string>();
  const byPayload = new Map<string, { update: FindingUpdate; findings: FindingIdentifier[] }>();
  for (const { kind, finding, update } of decisions) {
    const key = findingKey(finding);
    if (planned.has(key)) continue;
    planned.add(key);
    if (kind !== 'update' || update === null) continue;
    const payload = canonicalJson(update);
    const group = byPayload.get(payload) ?? { update, findings: [] };
    group.findings.push({ Id: finding.Id, ProductArn: finding.ProductArn });
    byPayload.set(payload, group);
  }
  return [...byPayload.values()].flatMap(splitToCalls);
}

function splitToCalls({ update, findings }: UpdateGroup): readonly UpdateGroup[] {
  const calls: UpdateGroup[] = [];
  for (let at = 0; at < findings.length; at += UPDATE_LIMITS.findingsPerCall)
    calls.push({ update, findings: findings.slice(at, at + UPDATE_LIMITS.findingsPerCall) });
  return calls;
}
