import type { InvocationResult } from '../lambda/invocation.ts';

/**
 * The messages of a batch that stay in the queue after an invocation. Only a well-formed partial response tells
 * messages apart; a failed invocation, and a response that names anything not in the batch, fails all of them.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(
  result: InvocationResult,
  messageIds: ReadonlySet<string>,
  reportsBatchItemFailures: boolean,
): ReadonlySet<string> {
  if (!result.ok) {
    return messageIds;
  }
  if (!reportsBatchItemFailures) {
    return new Set();
  }
  const identifiers = itemIdentifiers(result.payload);
  return identifiers === undefined || identifiers.some((id) => !messageIds.has(id))
    ? messageIds
    : new Set(identifiers);
}

/** Undefined where the response is malformed; an empty or absent list means complete success. */
function itemIdentifiers(payload: string): readonly string[] | undefined {
  const response = payload.trim() === '' ? null : parsed(payload);
  if (response === null) {
    return [];
  }
  if (typeof response !== 'object' || Array.isArray(response)) {
    return undefined;
  }
  const failures = ('batchItemFailures' in response ? response.batchItemFailures : null) ?? [];
  if (!Array.isArray(failures)) {
    return undefined;
  }
  const identifiers = failures.map((failure: unknown) =>
    typeof failure === 'object' && failure !== null && 'itemIdentifier' in failure
      ? failure.itemIdentifier
      : null,
  );
  return identifiers.every((id): id is string => typeof id === 'string' && id !== '')
    ? identifiers
    : undefined;
}

/** Undefined where the text is no JSON. */
function parsed(payload: string): object | string | number | boolean | null | undefined {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
