import { applyUpdates } from '../../../lambdas/triage/apply.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { UpdateGroup } from '../../../lib/triage/plan.ts';
import { virtualClock } from './fixtures.ts';
import type { Answer, ReceivedCall } from './scripted-aws.ts';
import { withScriptedHub } from './scripted-hub.ts';

/** Applies groups by the real client to a scripted Security Hub, in virtual time. */
export function withApply() {
  const { aws, hub } = withScriptedHub();

  async function apply(groups: readonly UpdateGroup[], timeMs = 60_000) {
    const clock = virtualClock(0);
    const pace = { bucket: createTokenBucket(3, 10, clock), clock, deadlineMs: timeMs };
    return { clock, applied: await applyUpdates(groups, async () => hub(), pace) };
  }

  /** Applies one group and tells the outcome of each identifier as text. */
  async function outcomes(findings: readonly FindingIdentifier[], timeMs?: number): Promise<string[]> {
    const { applied } = await apply([{ update: UPDATE, findings }], timeMs);
    return findings.map((finding) => {
      const end = applied.get(findingKey(finding));
      if (end === undefined) return 'lost';
      return end.result.kind === 'updated' ? 'updated' : `${end.result.kind} ${end.result.cause.code}`;
    });
  }
  return { aws, hub, apply, outcomes };
}

export const UPDATE = { Workflow: { Status: 'NOTIFIED' } } as const;

export function reply(
  processed: readonly FindingIdentifier[],
  unprocessed: Record<string, readonly FindingIdentifier[]> = {},
): Answer {
  const UnprocessedFindings = Object.entries(unprocessed).flatMap(([ErrorCode, findings]) =>
    findings.map((FindingIdentifier) => ({
      FindingIdentifier,
      ErrorCode,
      ErrorMessage: `because ${ErrorCode}`,
    })),
  );
  return { json: { ProcessedFindings: processed, UnprocessedFindings } };
}

export function sentIn(call: ReceivedCall): FindingIdentifier[] {
  return call.body.FindingIdentifiers;
}

export function idsIn(call: ReceivedCall): string[] {
  return sentIn(call).map(({ Id }) => Id);
}
