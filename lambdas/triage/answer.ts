import type { Metrics } from '@aws-lambda-powertools/metrics';
import { acknowledge, transientFailure } from './acknowledge.ts';
import type { Instance } from './instance.ts';
import { logReport } from './log-report.ts';
import { measure } from './measure.ts';
import { type Message, readInvocation } from './message.ts';
import { type TriageReport, triage } from './pipeline.ts';
import { tellDecisions, triageDeadlineMs } from './tell-decisions.ts';

/**
 * Answers one invocation: a batch of the ingest queue, message by message, or one EventBridge event invoked directly,
 * which has no queue to return to and therefore fails when any of its findings must be tried again. Lambda stops the
 * function after `remainingMs`.
 */
export async function answerInvocation(
  event: unknown,
  remainingMs: number,
  instance: Instance,
  metrics: Metrics,
): Promise<unknown> {
  const { direct, messages } = readInvocation(event);
  const deadlineMs = instance.clock.nowMs() + remainingMs;

  const report = await triage(messages, instance, triageDeadlineMs(instance, deadlineMs));
  logReport(report, instance.log);
  try {
    return direct ? answerDirectly(report) : await answerQueue(messages, report, instance, deadlineMs);
  } finally {
    // Last, and also where it throws: returning messages may be denied too.
    const untold = await tellDecisions(report, instance, deadlineMs);
    measure(report, { deniedByQueues: instance.queueFailures.takeDenied(), untold }, metrics);
  }
}

function answerQueue(
  messages: readonly Message[],
  report: TriageReport,
  { clock, queues, log }: Instance,
  deadlineMs: number,
) {
  const timeoutMs = Math.max(1, deadlineMs - clock.nowMs() - 200);
  return acknowledge(messages, report, queues, timeoutMs, log);
}

function answerDirectly(report: TriageReport) {
  const outcomes = report.endings.map(({ outcome }) => outcome);
  if (outcomes.some(({ outcome }) => outcome === 'returned')) throw transientFailure(report);
  return { outcomes };
}
