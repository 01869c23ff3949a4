import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { asked } from '../../account/call-failed.ts';

/** Where events wait for the function. */
export interface IngestQueue {
  readonly url: string;
  /**
   * Sends up to ten bodies, 1 MiB in sum, and returns the positions of those that SQS confirmed, one by one. Throws
   * CallFailed where the call failed whole.
   */
  readonly send: (bodies: readonly string[]) => Promise<ReadonlySet<number>>;
}

export function openIngestQueue(client: SQSClient, url: string): IngestQueue {
  return {
    url,
    async send(bodies) {
      const command = new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody })),
      });
      const { Successful = [] } = await asked('sqs:SendMessage', url, () => client.send(command));
      return new Set(Successful.map(({ Id }) => Number(Id)));
    },
  };
}
