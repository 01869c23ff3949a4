import type { CallBudget } from './call-budget.ts';

/** The settings of a deployed stack that decide how many calls are made and when. */
export interface StackSettings extends CallBudget {
  /** Messages in one invocation, at most. */
  readonly batchSize: number;
  /** How long a batch is collected, from its first message on. */
  readonly windowMs: number;
  /** Invocations at once; each runs in an execution environment with a call budget of its own. */
  readonly maxConcurrency: number;
  /** Batches that Lambda collects at once; messages fall to any of them. */
  readonly pollers: number;
  readonly timeoutMs: number;
  /** How long Security Hub takes to answer a call. */
  readonly callMs: number;
  /** How long the function works on one message before it calls. */
  readonly messageMs: number;
  /** After how long an update comes back as an event of its own; null where such events are kept out. */
  readonly echoMs: number | null;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB for a synchronous invocation. */
export const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** What the payload holds around its records. */
export const PAYLOAD_FRAME_BYTES = '{"Records":[]}'.length;

/** The function starts no call with less time than this left (lambdas/triage/paced-call.ts). */
export const LAST_START_MS = 3_000;

/** Deliveries before SQS moves a message to the dead-letter queue (lib/infrastructure/queues/timings.ts). */
export const MAX_RECEIVE_COUNT = 14;

/** When a returned message shows again, by how often it was received (lambdas/triage/acknowledge.ts). */
export function returnDelayMs(receiveCount: number): number {
  return Math.min(900_000, 30_000 * 2 ** (receiveCount - 1));
}
