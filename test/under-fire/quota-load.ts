import { setTimeout as sleep } from 'node:timers/promises';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import type { Title } from './firing-rules.ts';
import { evidenceOf, judgeRun, type RunVerdict } from './judge-run.ts';
import { findingTitled, type Range } from './range.ts';

/** How the documented quotas, 10 updates a second, burst 30, and 3 reads, burst 6, were shared by two workers and a foreign caller. */
export interface QuotaFigures {
  readonly foreignCallsPerSecond: number;
  readonly seconds: number;
  readonly workers: number;
  readonly calls: number;
  /** Of the calls, those of GetFindings. */
  readonly reads: number;
  readonly throttled: number;
  readonly foreignCalls: number;
  readonly foreignThrottled: number;
  readonly verdict: RunVerdict;
}

/**
 * Fills two invocations with findings that each ask for a call of their own, so that both workers call as fast as they
 * allow themselves to, while somebody else calls at a steady rate. The deployed batch size must be `findings / 2`.
 */
export async function loadQuota(
  range: Range,
  run: string,
  {
    findings: count,
    foreignCallsPerSecond,
    title = 'alone',
    ageMs = 0,
  }: {
    readonly findings: number;
    readonly foreignCallsPerSecond: number;
    readonly title?: Title;
    /** Of the events: what is older than 15 minutes is read again. */
    readonly ageMs?: number;
  },
): Promise<QuotaFigures> {
  const { account, lambda } = range;
  const findings = Array.from({ length: count }, (_, n) => findingTitled(title, `${run}-${n}`));
  const stranger = findingTitled('leave', `${run}-foreign`);
  account.hub.seed([stranger]);
  const before = { calls: account.hub.calls().length, invocations: lambda.invocations().length };
  let running = true;
  const foreign = callSteadily(range, stranger, foreignCallsPerSecond, () => running);
  const startedMs = performance.now();

  range.import(findings, ageMs);
  await account.settle();
  running = false;
  await foreign;

  const calls = account.hub.calls().slice(before.calls);
  const byStranger = calls.filter(({ request }) => namesOnly(request, stranger.Id));
  const ours = calls.filter((call) => !byStranger.includes(call));
  return {
    foreignCallsPerSecond,
    seconds: (performance.now() - startedMs) / 1000,
    workers: mostAtOnce(lambda.invocations().slice(before.invocations)),
    calls: ours.length,
    reads: ours.filter(({ operation }) => operation === 'GetFindings').length,
    throttled: ours.filter(({ status }) => status === 429).length,
    foreignCalls: byStranger.length,
    foreignThrottled: byStranger.filter(({ status }) => status === 429).length,
    verdict: judgeRun(evidenceOf(range, before.calls), findings, range.ruleset),
  };
}

async function callSteadily(
  { account }: Range,
  { Id, ProductArn }: FindingIdentifier,
  perSecond: number,
  goesOn: () => boolean,
): Promise<void> {
  const startedMs = performance.now();
  for (let made = 0; perSecond > 0 && goesOn(); ) {
    // By the clock, not by the pauses: a busy machine would thin the load out.
    const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond);
    for (; made < due; made += 1)
      account.hub.call('BatchUpdateFindings', {
        FindingIdentifiers: [{ Id, ProductArn }],
        Note: { Text: `${made}`, UpdatedBy: 'another tool' },
      });
    await sleep(50);
  }
}

function namesOnly(request: unknown, id: string): boolean {
  const { FindingIdentifiers } = request as { readonly FindingIdentifiers?: readonly FindingIdentifier[] };
  return FindingIdentifiers?.every(({ Id }) => Id === id) ?? false;
}

function mostAtOnce(
  invocations: readonly { readonly startedAtMs: number; readonly durationMs: number }[],
): number {
  return Math.max(
    ...invocations.map(
      ({ startedAtMs }) =>
        invocations.filter(
          (other) => other.startedAtMs <= startedAtMs && startedAtMs < other.startedAtMs + other.durationMs,
        ).length,
    ),
  );
}
