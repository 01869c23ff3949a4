import type { Finding } from '../../lib/findings/finding.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { readInstance } from '../../lib/triage/instance.ts';
import type { CallFailure } from '../triage/call-failure.ts';
import { callPaced, type Pace } from '../triage/paced-call.ts';
import type { SweepInstance } from './instance.ts';
import { firstPage, resumedPage, type SweepProgress } from './progress.ts';
import { withinShare } from './suppression-share.ts';

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
/** After as many refused tokens in a row it is not their age. */
const MOST_REFUSED_TOKENS = 3;
/** The third pass tells whether something is left; what keeps coming back is held up elsewhere, and an alarm says where. */
const MOST_PASSES = 3;
/** What was sent is decided and written meanwhile: the batching window, the calls, and the hub's own delay. */
const BETWEEN_PASSES_SECONDS = 900;
const AFTER_FAILURE_SECONDS = 60;

/**
 * Reads findings page by page and sends to the ingest queue those of which something is to be written, as the events
 * they would have come by, until `untilMs`, a pause or the end. Suppressions beyond their share are left to the next
 * sweep: were they waited for, what lapsed rules hide would stay hidden meanwhile. Works in whole pages: a page whose
 * findings were sent is in the progress it returns, so that at most one page is sent again after a crash. Throws what
 * stopped the first page; what stops a later one is waited for.
 */
export async function sweep(
  from: SweepProgress,
  instance: SweepInstance,
  untilMs: number,
): Promise<SweepProgress> {
  const { clock, reads, log } = instance;
  // A call that has begun may take its time: there is more of it than the work is given.
  const pace: Pace = { bucket: reads, clock, deadlineMs: untilMs + 30_000 };
  let progress: SweepProgress = { ...from, waitSeconds: 0 };
  for (let pages = 0; !progress.done && clock.nowMs() < untilMs; pages += 1) {
    try {
      progress = await sweepPage(progress, instance, pace);
    } catch (error) {
      if (pages === 0) throw error;
      log.warn('sweep interrupted', { cause: error instanceof Error ? error.name : 'Error' });
      return { ...progress, waitSeconds: AFTER_FAILURE_SECONDS };
    }
    if (progress.waitSeconds > 0) return progress;
  }
  return progress;
}

async function sweepPage(
  progress: SweepProgress,
  instance: SweepInstance,
  pace: Pace,
): Promise<SweepProgress> {
  const { hub, clock } = instance;
  const { window, nextToken, refusedTokens } = progress;
  const answer = await callPaced((timeoutMs) => hub.page(window, nextToken, timeoutMs), pace);
  if (answer.kind === 'refused' && nextToken !== null && refusedTokens < MOST_REFUSED_TOKENS)
    return { ...progress, ...resumedPage(progress), refusedTokens: refusedTokens + 1 };
  if (answer.kind !== 'answered') throw failureOf(answer);
  const { findings, nextToken: following } = answer.reply;
  const after = await sendChanging(findings, progress, instance);
  const read: SweepProgress = {
    ...after,
    read: after.read + findings.length,
    nextToken: following,
    lastCreatedMs: latestCreation(findings, progress.lastCreatedMs),
    refusedTokens: nextToken === null ? refusedTokens : 0,
  };
  return following === null ? endOfPass(read, instance, clock.nowMs()) : read;
}

/** Decides each finding as the triage function will, and sends those of which it would write something. */
async function sendChanging(
  findings: readonly Finding[],
  progress: SweepProgress,
  instance: SweepInstance,
): Promise<SweepProgress> {
  const { ruleset, clock, ingest, suppressionsPerHour } = instance;
  const decided: { readonly finding: Finding; readonly decision: Decision }[] = [];
  for (const finding of findings)
    decided.push({ finding, decision: await decide(finding, IMPORTED, ruleset, clock.nowMs()) });
  const changing = decided.filter(({ decision }) => decision.kind === 'update');
  const sending = isSending(progress, instance);
  const perHour = sending ? suppressionsPerHour : null;
  const share = withinShare(changing, perHour, progress.suppressedUpMs, clock.nowMs());
  if (sending) await ingest.send(share.taken.map(({ finding }) => finding));
  const suppressed = share.taken.filter(({ decision }) => decision.newlySuppressed).length;
  // These may be what the pass before deferred, which tells nothing of what it sent.
  const firstSent = progress.deferredBefore > 0 ? suppressed : 0;
  return {
    ...progress,
    marked:
      progress.marked + findings.filter((finding) => readInstance(finding, ruleset.config).marked).length,
    sent: progress.sent + share.taken.length,
    sentThisPass: progress.sentThisPass + share.taken.length - firstSent,
    newlySuppressed: progress.newlySuppressed + suppressed,
    unsayable: progress.unsayable + decided.filter(({ decision }) => decision.kind === 'deadLetter').length,
    deferred: progress.deferred + share.deferred,
    suppressedUpMs: share.suppressedUpMs,
  };
}

function isSending({ dryRun }: SweepProgress, { mode }: SweepInstance): boolean {
  return mode === 'enforce' && !dryRun;
}

/** Where nothing was sent there is nothing that a further pass could see take effect. */
function endOfPass(progress: SweepProgress, instance: SweepInstance, nowMs: number): SweepProgress {
  const { filters, pass, sentThisPass, deferred } = progress;
  if (sentThisPass === 0 || pass >= MOST_PASSES || !isSending(progress, instance))
    return { ...progress, done: true };
  return {
    ...progress,
    ...firstPage(filters, nowMs),
    ...{ startedMs: nowMs, pass: pass + 1, sentThisPass: 0, waitSeconds: BETWEEN_PASSES_SECONDS },
    ...{ deferred: 0, deferredBefore: deferred },
  };
}

function failureOf({ kind, cause }: CallFailure): Error {
  const error = new Error(`GetFindings ${kind}: ${cause.code}`);
  error.name = cause.code;
  return error;
}

function latestCreation(findings: readonly Finding[], earlierMs: number | null): number | null {
  const times = findings.map(({ CreatedAt }) => Date.parse(String(CreatedAt))).filter(Number.isFinite);
  return times.reduce<number | null>((last, ms) => (last === null || ms > last ? ms : last), earlierMs);
}
