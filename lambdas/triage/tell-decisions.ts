import type { Instance } from './instance.ts';
import type { TriageReport } from './pipeline.ts';

/** However slow the bus is, a batch is held up no longer, and keeps so much of its time for what is left to do. */
const MOST_MS = 5_000;
const SPARE_MS = 2_000;
/** Of a batch that takes all of its time, so much is kept for telling: a thousand events take about one second. */
const KEPT_MS = 3_000;

/** When triage has to be done, for there to be time to tell of it, whether or not the bus turns out to take anything. */
export function triageDeadlineMs({ decisionBus }: Instance, deadlineMs: number): number {
  return decisionBus === null ? deadlineMs : deadlineMs - KEPT_MS;
}

/**
 * Puts what was done on the decision bus: an event for each confirmed update, and none of anything else. Called when
 * the batch is answered in all but the answer itself, so that nothing of triage depends on it; never throws. At most
 * once: what is lost here, or with the process, is not told of later, for its finding stands as decided by then.
 *
 * @returns the events that the bus did not confirm; null where there is no bus
 */
export async function tellDecisions(
  { endings }: TriageReport,
  { decisionBus, clock, log }: Instance,
  deadlineMs: number,
): Promise<number | null> {
  if (decisionBus === null) return null;
  const updated = endings.filter(({ outcome }) => outcome.outcome === 'updated');
  if (updated.length === 0) return 0;
  try {
    const bus = await decisionBus();
    return await bus.put(updated, Math.min(clock.nowMs() + MOST_MS, deadlineMs - SPARE_MS));
  } catch (error) {
    // A fault of ours; its message may quote a finding.
    const codes = [error instanceof Error ? error.name : 'unknown'];
    log.error('decision events lost', { codes, events: updated.length });
    return updated.length;
  }
}
