import { CallFailed } from '../../account/call-failed.ts';

/** A call that failed for good: its action as IAM names it, on what, and why. */
export type FailedCall = Pick<CallFailed, 'action' | 'resource' | 'failure'>;

/** What the account said to a question, or the call that failed. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'unanswered'; readonly failed: FailedCall };

/** Asks; a call that fails for good is an answer too, and what is no call's failure is thrown. */
export async function answerOf<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'answered', value: await ask() };
  } catch (error) {
    if (error instanceof CallFailed) return { kind: 'unanswered', failed: error };
    throw error;
  }
}

/** As `answerOf`, where some failures say something: `meaning` reads them, and leaves the others alone. */
export async function answerOrMeaning<T>(
  ask: () => Promise<T>,
  meaning: (failed: FailedCall) => { readonly value: T } | null,
): Promise<Answer<T>> {
  const answer = await answerOf(ask);
  const meant = answer.kind === 'unanswered' ? meaning(answer.failed) : null;
  return meant === null ? answer : { kind: 'answered', value: meant.value };
}

/** Whether IAM refused the call, and not the service itself: its words are always these. */
export function isRefusedByIam({ failure }: FailedCall): boolean {
  return /is not authorized to perform/.test(failure.cause.message);
}
