import type { FindingIdentifier } from '../findings/finding.ts';
import { createAccountClock } from './account-clock.ts';
import { readCloudAssembly } from './assembly/cloud-assembly.ts';
import type { LocalResources } from './assembly/local-resources.ts';
import { resolveResources } from './assembly/resolve-resources.ts';
import { checkTrust } from './check-trust.ts';
import { createCloudFormation } from './cloud-formation.ts';
import { type CloudWatch, createCloudWatch } from './cloudwatch/cloudwatch.ts';
import {
  type QueueMetrics,
  queueMetrics,
  recordExecution,
  ruleRecorder,
} from './cloudwatch/service-metrics.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { createEventDoor, type EventDoor } from './event-door/put-events.ts';
import { CHOSEN_EVENT_READINGS, type EventReadings } from './event-readings.ts';
import type { EventSource } from './event-source/event-source.ts';
import { fireWith } from './fire-schedules.ts';
import type { Intercept } from './interception.ts';
import { createEventSourceMappings } from './lambda/event-source-mappings.ts';
import type { LocalFunction } from './lambda/local-function.ts';
import { serveLambdaApi } from './lambda/serve-lambda-api.ts';
import { pressOn } from './press-action.ts';
import { createPrincipals, type Principals } from './principals.ts';
import { serveQueryApi } from './query/serve-query-api.ts';
import { createRulesOfBus, type RulesOfBus } from './rules-of-bus.ts';
import { createSecurityHub, type SecurityHub, type SecurityHubOptions } from './security-hub/security-hub.ts';
import { serveSecurityHub } from './security-hub/serve.ts';
import { serveEventsApi } from './serve-events-api.ts';
import { addQueues } from './set-up-queues.ts';
import { serveQueueService } from './sqs/queue-server.ts';
import { createQueueService, type QueueService } from './sqs/queue-service.ts';
import { startEventSources } from './start-event-sources.ts';
import { startFunctions } from './start-functions.ts';
import { serveStatesApi } from './step-functions/serve-states-api.ts';
import { createStateMachines, type Execution, type StateMachines } from './step-functions/state-machines.ts';
import { createTokenService } from './token-service.ts';

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
  /** Names of event buses that are there beside those of the template and the default one. */
  readonly eventBuses?: readonly string[];
  /** For tests: strikes an API call, or the process that makes it, at the moment it arrives. */
  readonly intercept?: Intercept;
  readonly securityHub?: Pick<
    SecurityHubOptions,
    'maps' | 'emitNoOp' | 'readings' | 'quotas' | 'throttledAs'
  >;
  /** How else to read what is undocumented of event patterns. */
  readonly eventReadings?: Partial<EventReadings>;
}

export interface LocalAccount {
  readonly accountId: string;
  readonly region: string;
  /** What was built, and what was left out. */
  readonly resources: LocalResources;
  /** For AWS_ENDPOINT_URL_SECURITYHUB, …_SQS, …_LAMBDA, …_CLOUDFORMATION, …_STS, …_SFN and …_EVENTBRIDGE. */
  readonly endpoints: {
    readonly securityHub: string;
    readonly sqs: string;
    readonly lambda: string;
    readonly cloudFormation: string;
    readonly sts: string;
    readonly states: string;
    readonly events: string;
  };
  readonly principals: Principals;
  readonly hub: SecurityHub;
  readonly queues: QueueService;
  /** By name. */
  readonly functions: ReadonlyMap<string, LocalFunction>;
  /** By the logical id of the mapping. */
  readonly eventSources: ReadonlyMap<string, EventSource>;
  /** Alarms and the metrics they look at. */
  readonly cloudWatch: CloudWatch;
  /** Of the app's state machines. */
  readonly executions: StateMachines['executions'];
  /** Those of the app on the default bus, and those that somebody else put there. */
  readonly rulesOfBus: RulesOfBus;
  /** Takes the events that functions and people put, on any bus. */
  readonly eventDoor: EventDoor;
  /** Puts an event on the default bus, as the service that is its source would. */
  readonly emit: EventBus['put'];
  /** Presses a custom action of the app, by its id, on findings of the hub; throws where there is no such one. */
  readonly press: (actionId: string, identifiers: readonly FindingIdentifier[]) => void;
  /** Starts a state machine as somebody who may; undefined where there is none with this ARN. */
  readonly startExecution: (machineArn: string, input: unknown) => Execution | undefined;
  /** Fires every enabled schedule of the app once, as its time has come; returns how many targets that started. */
  readonly fire: () => number;
  readonly filtered: EventBus['filtered'];
  readonly undelivered: EventBus['undelivered'];
  /** Milliseconds since the epoch by the account's own clock, which leaps while it only waits. */
  readonly now: () => number;
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
    let watchedQueues: QueueMetrics | undefined;
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
    const { intercept } = options;
    let eventSources: ReadonlyMap<string, EventSource> = new Map();
    const sqs = await serveQueueService(queues, {
      ...(options.ports?.sqs && { port: options.ports.sqs }),
      intercept,
      onReceive: (queueName, messages) => watchedQueues?.received(queueName, messages),
    });
    endings.push(sqs.close);
    const resources = resolveResources(stacks, {
      accountId,
      region,
      partition: PARTITION,
      queueUrl: queues.queueUrl,
    });
    principals = createPrincipals(accountId, PARTITION, resources.roles);
    checkTrust(resources, principals, region);
    addQueues(queues, resources);

