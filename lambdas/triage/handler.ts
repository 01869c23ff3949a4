import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { acknowledge, transientFailure } from './acknowledge.ts';
import { readEnvironment } from './environment.ts';
import { createInstance } from './instance.ts';
import { logReport } from './log-report.ts';
import { measure } from './measure.ts';
import { type Message, readInvocation } from './message.ts';
import { type TriageReport, triage } from './pipeline.ts';

/** Lambda sets the function's name; it tells several instances of the product in one account apart. */
const serviceName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'securityhub-triage';
const log = new Logger({ serviceName });
const metrics = new Metrics({ namespace: 'securityhub-triage', serviceName });
const instance = createInstance(
  readEnvironment(process.env),
  new URL('./ruleset.json', import.meta.url),
  log,
);

/**
 * The function's entry: a batch of the ingest queue, answered message by message, or one EventBridge event invoked
 * directly, which has no queue to return to and therefore fails when any of its findings must be tried again.
 */
async function run(event: unknown, context: Context): Promise<unknown> {
  const { direct, messages } = readInvocation(event);
  const deadlineMs = instance.clock.nowMs() + context.getRemainingTimeInMillis();

  const report = await triage(messages, instance, deadlineMs);
  logReport(report, log);
  try {
    return direct ? answerDirectly(report) : await answerQueue(messages, report, deadlineMs);
  } finally {
    // Last, and also where it throws: returning messages may be denied too.
    measure(report, instance.queueFailures.takeDenied(), metrics);
  }
}

function answerQueue(messages: readonly Message[], report: TriageReport, deadlineMs: number) {
  const timeoutMs = Math.max(1, deadlineMs - instance.clock.nowMs() - 200);
  return acknowledge(messages, report, instance.queues, timeoutMs, log);
}

function answerDirectly(report: TriageReport) {
  const outcomes = report.endings.map(({ outcome }) => outcome);
  if (outcomes.some(({ outcome }) => outcome === 'returned')) throw transientFailure(report);
  return { outcomes };
}

export const handler = middy(run)
  // Never the event, whatever the environment asks for: it is full of finding text.
  .use(injectLambdaContext(log, { logEvent: false }))
  .use(logMetrics(metrics));
