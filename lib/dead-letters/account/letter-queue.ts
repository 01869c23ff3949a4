import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { asked } from '../../account/call-failed.ts';
import type { QueueKind, ReceivedLetter } from '../received-letter.ts';

/** What SQS says of a queue; its counts are approximate and up to a minute old. */
export interface QueueState {
  readonly arn: string;
  readonly visible: number;
  /** Received by somebody and neither deleted nor visible again. */
  readonly hidden: number;
  readonly retentionMs: number;
}

/** A letter that is hidden from other readers until it is given back, removed or its time is up. */
export interface HeldLetter {
  readonly letter: ReceivedLetter;
  readonly handle: string;
}

/** A queue that letters lie in. Calls throw CallFailed. */
export interface LetterQueue {
  readonly kind: QueueKind;
  readonly url: string;
  readonly state: () => Promise<QueueState>;
  /** Up to ten letters, hidden for so long; none where none came within a second. */
  readonly receive: (hiddenForSeconds: number) => Promise<readonly HeldLetter[]>;
  /** Makes letters visible again. Those whose time is up are already. */
  readonly giveBack: (handles: readonly string[]) => Promise<void>;
  /** Deletes letters and returns the handles whose deletion SQS confirmed, one by one. */
  readonly remove: (handles: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Of every batch action of SQS, and of ReceiveMessage. */
export const ENTRIES_PER_CALL = 10;
/** A wait makes SQS ask all of its servers, so that a few letters are not overlooked. */
const WAIT_SECONDS = 1;

export function openLetterQueue(client: SQSClient, kind: QueueKind, url: string): LetterQueue {
  return {
    kind,
    url,
    async state() {
      const command = new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: [
          'QueueArn',
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'MessageRetentionPeriod',
        ],
      });
      const { Attributes = {} } = await asked('sqs:GetQueueAttributes', url, () => client.send(command));
      return {
        arn: Attributes.QueueArn ?? '',
        visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
        hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
        retentionMs: Number(Attributes.MessageRetentionPeriod ?? 0) * 1000,
      };
    },
    async receive(hiddenForSeconds) {
      const command = new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: ENTRIES_PER_CALL,
        VisibilityTimeout: hiddenForSeconds,
        WaitTimeSeconds: WAIT_SECONDS,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp', 'DeadLetterQueueSourceArn'],
      });
      const { Messages = [] } = await asked('sqs:ReceiveMessage', url, () => client.send(command));
      return Messages.map((message) => ({
        letter: letterOf(kind, message),
        handle: message.ReceiptHandle ?? '',
      }));
    },
    async giveBack(handles) {
      await eachBatch(handles, (Entries) =>
        asked('sqs:ChangeMessageVisibility', url, () =>
          client.send(
            new ChangeMessageVisibilityBatchCommand({
              QueueUrl: url,
              Entries: Entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 })),
            }),
          ),
        ),
      );
    },
    async remove(handles) {
      const removed = new Set<string>();
      await eachBatch(handles, async (Entries) => {
        const command = new DeleteMessageBatchCommand({ QueueUrl: url, Entries });
        const { Successful = [] } = await asked('sqs:DeleteMessage', url, () => client.send(command));
        const confirmed = new Set(Successful.map(({ Id }) => Id));
        for (const { Id, ReceiptHandle } of Entries) if (confirmed.has(Id)) removed.add(ReceiptHandle);
      });
      return removed;
    },
  };
}

async function eachBatch(
  handles: readonly string[],
  act: (entries: { readonly Id: string; readonly ReceiptHandle: string }[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < handles.length; at += ENTRIES_PER_CALL) {
    const slice = handles.slice(at, at + ENTRIES_PER_CALL);
    await act(slice.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle })));
  }
}

function letterOf(
  kind: QueueKind,
  { MessageId, Body, Attributes = {}, MessageAttributes = {} }: Message,
): ReceivedLetter {
  const sentAtMs = Number(Attributes.SentTimestamp);
  const attributes = Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue] as const],
  );
  return {
    kind,
    messageId: MessageId ?? '',
    body: Body ?? '',
    attributes: Object.fromEntries(attributes),
    sentAtMs: Number.isFinite(sentAtMs) ? sentAtMs : null,
    movedBySqs: Attributes.DeadLetterQueueSourceArn !== undefined,
  };
}