    const mappings = createEventSourceMappings({
      mappings: resources.eventSourceMappings,
      functions: resources.functions,
      principals,
      sources: () => eventSources,
      now: clock.now,
    });
    const lambda = await serveLambdaApi(mappings, principals.arnOf);
    endings.push(lambda.close);
    // What is reported before there is a CloudWatch is of no use to anybody.
    let watching: CloudWatch | undefined;
    const record: CloudWatch['record'] = (series, value) => watching?.record(series, value);
    let functions: ReadonlyMap<string, LocalFunction> = new Map();
    const stateMachines = createStateMachines({
      machines: resources.stateMachines,
      region,
      principals,
      lambdaEndpoint: lambda.endpoint,
      functionByArn: (arn) => functions.get(arn.split(':').at(-1) ?? ''),
      clock,
      onEnd: (execution) => recordExecution(execution, record),
    });
    endings.push(async () => stateMachines.close());
    const states = await serveStatesApi(stateMachines, principals);
    endings.push(states.close);
    const eventReadings = { ...CHOSEN_EVENT_READINGS, ...options.eventReadings };
    const { start } = stateMachines;
    const bus = createEventBus(resources.eventRules, queues, start, ruleRecorder(record), eventReadings);
    watchedQueues = queueMetrics(resources.queues, queues, clock.now);
    const cloudWatch = createCloudWatch({
      alarms: resources.alarms,
      accountId,
      region,
      now: clock.now,
      sample: watchedQueues.sample,
      emit: bus.put,
    });
    watching = cloudWatch;
    endings.push(async () => cloudWatch.close());
    const hub = createSecurityHub({
      ...options.securityHub,
      accountId,
      region,
      now: Date.now,
      emit: bus.put,
    });
    const securityHub = await serveSecurityHub(hub, {
      ...(options.ports?.securityHub && { port: options.ports.securityHub }),
      intercept,
      principalOf: principals.arnOf,
      authorize: ({ principalArn, ...request }) => principals.authorize(principalArn, request),
    });
    endings.push(securityHub.close);

    const cloudFormation = await serveQueryApi(
      createCloudFormation(resources.stacks, principals, Date.now()),
      principals.arnOf,
    );
    endings.push(cloudFormation.close);
    const rulesOfBus = createRulesOfBus(resources, bus);
    const eventDoor = createEventDoor({
      ...{ accountId, region, partition: PARTITION, authorize: principals.authorize, now: Date.now },
      buses: [...resources.eventBuses.map(({ name }) => name), ...(options.eventBuses ?? [])],
      emit: bus.put,
    });
    const events = await serveEventsApi(
      { rules: rulesOfBus, door: eventDoor, region, readings: eventReadings },
      principals,
      intercept,
    );
    endings.push(events.close);
    const sts = await serveQueryApi(createTokenService(principals, Date.now), principals.arnOf);
    endings.push(sts.close);

    const endpoints = {
      securityHub: securityHub.endpoint,
      sqs: sqs.endpoint,
      lambda: lambda.endpoint,
      cloudFormation: cloudFormation.endpoint,
      sts: sts.endpoint,
      states: states.endpoint,
      events: events.endpoint,
    };
    functions = startFunctions(resources, { region, principals, endpoints }, cloudWatch.record);
    eventSources = startEventSources(resources, {
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
      cloudWatch,
      executions: stateMachines.executions,
      startExecution: (machineArn, input) => stateMachines.run(machineArn, input),
      fire: fireWith(stateMachines, resources.schedules, ruleRecorder(record)),
      rulesOfBus,
      eventDoor,
      emit: bus.put,
      press: pressOn(hub, resources.actionTargets),
      filtered: bus.filtered,
      undelivered: bus.undelivered,
      now: clock.now,
      settle: (timeoutMs = DEFAULT_SETTLE_TIMEOUT_MS) => settle([...eventSources.values()], timeoutMs),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One source's last invocation may feed another's queue: settled is when a whole round found all at rest. */
async function settle(sources: readonly EventSource[], timeoutMs: number): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    for (const source of sources) {
      await source.settle(timeoutMs);
    }
  }
}
