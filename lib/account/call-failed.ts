import { type CallFailure, classifyFailure } from '../../lambdas/triage/call-failure.ts';

/** A call to the account failed for good: what was asked of whom, and why it was not done. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  /** As IAM names it, e.g. `sqs:ReceiveMessage`. */
  readonly action: string;
  /** The queue's or role's ARN, or whatever names the thing. */
  readonly resource: string;
  readonly failure: CallFailure;

  constructor(action: string, resource: string, cause: unknown) {
    const failure = classifyFailure(cause);
    super(`${action} on ${resource}: ${failure.cause.code}: ${failure.cause.message}`, { cause });
    this.action = action;
    this.resource = resource;
    this.failure = failure;
  }
}

/** Makes one call; what the SDK throws becomes a CallFailed. */
export async function asked<Reply>(
  action: string,
  resource: string,
  call: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await call();
  } catch (error) {
    throw new CallFailed(action, resource, error);
  }
}
