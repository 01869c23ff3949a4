import { answerInvocation } from '../../../lambdas/triage/answer.ts';
import { createInstance } from '../../../lambdas/triage/instance.ts';
import { connectQueues } from '../../../lambdas/triage/queues.ts';
import { connectSecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { FindingFaults } from '../faults/finding-faults.ts';
import type { Spells } from '../faults/spells.ts';
import type { Environment, Invocation } from '../ledger.ts';
import { READS_PER_SECOND } from '../own-settings.ts';
import type { ClientKit } from '../wire/client-kits.ts';
import { DEAD_LETTERS, INGEST, type World } from '../world.ts';
import { queueCalls } from './queue-calls.ts';
import { securityHubCalls } from './security-hub-calls.ts';

/** A process of the function: its rules, memory, pace and clients, until it dies or is given up. */
export interface ExecutionEnvironment {
  readonly environment: Environment;
  readonly isBusy: () => boolean;
  readonly invoke: (invocation: Invocation, payload: string) => Promise<InvocationResult>;
  readonly kill: () => void;
}

const NEVER_MS = 2_147_000_000;

/** Starts one as the handler does: the same instance, with the account of the simulation around it. */
export function startEnvironment(
  world: World,
  options: {
    readonly id: string;
    readonly ruleset: Ruleset;
    readonly skewMs: number;
    readonly findingFaults: FindingFaults;
    readonly spells: Spells;
    readonly kit: ClientKit;
  },
): ExecutionEnvironment {
  const { time, queues, schedule } = world;
  const { mode, callsPerSecond, callBurst, suppressionsPerHour, functionTimeoutMs } = schedule.settings;
  // Environments are processes: none shares what is compiled of the rules, or remembered of findings.
  const ruleset = structuredClone(options.ruleset);
  const { id, skewMs } = options;
  const environment: Environment = {
    id,
    skewMs,
    ruleset,
    dead: false,
    carriedOut: new Set(),
    presses: new Map(),
  };
  let current: Invocation | null = null;
  let die: () => void = () => {};

  const kill = (): void => {
    environment.dead = true;
    die();
  };
  const caged = {
    kill,
    current: (): Invocation => {
      if (current === null) throw new Error('A call was made between invocations.');
      return current;
    },
  };
  const { hub, sqs, metrics, log, direct } = options.kit;
  direct({
    hub: securityHubCalls(world, caged, options.findingFaults, options.spells),
    sqs: queueCalls(world, caged),
    line: readLine,
  });
  const chance = world.random.fork(`environment ${id}`);
  const instance = createInstance(
    {
      ...{ mode, callsPerSecond, callBurst, suppressionsPerHour, readsPerSecond: READS_PER_SECOND },
      deadLetterQueueUrl: queues.queueUrl(DEAD_LETTERS),
      ingestQueueUrl: queues.queueUrl(INGEST),
      decisionBusArn: null,
    },
    ruleset,
    log,
    {
      clock: {
        nowMs: () => time.nowMs() + skewMs,
        sleep: (durationMs) => time.sleep(environment.dead ? NEVER_MS : durationMs),
        random: chance.next,
      },
      connectHub: async () => connectSecurityHub(hub),
      connectQueues: async (urls, failures) => connectQueues(urls, failures, sqs),
      connectDecisionBus: () => Promise.reject(new Error('No schedule has a decision bus.')),
    },
  );

  function readLine(attributes: Readonly<Record<string, unknown>>): void {
    if (environment.dead || current === null) return;
    const { message, Id, ProductArn, outcome, cause } = attributes;
    if (message === 'finding' && typeof outcome === 'string')
      current.endings.push({
        key: findingKey({ Id: String(Id), ProductArn: String(ProductArn) }),
        outcome,
        cause,
      });
    if (message === 'message' && typeof outcome === 'string') current.unread.push({ outcome, cause });
    if (schedule.readsLogs) publish(attributes);
  }

  function publish(line: unknown): void {
    const text = JSON.stringify(line);
    for (const watcher of world.watchers) watcher.onLine?.(text);
  }

  function readMetrics(invocation: Invocation): void {
    const line = metrics.serializeMetrics() as unknown as Readonly<Record<string, unknown>>;
    metrics.clearMetrics();
    for (const [name, value] of Object.entries(line))
      if (typeof value === 'number') invocation.metrics[name] = value;
    if (schedule.readsLogs) publish(line);
  }

  async function run(invocation: Invocation, payload: string): Promise<InvocationResult> {
    try {
      const answer = await answerInvocation(JSON.parse(payload), functionTimeoutMs, instance, metrics);
      return { ok: true, payload: JSON.stringify(answer ?? null) };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return { ok: false, errorType: name, errorMessage: message };
    } finally {
      if (!environment.dead) readMetrics(invocation);
    }
  }

  return {
    environment,
    kill,
    isBusy: () => current !== null,
    async invoke(invocation, payload) {
      current = invocation;
      const dead = new Promise<InvocationResult>((resolve) => {
        die = () => resolve({ ok: false, errorType: 'Runtime.ExitError', errorMessage: 'exited' });
      });
      const late = time.sleep(functionTimeoutMs).then((): InvocationResult => {
        if (current === invocation && !environment.dead) {
          environment.dead = true;
          for (const watcher of world.watchers) watcher.onTimedOut?.(invocation);
        }
        return { ok: false, errorType: 'Sandbox.Timedout', errorMessage: 'timed out' };
      });
      const result = await Promise.race([run(invocation, payload), dead, late]);
      if (!environment.dead) current = null;
      return result;
    },
  };
}
