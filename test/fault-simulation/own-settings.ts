import { DEFAULT_CONFIGURATION } from '../../lib/infrastructure/configuration/configuration.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../lib/infrastructure/queues/timings.ts';

const { batchSize, batchingWindowSeconds, callsPerSecond, callBurst } = DEFAULT_CONFIGURATION;

/** What each of the two environments at once may read, as the stack has it by default. */
export const READS_PER_SECOND = 1;

/** What the stack deploys with unless somebody sets something else. */
export const OWN_SETTINGS = {
  ...{ batchSize, callsPerSecond, callBurst },
  windowMs: batchingWindowSeconds * 1000,
  functionTimeoutMs: FUNCTION_TIMEOUT_SECONDS * 1000,
} as const;
