import { readMode, readPositive, readSuppressions, readUrl, type Variables } from './variables.ts';

/** What the stack tells the function through environment variables. */
export interface Environment {
  /** `observe` decides, counts and logs, but writes nothing to Security Hub. */
  readonly mode: 'observe' | 'enforce';
  readonly deadLetterQueueUrl: string;
  readonly ingestQueueUrl: string;
  /** BatchUpdateFindings calls that one execution environment allows itself. */
  readonly callsPerSecond: number;
  readonly callBurst: number;
  /** GetFindings calls that one execution environment allows itself. */
  readonly readsPerSecond: number;
  /** Findings that one execution environment newly suppresses within an hour; null for as many as rules say. */
  readonly suppressionsPerHour: number | null;
  /** The event bus on which confirmed updates are told; null for none. */
  readonly decisionBusArn: string | null;
}

/**
 * Reads the function's configuration once, at cold start. Throws where a variable is missing or makes no sense,
 * and names who sets it: a function that starts on a guess would fail finding by finding instead.
 */
export function readEnvironment(variables: Variables): Environment {
  return {
    mode: readMode(variables),
    deadLetterQueueUrl: readUrl(variables, 'DEAD_LETTER_QUEUE_URL'),
    ingestQueueUrl: readUrl(variables, 'INGEST_QUEUE_URL'),
    callsPerSecond: readPositive(variables, 'CALLS_PER_SECOND', 3),
    callBurst: readPositive(variables, 'CALL_BURST', 10),
    readsPerSecond: readPositive(variables, 'READS_PER_SECOND', 1),
    suppressionsPerHour: readSuppressions(variables),
    decisionBusArn: variables.DECISION_BUS_ARN || null,
  };
}
