import { type Input, isInput } from './input.ts';
import { SQS_LIMITS } from './limits.ts';
import { isRefusal, isSenderFault, type Refusal, refuse } from './refusal.ts';

const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * Checks the entries of a batch as a whole: 1–10, with distinct well-formed ids.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function checkEntries(entries: readonly Input[]): Refusal | undefined {
  if (entries.length === 0)
    return refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > SQS_LIMITS.batchEntries) {
    return refuse(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map(({ Id }) => (typeof Id === 'string' ? Id : ''));
  if (!ids.every((id) => ENTRY_ID.test(id))) {
    return refuse(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  if (new Set(ids).size < ids.length)
    return refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  return undefined;
}

/** Runs each entry by itself and sorts the results: one entry's refusal does not touch the others. */
export function answerBatch(
  entries: readonly Input[],
  run: (entry: Input) => Readonly<Record<string, unknown>> | Refusal,
): Readonly<Record<string, unknown>> {
  const successful: Input[] = [];
  const failed: Input[] = [];
  for (const entry of entries) {
    const result = run(entry);
    if (isRefusal(result)) {
      const { refused, message } = result;
      failed.push({ Id: entry.Id, Code: refused, Message: message, SenderFault: isSenderFault(refused) });
    } else if (isInput(result)) {
      successful.push({ Id: entry.Id, ...result });
    }
  }
  return { Successful: successful, ...(failed.length > 0 && { Failed: failed }) };
}
