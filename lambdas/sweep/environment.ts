import { readMode, readSuppressions, readText, readUrl, type Variables } from '../triage/variables.ts';

/** What the stack tells the sweep through environment variables. */
export interface SweepEnvironment {
  readonly mode: 'observe' | 'enforce';
  readonly ingestQueueUrl: string;
  /** Of the deployment: where events come from. */
  readonly accountId: string;
  readonly region: string;
  /** The sweep's share of what may be newly suppressed; null for as many as rules say. */
  readonly suppressionsPerHour: number | null;
}

/** Reads it once, at cold start; throws as the triage function's does. */
export function readSweepEnvironment(variables: Variables): SweepEnvironment {
  return {
    mode: readMode(variables),
    ingestQueueUrl: readUrl(variables, 'INGEST_QUEUE_URL'),
    accountId: readText(variables, 'ACCOUNT_ID', 'the number of an AWS account'),
    region: readText(variables, 'AWS_REGION', 'the name of a Region'),
    suppressionsPerHour: readSuppressions(variables),
  };
}
