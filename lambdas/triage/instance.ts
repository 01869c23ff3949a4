import { existsSync, readFileSync } from 'node:fs';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { IndexEntries } from '../../lib/rules/engine/candidates/index-entries.ts';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { type Clock, systemClock } from './clock.ts';
import type { DecisionBus, DecisionBusSettings } from './decision-bus.ts';
import { createDeliveryMemory, type DeliveryMemory } from './delivery-memory.ts';
import type { Environment } from './environment.ts';
import { createQueueFailures, type QueueFailures } from './queue-failures.ts';
import type { Queues } from './queues.ts';
import type { SecurityHub } from './security-hub.ts';
import { createSuppressionBudget, type SuppressionBudget } from './suppression-budget.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** What one execution environment keeps between invocations. */
export interface Instance {
  readonly ruleset: Ruleset;
  readonly mode: 'observe' | 'enforce';
  /** Clients load when they are first needed: most cold starts of a quiet account need none. */
  readonly hub: () => Promise<SecurityHub>;
  readonly queues: () => Promise<Queues>;
  /** Null where nobody is told of decisions. */
  readonly decisionBus: (() => Promise<DecisionBus>) | null;
  readonly queueFailures: QueueFailures;
  readonly updates: TokenBucket;
  readonly reads: TokenBucket;
  readonly deliveries: DeliveryMemory;
  readonly suppressions: SuppressionBudget;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The quota's burst of 6 is for the whole account, and every environment starts with a full bucket. */
const READS_AT_ONCE = 1;

/** Where an instance takes its time and its clients from. */
export interface Surroundings {
  readonly clock: Clock;
  readonly connectHub: () => Promise<SecurityHub>;
  readonly connectQueues: (environment: Environment, failures: QueueFailures) => Promise<Queues>;
  readonly connectDecisionBus: (settings: DecisionBusSettings) => Promise<DecisionBus>;
}

/** The clients are loaded on first use: they are most of the bundle, and many invocations need none. */
const DEPLOYED: Surroundings = {
  clock: systemClock,
  connectHub: async () => (await import('./security-hub.ts')).connectSecurityHub(),
  connectQueues: async (environment, failures) =>
    (await import('./queues.ts')).connectQueues(environment, failures),
  connectDecisionBus: async (settings) => (await import('./decision-bus.ts')).connectDecisionBus(settings),
};

/** Builds what one execution environment keeps: the rules that were deployed with the code, token buckets, clients. */
export function createInstance(
  environment: Environment,
  ruleset: Ruleset,
  log: Logger,
  { clock, connectHub, connectQueues, connectDecisionBus }: Surroundings = DEPLOYED,
): Instance {
  const { mode, callsPerSecond, callBurst, readsPerSecond, suppressionsPerHour } = environment;
  const busArn = environment.decisionBusArn;
  const queueFailures = createQueueFailures(log);
  return {
    mode,
    log,
    clock,
    deliveries: createDeliveryMemory(),
    suppressions: createSuppressionBudget(suppressionsPerHour),
    ruleset,
    hub: once(connectHub),
    queues: once(() => connectQueues(environment, queueFailures)),
    decisionBus: busArn === null ? null : once(() => connectDecisionBus({ busArn, ruleset, clock, log })),
    queueFailures,
    updates: createTokenBucket(callsPerSecond, callBurst, clock),
    reads: createTokenBucket(readsPerSecond, READS_AT_ONCE, clock),
  };
}

/** Reads what was deployed and compiles it at once: the start of an environment has more of a processor than its invocations. */
export function readRuleset(file: URL): Ruleset {
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
