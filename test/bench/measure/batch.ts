import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { answerInvocation } from '../../../lambdas/triage/answer.ts';
import { createDeliveryMemory } from '../../../lambdas/triage/delivery-memory.ts';
import type { Instance } from '../../../lambdas/triage/instance.ts';
import { createQueueFailures } from '../../../lambdas/triage/queue-failures.ts';
import { connectSecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { createSuppressionBudget } from '../../../lambdas/triage/suppression-budget.ts';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { generateFindingLines } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';
import { WORKLOAD_NOW } from '../workload/situation.ts';
import type { BatchRound, Measurement } from './job.ts';
import { collectGarbage } from './matching.ts';
import { buildDecide } from './product.ts';
import { startHubStub } from './stub-hub.ts';

const BATCH = 1_000;
const REMAINING_MS = 300_000;

/**
 * Times what the function does with one batch of the queue: 1,000 messages of one finding, read, decided, planned,
 * sent by the SDK's client over loopback, logged, counted and answered. The pace of calls is left out, for it is a
 * limit set and no work done; lines of the log are written as text and go nowhere.
 */
export async function prepareBatch(ruleset: Ruleset): Promise<Measurement> {
  const hub = await startHubStub();
  process.env.AWS_ENDPOINT_URL_SECURITYHUB = hub.endpoint;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'bench';
  process.env.AWS_SECRET_ACCESS_KEY = 'bench';
  const client = connectSecurityHub();
  const lines = generateFindingLines(FINDINGS_SEED, BATCH);
  const event = sqsEvent(lines);
  const decide = buildDecide(ruleset);
  const started = performance.now();
  const round = async (): Promise<BatchRound> => {
    collectGarbage();
    const instance = instanceOf(ruleset, () => Promise.resolve(client));
    decide.forget?.();
    const { batchMs, calls, updated } = await timeBatch(event, instance);
    decide.forget?.();
    const from = performance.now();
    for (const line of lines) await decide(JSON.parse(line) as Finding);
    return { batchMs, decideMs: performance.now() - from, calls, updated };
  };
  await round();
  await round();
  return {
    preparation: { readyMs: performance.now() - started, heapBytes: 0, findings: BATCH },
    verdicts: () => Promise.reject(new Error('Batches are timed of decisions that others compare.')),
    round,
  };
}

async function timeBatch(event: string, instance: Instance): Promise<Omit<BatchRound, 'decideMs'>> {
  const metrics = new Metrics({ namespace: 'securityhub-triage', serviceName: 'bench' });
  const started = performance.now();
  // The runtime hands the function text; parsing it is part of every invocation.
  const answer = await answerInvocation(JSON.parse(event), REMAINING_MS, instance, metrics);
  const line = JSON.stringify(metrics.serializeMetrics());
  const batchMs = performance.now() - started;
  const { ApiCalls, Updated } = JSON.parse(line) as { readonly ApiCalls: number; readonly Updated: number };
  const { batchItemFailures } = answer as { readonly batchItemFailures: readonly unknown[] };
  if (batchItemFailures.length > 0)
    throw new Error(`${batchItemFailures.length} messages of the batch were not carried out.`);
  return { batchMs, calls: ApiCalls, updated: Updated };
}

/** Its lines are made and counted, not printed. */
class CountingLogger extends Logger {
  bytes = 0;

  protected override printLog(_level: unknown, item: { getAttributes(): object }): void {
    this.bytes += JSON.stringify(item.getAttributes(), this.getJsonReplacer()).length;
  }
}

/** A fresh memory of deliveries each time: the same messages come again, and again they are new. */
function instanceOf(ruleset: Ruleset, hub: Instance['hub']): Instance {
  const log = new CountingLogger({ serviceName: 'bench', logLevel: 'INFO' });
  const unpaced = { take: () => Promise.resolve(true) };
  return {
    ruleset,
    mode: 'enforce',
    hub,
    queues: () => Promise.reject(new Error('Nothing of the workload is dead-lettered.')),
    decisionBus: null,
    queueFailures: createQueueFailures(log),
    updates: unpaced,
    reads: unpaced,
    deliveries: createDeliveryMemory(),
    suppressions: createSuppressionBudget(null),
    clock: { nowMs: () => WORKLOAD_NOW, sleep: () => Promise.resolve(), random: () => 0.5 },
    log,
  };
}

function sqsEvent(lines: readonly string[]): string {
  const sentAt = String(WORKLOAD_NOW - 30_000);
  const Records = lines.map((line, index) => ({
    messageId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    receiptHandle: `AQEB${'x'.repeat(120)}${index}`,
    body: JSON.stringify({
      version: '0',
      id: `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: '111122223333',
      time: new Date(WORKLOAD_NOW - 60_000).toISOString(),
      region: 'us-east-1',
      resources: ['arn:aws:securityhub:us-east-1::product/aws/securityhub/finding'],
      detail: { findings: [JSON.parse(line)] },
    }),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: sentAt },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:111122223333:ingest',
    awsRegion: 'us-east-1',
  }));
  return JSON.stringify({ Records });
}
