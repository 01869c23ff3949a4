import { Logger } from '@aws-lambda-powertools/logger';
import type { SweepInstance } from '../../lambdas/sweep/instance.ts';
import { readProgress, type SweepProgress } from '../../lambdas/sweep/progress.ts';
import { sweep } from '../../lambdas/sweep/sweep.ts';
import type { Clock } from '../../lambdas/triage/clock.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { DEFAULT_CONFIGURATION } from '../../lib/infrastructure/configuration/configuration.ts';
import { sweepShare } from '../../lib/infrastructure/sweep/sweep-function.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';

export interface SweepCase {
  readonly findings: number;
  /** The share of them of which something is written. */
  readonly changing: number;
  /** By a rule that suppresses, at the share of the default configuration. */
  readonly suppressing?: true;
  /** What is sent is held up elsewhere, and is seen again in each pass. */
  readonly heldUp?: true;
  /** As many as GetFindings gives unless given. */
  readonly findingsPerPage?: number;
}

/** Findings that a sweep may have suppressed in an hour by the default configuration. */
export const SUPPRESSIONS_PER_HOUR = Number(sweepShare(DEFAULT_CONFIGURATION));
/** Of one call, slow rather than quick; the sweep waits for the next second anyway. */
const CALL_MS = 500;
/** lib/infrastructure/sweep/sweep-function.ts: five minutes, one of them to finish. */
const STRETCH_MS = 240_000;

const rulesetOf = (status: 'NOTIFIED' | 'SUPPRESSED'): Ruleset => ({
  rules: [
    {
      name: 'guardduty',
      owner: '@acme/secops',
      mode: 'enforce',
      priority: 100,
      conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
      event: { type: 'update', params: { Workflow: { Status: status } } },
    },
  ],
  ...{ conditions: {}, lists: {}, accounts: {}, config: DEFAULT_CONFIG, version: '0123456789ab' },
});

/** How a sweep went. */
export interface Course {
  readonly progress: SweepProgress;
  readonly calls: number;
  readonly requests: number;
  readonly stretches: number;
  readonly pauses: number;
  readonly workedMs: number;
  readonly tookMs: number;
}

/**
 * A whole sweep of findings of which every so many asks for an update, until it is sent: the sweep's own code, stretch
 * after stretch, under a clock that leaps.
 */
export async function wholeSweep({
  findings,
  changing,
  suppressing,
  heldUp,
  findingsPerPage = 100,
}: SweepCase): Promise<Course> {
  const startMs = Date.parse('2026-11-20T03:00:00Z');
  let nowMs = startMs;
  const clock: Clock = {
    nowMs: () => nowMs,
    sleep: async (durationMs) => {
      nowMs += durationMs;
    },
    random: () => 0.5,
  };
  let [calls, requests] = [0, 0];
  const updated = new Set<string>();
  const every = Math.round(1 / changing);
  const instance: SweepInstance = {
    ...{ mode: 'enforce', clock },
    suppressionsPerHour: suppressing ? SUPPRESSIONS_PER_HOUR : null,
    ruleset: rulesetOf(suppressing ? 'SUPPRESSED' : 'NOTIFIED'),
    hub: {
      async page(_filters, token) {
        calls += 1;
        nowMs += CALL_MS;
        const from = Number(token ?? 0);
        const until = Math.min(findings, from + findingsPerPage);
        const page = Array.from({ length: until - from }, (_, n) =>
          findingAt(from + n, (from + n) % every === 0 && !updated.has(idAt(from + n))),
        );
        return {
          kind: 'answered',
          reply: { findings: page, nextToken: until < findings ? String(until) : null },
        };
      },
    },
    ingest: {
      async send(sent) {
        requests += Math.ceil(sent.length / 10);
        if (!heldUp) for (const { Id } of sent) updated.add(Id);
      },
    },
    reads: createTokenBucket(1, 1, clock),
    log: new Logger({ logLevel: 'SILENT' }),
  };
  let progress = readProgress({}, nowMs);
  let [stretches, pauses, workedMs] = [0, 0, 0];
  while (!progress.done) {
    const beganMs = nowMs;
    progress = await sweep(progress, instance, nowMs + STRETCH_MS);
    stretches += 1;
    workedMs += nowMs - beganMs;
    nowMs += progress.waitSeconds * 1000;
    if (progress.waitSeconds > 0) pauses += 1;
  }
  return { progress, calls, requests, stretches, pauses, workedMs, tookMs: nowMs - startMs };
}

const idAt = (n: number) => `finding-${n}`;

function findingAt(n: number, isChanging: boolean): Finding {
  return {
    Id: idAt(n),
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/inspector',
    SchemaVersion: '2018-10-08',
    AwsAccountId: '111122223333',
    ProductName: isChanging ? 'GuardDuty' : 'Inspector',
    CreatedAt: '2026-02-01T10:00:00.000Z',
    UpdatedAt: '2026-03-01T10:00:00.000Z',
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    Severity: { Label: 'LOW' },
  };
}
