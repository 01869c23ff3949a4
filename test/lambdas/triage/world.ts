import { Logger } from '@aws-lambda-powertools/logger';
import type { CallResult } from '../../../lambdas/triage/call-failure.ts';
import type { DeadLetter } from '../../../lambdas/triage/dead-letter.ts';
import { createDeliveryMemory } from '../../../lambdas/triage/delivery-memory.ts';
import type { Instance } from '../../../lambdas/triage/instance.ts';
import type { Message } from '../../../lambdas/triage/message.ts';
import { type TriageReport, triage } from '../../../lambdas/triage/pipeline.ts';
import { createQueueFailures } from '../../../lambdas/triage/queue-failures.ts';
import type { SecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { createSuppressionBudget } from '../../../lambdas/triage/suppression-budget.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { FindingUpdate } from '../../../lib/findings/update.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { UpdateReply } from '../../../lib/triage/reply.ts';
import { NOW_MS, RULESET, virtualClock } from './fixtures.ts';

export interface World {
  readonly instance: Instance;
  /** Identifiers of each update call. */
  readonly updates: FindingIdentifier[][];
  /** What each update call sets. */
  readonly payloads: FindingUpdate[];
  readonly reads: string[];
  readonly letters: DeadLetter[];
}

interface Situation {
  readonly mode?: 'observe' | 'enforce';
  readonly update?: (findings: readonly FindingIdentifier[]) => CallResult<UpdateReply>;
  /** Findings as they stand in Security Hub. */
  readonly stored?: readonly Finding[];
  readonly confirmLetters?: boolean;
  readonly ruleset?: Ruleset;
  readonly suppressionsPerHour?: number;
}

/** The pipeline with its two services played in the process: what is tried here is the order of things. */
export function world({
  mode = 'enforce',
  update,
  stored = [],
  confirmLetters = true,
  ruleset = RULESET,
  suppressionsPerHour,
}: Situation = {}): World {
  const clock = virtualClock();
  const updates: FindingIdentifier[][] = [];
  const payloads: FindingUpdate[] = [];
  const reads: string[] = [];
  const letters: DeadLetter[] = [];
  const hub: SecurityHub = {
    async update({ update: payload, findings }) {
      payloads.push(payload);
      updates.push([...findings]);
      return update?.(findings) ?? { kind: 'answered', reply: { processed: findings, unprocessed: [] } };
    },
    async read(identifiers) {
      reads.push(...identifiers.map(({ Id }) => Id));
      const asked = new Set(identifiers.map(findingKey));
      const findings = stored.filter((one) => asked.has(findingKey(one)));
      return { kind: 'answered', reply: { findings, nextToken: null } };
    },
  };
  const log = new Logger({ logLevel: 'SILENT' });
  const instance: Instance = {
    ruleset,
    mode,
    clock,
    hub: async () => hub,
    queues: async () => ({
      async sendDeadLetters(sent) {
        letters.push(...sent);
        return new Set(confirmLetters ? sent.keys() : []);
      },
      delay: async () => 0,
    }),
    updates: createTokenBucket(3, 10, clock),
    reads: createTokenBucket(2, 2, clock),
    deliveries: createDeliveryMemory(),
    suppressions: createSuppressionBudget(suppressionsPerHour ?? null),
    decisionBus: null,
    queueFailures: createQueueFailures(log),
    log,
  };
  return { instance, updates, payloads, reads, letters };
}

/** Runs the pipeline on one message a body, each received so many times. */
export async function run(
  { instance }: World,
  bodies: readonly string[],
  receiveCount: number | readonly number[] = 1,
): Promise<TriageReport> {
  const messages: readonly Message[] = bodies.map((body, n) => ({
    id: `m-${n}`,
    body,
    receipt: {
      handle: `r-${n}`,
      receiveCount: typeof receiveCount === 'number' ? receiveCount : (receiveCount[n] ?? 1),
    },
  }));
  return triage(messages, instance, NOW_MS + 300_000);
}

/** Each ending as `<Id> <outcome> <cause>`. */
export function outcomesOf({ endings }: TriageReport): string[] {
  return endings.map(({ outcome: { Id, outcome, cause } }) =>
    [Id, outcome, cause?.code].filter(Boolean).join(' '),
  );
}
