import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { findingDeadLetter } from '../../lambdas/triage/dead-letter.ts';
import { openIngestQueue } from '../../lib/dead-letters/account/ingest-queue.ts';
import { openLetterQueue } from '../../lib/dead-letters/account/letter-queue.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { MAX_RECEIVE_COUNT } from '../../lib/infrastructure/queues/timings.ts';
import type { QueueEvent } from '../../lib/local/sqs/queue-account.ts';
import { serveQueueService } from '../../lib/local/sqs/queue-server.ts';
import { createQueueService } from '../../lib/local/sqs/queue-service.ts';
import { finding } from '../local/security-hub/account.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'us-west-1';
const RETENTION_SECONDS = '1209600';

/** The three queues behind HTTP, with a clock that runs on by itself and that the test may put forward. */
export async function startLetterWorld() {
  const skew = { ms: 0 };
  const now = () => Date.now() + skew.ms;
  const service = createQueueService({ region: REGION, accountId: ACCOUNT, now });
  service.addQueue('dead-letters', { MessageRetentionPeriod: RETENTION_SECONDS });
  service.addQueue('ingest', {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: service.queueArn('dead-letters'),
      maxReceiveCount: MAX_RECEIVE_COUNT,
    }),
  });
  service.addQueue('undelivered', { MessageRetentionPeriod: RETENTION_SECONDS });
  const served = await serveQueueService(service);
  const client = new SQSClient({
    endpoint: served.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await served.close();
  });
  const events: QueueEvent[] = [];
  service.subscribe((event) => events.push(event));
  const send = (queue: string, body: string, attributes: Readonly<Record<string, string>> = {}) =>
    service.call('SendMessage', 'KEY', {
      QueueUrl: service.queueUrl(queue),
      MessageBody: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
    });
  return {
    service,
    client,
    endpoint: served.endpoint,
    events,
    send,
    pass: (ms: number) => {
      skew.ms += ms;
    },
    letters: openLetterQueue(client, 'dead letters', service.queueUrl('dead-letters')),
    undelivered: openLetterQueue(client, 'undelivered events', service.queueUrl('undelivered')),
    ingest: openIngestQueue(client, service.queueUrl('ingest')),
    /** Puts a letter of the function's into the dead-letter queue. */
    deadLetter(one: Finding, code = 'InvalidInput', rules: readonly string[] = ['notify-scanner']) {
      const letter = findingDeadLetter(JSON.parse(eventOf([one])), one, {
        cause: { code, message: `${code} it is` },
        update: { Workflow: { Status: 'NOTIFIED' } },
        rules,
        attempts: 1,
        ruleset: '0123456789ab',
        atMs: Date.parse('2026-03-01T10:01:00Z'),
      });
      return send('dead-letters', letter.body, letter.attributes);
    },
    bodiesIn: (queue: string) => service.peek(queue).map(({ body }) => body),
  };
}

export type LetterWorld = Awaited<ReturnType<typeof startLetterWorld>>;

/** An imported event as EventBridge delivers it. */
export function eventOf(
  findings: readonly unknown[],
  members: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    version: '0',
    id: '52a27f40-ef9f-26df-46cf-9f8c0f6a721c',
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: ACCOUNT,
    time: '2026-03-01T10:00:00Z',
    region: REGION,
    resources: [],
    detail: { findings },
    ...members,
  });
}

export function findings(count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, n) => finding(`finding-${n}`));
}

/** The findings' ids in a queue, sorted. */
export function idsIn(world: LetterWorld, queue: string): readonly string[] {
  return world
    .bodiesIn(queue)
    .flatMap((body) => JSON.parse(body).detail.findings.map(({ Id }: { readonly Id: string }) => Id))
    .sort();
}
