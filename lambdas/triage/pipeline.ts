import { findingKey } from '../../lib/findings/finding-key.ts';
import { newestSnapshots } from '../../lib/triage/newest.ts';
import { planUpdates } from '../../lib/triage/plan.ts';
import { applyUpdates } from './apply.ts';
import { type CallCount, countCalls } from './counted-hub.ts';
import { decideAll, redecideStale } from './decisions.ts';
import { confirmDeadLetters, type Ending, settleAll } from './ending.ts';
import type { Instance } from './instance.ts';
import { type Message, readMessages } from './message.ts';

/** How every finding of the batch ended, and what it took. */
export interface TriageReport {
  readonly endings: readonly Ending[];
  readonly ignored: number;
  readonly calls: CallCount;
}

/** The whole of the product: read → decide → plan → apply → settle. `deadlineMs` is when Lambda stops us (epoch). */
export async function triage(
  messages: readonly Message[],
  instance: Instance,
  deadlineMs: number,
): Promise<TriageReport> {
  const { ruleset, mode, clock, deliveries, log } = instance;
  const context = { ruleset, mode, deliveries, log, nowMs: clock.nowMs() };
  const calls = countCalls(instance.hub, log);

  const intake = readMessages(messages);
  const snapshots = newestSnapshots(intake.snapshots, ruleset.config);

  const first = await decideAll(snapshots, context);
  const reads = { bucket: instance.reads, clock, deadlineMs };
  const decided = await redecideStale(first, context, calls.hub, reads);

  const open = mode === 'enforce' ? decided.filter(({ blocked }) => blocked === null) : [];
  const groups = planUpdates(open.map(({ decision }) => decision));

  const updates = { bucket: instance.updates, clock, deadlineMs };
  const applied = await applyUpdates(groups, calls.hub, updates);

  for (const { snapshot } of decided) {
    if (applied.get(findingKey(snapshot.finding))?.result.kind === 'updated') deliveries.remember(snapshot);
  }
  const settled = settleAll(intake, decided, applied, context);
  const endings = await confirmDeadLetters(settled, instance.queues, () => deadlineMs - clock.nowMs() - 500);
  return { endings, ignored: intake.ignored, calls: calls.count() };
}
