import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse } from 'aws-lambda';
import type { Message } from './message.ts';
import type { TriageReport } from './pipeline.ts';
import type { Queues } from './queues.ts';
import { OVER_BUDGET } from './suppression-budget.ts';

/** First delay of a returned message, doubled with each receipt: at most 15 minutes, so that it is tried soon after an outage. */
const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 900;

/**
 * Answers the event source: a message is done only if every finding in it has a durable outcome; the others return
 * and come again after a delay of their own. The delays stretch the queue's 14 receipts over two and a half hours; in
 * a longer outage SQS itself moves messages to the dead-letter queue, without `triage` and cause. Nothing is lost by
 * that, since redriving them decides them anew. A batch in which everything failed for the time being throws
 * instead, because an event source that gets an answer never backs off.
 */
export async function acknowledge(
  messages: readonly Message[],
  report: TriageReport,
  queues: () => Promise<Queues>,
  timeoutMs: number,
  log: Logger,
): Promise<SQSBatchResponse> {
  if (report.postponedIds.length > 0) log.info('acts postponed', { messageIds: report.postponedIds });
  const returnedIds = returnedMessages(report);
  const returned = messages.filter(({ id }) => returnedIds.has(id));
  if (returned.length === 0) return { batchItemFailures: [] };

  const delays = returned.flatMap(({ receipt }) =>
    receipt === null ? [] : [{ receiptHandle: receipt.handle, seconds: delaySeconds(receipt.receiveCount) }],
  );
  const refused = await (await queues()).delay(delays, timeoutMs);
  if (refused > 0) log.warn('visibility not changed', { messages: refused });

  if (returned.length === messages.length && allFailed(report)) throw transientFailure(report);
  return { batchItemFailures: returned.map(({ id }) => ({ itemIdentifier: id })) };
}

/** The error of a batch, or a direct invocation, that must be made again. */
export function transientFailure({ endings }: TriageReport): Error {
  const codes = endings.flatMap(({ outcome }) =>
    outcome.outcome === 'returned' && outcome.cause !== undefined ? [outcome.cause.code] : [],
  );
  return new Error(`Findings were left for another attempt: ${[...new Set(codes)].join(', ')}`);
}

/** By how often the message was received, this time included. */
export function delaySeconds(receiveCount: number): number {
  return Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** Math.max(0, receiveCount - 1));
}

function returnedMessages({ endings, postponedIds }: TriageReport): ReadonlySet<string> {
  const returned = endings.filter(({ outcome }) => outcome.outcome === 'returned');
  return new Set([...postponedIds, ...returned.flatMap(({ messageIds }) => messageIds)]);
}

/** What the breaker holds back is no failure: its own alarm tells of it, and no other should. */
function allFailed({ endings }: TriageReport): boolean {
  return endings.every(
    ({ outcome: { outcome, cause } }) => outcome === 'returned' && cause?.code !== OVER_BUDGET.code,
  );
}
