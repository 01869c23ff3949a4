import type { Logger } from '@aws-lambda-powertools/logger';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import type { Clock } from '../triage/clock.ts';
import type { TokenBucket } from '../triage/token-bucket.ts';
import type { FindingPages } from './finding-pages.ts';
import type { Ingest } from './ingest.ts';

/** What one execution environment of the sweep keeps between invocations. */
export interface SweepInstance {
  /** The one that the triage function decides by, of the same deployment. */
  readonly ruleset: Ruleset;
  /** Observing, findings are read and counted, and nothing is sent. */
  readonly mode: 'observe' | 'enforce';
  /** Findings that the sweep may have newly suppressed in an hour; null for as many as rules say. */
  readonly suppressionsPerHour: number | null;
  readonly hub: FindingPages;
  readonly ingest: Ingest;
  readonly reads: TokenBucket;
  readonly clock: Clock;
  readonly log: Logger;
}
