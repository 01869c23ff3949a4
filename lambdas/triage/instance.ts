import { existsSync, readFileSync } from 'node:fs';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { IndexEntries } from '../../lib/rules/engine/candidates/index-entries.ts';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDeliveryMemory, type DeliveryMemory } from './delivery-memory.ts';
import type { Environment } from './environment.ts';
import { createQueueFailures, type QueueFailures } from './queue-failures.ts';
import type { Queues } from './queues.ts';
import type { SecurityHub } from './security-hub.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** What one execution environment keeps between invocations. */
export interface Instance {
  readonly ruleset: Ruleset;
  readonly mode: 'observe' | 'enforce';
  /** Clients load when they are first needed: most cold starts of a quiet account need none. */
  readonly hub: () => Promise<SecurityHub>;
  readonly queues: () => Promise<Queues>;
  readonly queueFailures: QueueFailures;
  readonly updates: TokenBucket;
  readonly reads: TokenBucket;
  readonly deliveries: DeliveryMemory;
  readonly clock: Clock;
  readonly log: Logger;
}

/** GetFindings has 3 calls a second, burst 6, for the whole account: https://docs.aws.amazon.com/general/latest/gr/sechub.html */
const READS_PER_SECOND = 2;

/**
 * Builds what one execution environment keeps: the rules that were deployed with the code, the token buckets, and
 * the clients, which are loaded on first use because they are most of the bundle and many invocations need none.
 */
export function createInstance(environment: Environment, rulesetFile: URL, log: Logger): Instance {
  const { mode, callsPerSecond, callBurst } = environment;
  const queueFailures = createQueueFailures(log);
  return {
    mode,
    log,
    clock: systemClock,
    deliveries: createDeliveryMemory(),
    ruleset: readRuleset(rulesetFile),
    hub: once(async () => (await import('./security-hub.ts')).connectSecurityHub()),
    queues: once(async () => (await import('./queues.ts')).connectQueues(environment, queueFailures)),
    queueFailures,
    updates: createTokenBucket(callsPerSecond, callBurst, systemClock),
    reads: createTokenBucket(READS_PER_SECOND, READS_PER_SECOND, systemClock),
  };
}

/** Compiled at once: the start of an environment has more of a processor than its invocations. */
function readRuleset(file: URL): Ruleset {
  const ruleset = JSON.parse(readFileSync(file, 'utf8')) as Ruleset;
  const index = new URL('./ruleset-index.json', file);
  compileRuleset(
    ruleset,
    existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as IndexEntries) : undefined,
  );
  return ruleset;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
