import { createAccountClock } from './account-clock.ts';
import { readCloudAssembly } from './assembly/cloud-assembly.ts';
import type { LocalResources } from './assembly/local-resources.ts';
import { resolveResources } from './assembly/resolve-resources.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import type { EventSource } from './event-source/event-source.ts';
import { createLocalFunction, type LocalFunction } from './lambda/local-function.ts';
import { createPrincipals, type Principals } from './principals.ts';
import { createSecurityHub, type SecurityHub, type SecurityHubOptions } from './security-hub/security-hub.ts';
import { serveSecurityHub } from './security-hub/serve.ts';
import { addQueues } from './set-up-queues.ts';
import { serveQueueService } from './sqs/queue-server.ts';
import { createQueueService, type QueueService } from './sqs/queue-service.ts';
import { startEventSources } from './start-event-sources.ts';

export interface LocalAccountOptions {
  /** What `cdk synth` wrote. */
  readonly assemblyDir: string;
  /** Twelve digits; 111122223333 unless given. */
  readonly accountId?: string;
  /** eu-west-1 unless given. */
  readonly region?: string;
  /**
   * Real time that a waiting account takes for each of its milliseconds: at 0.001 a batching window of 30 s is over
   * in 30 ms, and a visibility timeout of half an hour in 1.8 s. Invocations are never shortened. 1 unless given.
   */
  readonly timeScale?: number;
  /** Port of each endpoint; any free one unless given. */
  readonly ports?: { readonly securityHub?: number; readonly sqs?: number };
  readonly securityHub?: Pick<SecurityHubOptions, 'maps' | 'emitNoOp' | 'quotas' | 'throttledAs'>;
}

export interface LocalAccount {
  readonly accountId: string;
  readonly region: string;
  /** What was built, and what was left out. */
  readonly resources: LocalResources;
  /** For AWS_ENDPOINT_URL_SECURITYHUB and AWS_ENDPOINT_URL_SQS. */
  readonly endpoints: { readonly securityHub: string; readonly sqs: string };
  readonly principals: Principals;
  readonly hub: SecurityHub;
  readonly queues: QueueService;
  /** By name. */
  readonly functions: ReadonlyMap<string, LocalFunction>;
  /** By the logical id of the mapping. */
  readonly eventSources: ReadonlyMap<string, EventSource>;
  /** Puts an event on the default bus, as the service that is its source would. */
  readonly emit: EventBus['put'];
  readonly filtered: EventBus['filtered'];
  readonly undelivered: EventBus['undelivered'];
  /** Resolves when no event is on its way any more; throws past `timeoutMs` of real time (default two minutes). */
  readonly settle: (timeoutMs?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const PARTITION = 'aws';
const DEFAULT_SETTLE_TIMEOUT_MS = 120_000;

/**
 * Builds an AWS account on loopback from a synthesized app: its queues, rule, function, event source and roles, and
 * a Security Hub. Everything speaks the real protocols and obeys the template, so that a wrong setting fails in
 * behaviour. Throws AssemblyError, with nothing left open, where the template cannot be acted out.
 */
export async function startLocalAccount(options: LocalAccountOptions): Promise<LocalAccount> {
  const { accountId = '111122223333', region = 'eu-west-1' } = options;
  const stacks = readCloudAssembly(options.assemblyDir);
  const clock = createAccountClock(options.timeScale ?? 1);
  const endings: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) {
      await end();
    }
  };
  try {
    // Queue URLs name the endpoint, so queues are served before the template is resolved, and empty till then.
    let principals = createPrincipals(accountId, PARTITION, []);
    const queues = createQueueService({
      region,
      accountId,
      now: clock.now,
      access: {
        principalOf: (accessKeyId) => {
          const arn = principals.arnOf(accessKeyId);
          return arn === undefined ? undefined : { arn };
        },
        identityStatements: ({ arn }) => (arn === undefined ? [] : principals.statementsOf(arn)),
      },
    });
    const sqs = await serveQueueService(queues, { ...(options.ports?.sqs && { port: options.ports.sqs }) });
    endings.push(sqs.close);
    const resources = resolveResources(stacks, {
      accountId,
      region,
      partition: PARTITION,
      queueUrl: queues.queueUrl,
    });
    principals = createPrincipals(accountId, PARTITION, resources.roles);
    addQueues(queues, resources);

    const bus = createEventBus(resources.eventRules, queues);
    const hub = createSecurityHub({
      ...options.securityHub,
      accountId,
      region,
      now: Date.now,
      emit: bus.put,
    });
    const securityHub = await serveSecurityHub(hub, {
      ...(options.ports?.securityHub && { port: options.ports.securityHub }),
      principalOf: principals.arnOf,
      authorize: ({ principalArn, ...request }) => principals.authorize(principalArn, request),
    });
    endings.push(securityHub.close);

    const endpoints = { securityHub: securityHub.endpoint, sqs: sqs.endpoint };
    const functions = startFunctions(resources, { region, principals, endpoints });
    const eventSources = startEventSources(resources, {
      region,
      principals,
      endpoint: sqs.endpoint,
      queues,
      functions,
      clock,
    });
    // Together: an event source waits for its invocations, which end with their processes.
    endings.push(async () => {
      await Promise.all([...eventSources.values(), ...functions.values()].map((part) => part.close()));
    });
    return {
      accountId,
      region,
      resources,
      endpoints,
      principals,
      hub,
      queues,
      functions,
      eventSources,
      emit: bus.put,
      filtered: bus.filtered,
      undelivered: bus.undelivered,
      settle: (timeoutMs = DEFAULT_SETTLE_TIMEOUT_MS) => settle([...eventSources.values()], timeoutMs),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function startFunctions(
  resources: LocalResources,
  { region, principals, endpoints }: Pick<LocalAccount, 'region' | 'principals' | 'endpoints'>,
): ReadonlyMap<string, LocalFunction> {
  return new Map(
    resources.functions.map((spec) => [
      spec.name,
      createLocalFunction(spec, { region, credentials: principals.credentialsOf(spec.roleArn), endpoints }),
    ]),
  );
}

/** One source's last invocation may feed another's queue: settled is when a whole round found all at rest. */
async function settle(sources: readonly EventSource[], timeoutMs: number): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    for (const source of sources) {
      await source.settle(timeoutMs);
    }
  }
}
