import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Finding } from '../../lib/findings/finding.ts';
import { batchesOf } from '../triage/batches.ts';
import { QUEUE_CLIENT } from '../triage/queues.ts';

/** The way into triage that events take. */
export interface Ingest {
  /** Sends one event a finding. Throws unless SQS confirmed each of them. */
  send(findings: readonly Finding[]): Promise<void>;
}

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html: of a batch, too.
 */
const PER_CALL = { entries: 10, bytes: 1_048_576 } as const;
const SEND_ATTEMPTS = 3;

export interface IngestSettings {
  readonly queueUrl: string;
  /** Where the events come from, as those of Security Hub tell. */
  readonly accountId: string;
  readonly region: string;
  readonly nowMs: () => number;
}

/** Opens the ingest queue. A batch may fail entry by entry, so what was not confirmed is sent again, alone. */
export function connectIngest(
  { queueUrl, nowMs, ...source }: IngestSettings,
  client = new SQSClient(QUEUE_CLIENT),
): Ingest {
  async function sendOnce(bodies: readonly string[]): Promise<readonly string[]> {
    const reply = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: bodies.map((MessageBody, position) => ({ Id: String(position), MessageBody })),
      }),
    );
    const confirmed = new Set((reply.Successful ?? []).map(({ Id }) => Id));
    return bodies.filter((_, position) => !confirmed.has(String(position)));
  }

  return {
    async send(findings) {
      const bodies = findings.map((finding) => JSON.stringify(importedEvent(finding, source, nowMs())));
      for (const batch of batchesOf(bodies, (body) => Buffer.byteLength(body), PER_CALL)) {
        let left: readonly string[] = batch;
        for (let attempt = 1; left.length > 0; attempt += 1) {
          if (attempt > SEND_ATTEMPTS) throw new IngestRefused(left.length);
          left = await sendOnce(left);
        }
      }
    },
  };
}

class IngestRefused extends Error {
  override readonly name = 'IngestRefused';
  constructor(events: number) {
    super(`SQS did not take ${events} events into the ingest queue`);
  }
}

/**
 * The finding as Security Hub would send it: one finding an event. Its time is now, when the finding was read.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
function importedEvent(
  finding: Finding,
  { accountId, region }: Pick<IngestSettings, 'accountId' | 'region'>,
  nowMs: number,
): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: accountId,
    time: new Date(nowMs).toISOString(),
    region,
    resources: [`${finding.ProductArn}/${finding.Id}`],
    detail: { findings: [finding] },
  };
}
