import { newestSnapshots } from '../../lib/triage/newest.ts';
import { planUpdates } from '../../lib/triage/plan.ts';
import { applyUpdates } from './apply.ts';
import { type CallCount, countCalls } from './counted-hub.ts';
import { decideAll, leaveUnchanged, redecideStale } from './decisions.ts';
import { leaveOutApplied } from './delivery-memory.ts';
import { confirmDeadLetters, type Ending, settleAll } from './ending.ts';
import type { Instance } from './instance.ts';
import { type Message, readMessages } from './message.ts';
import { rememberAll } from './remember.ts';
import { countSuppressions, holdBackSuppressions } from './suppression-budget.ts';

/** How every finding of the batch ended, and what it took. */
export interface TriageReport {
  readonly endings: readonly Ending[];
  readonly ignored: number;
  /** Messages whose acts are decided after another act on the same finding: they return to the queue. */
  readonly postponedIds: readonly string[];
  /** Findings that were newly suppressed, or may have been: their call failed on its way. */
  readonly newlySuppressed: number;
  readonly calls: CallCount;
}

/** The whole of the product: read → decide → plan → apply → settle. `deadlineMs` is when Lambda stops us (epoch). */
export async function triage(
  messages: readonly Message[],
  instance: Instance,
  deadlineMs: number,
): Promise<TriageReport> {
  const { ruleset, mode, clock, deliveries, suppressions, log } = instance;
  const context = { ruleset, mode, deliveries, log, nowMs: clock.nowMs() };
  const calls = countCalls(instance.hub, log);

  const intake = readMessages(messages);
  const { open, done } = leaveOutApplied(intake.snapshots, deliveries);
  const choices = newestSnapshots(open, ruleset.config);

  const first = await decideAll(choices, context);
  // What is read again is yet to be sent: reading takes half of the time that is left at most.
  const readsEndMs = clock.nowMs() + (deadlineMs - clock.nowMs()) / 2;
  const reads = { bucket: instance.reads, clock, deadlineMs: readsEndMs };
  const current = await redecideStale(first, context, calls.hub, reads);

  const decided = mode === 'enforce' ? holdBackSuppressions(current, suppressions, clock.nowMs()) : current;
  const allowed = mode === 'enforce' ? decided.filter(({ blocked }) => blocked === null) : [];
  const groups = planUpdates(allowed.map(({ decision }) => decision));

  const applied = await applyUpdates(groups, calls.hub, { bucket: instance.updates, clock, deadlineMs });

  rememberAll(decided, applied, deliveries);
  const newlySuppressed = countSuppressions(decided, applied, suppressions);
  const settled = settleAll(intake, [...decided, ...done.map(leaveUnchanged)], applied, context);
  const endings = await confirmDeadLetters(settled, instance.queues, () => deadlineMs - clock.nowMs() - 500);
  const postponedIds = choices.flatMap(({ postponed }) => postponed.map(({ messageId }) => messageId));
  return { endings, postponedIds, newlySuppressed, ignored: intake.ignored, calls: calls.count() };
}
