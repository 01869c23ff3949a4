import type { Cause } from '../../lib/triage/decision.ts';

/**
 * Why a call as a whole failed:
 * `refused` the request is wrong and stays wrong; `denied` we may not make it; `throttled` we made too many;
 * `unavailable` the service or the way to it failed; `late` it was not made, for lack of time.
 */
export interface CallFailure {
  readonly kind: 'refused' | 'denied' | 'throttled' | 'unavailable' | 'late';
  readonly cause: Cause;
}

export type CallResult<Reply> = { readonly kind: 'answered'; readonly reply: Reply } | CallFailure;

const THROTTLED = /throttl|^(LimitExceeded|TooManyRequests|RequestLimitExceeded|SlowDown)/i;
/** The SDK corrects its clock from such a reply, so that the next attempt succeeds. */
const CLOCK_SKEW =
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|InvalidSignature|SignatureDoesNotMatch)/;

/** Tells the kinds of failure apart by the error's name and HTTP status; what is neither is an outage. */
export function classifyFailure(error: unknown): CallFailure {
  const code = error instanceof Error ? error.name : 'UnknownError';
  const message = error instanceof Error ? error.message : String(error);
  return { kind: kindOf(code, statusOf(error)), cause: { code, message } };
}

function kindOf(code: string, status: number | undefined): CallFailure['kind'] {
  if (status === 429 || THROTTLED.test(code)) return 'throttled';
  if (CLOCK_SKEW.test(code)) return 'unavailable';
  if (status === 401 || status === 403 || /^(AccessDenied|InvalidAccess|ExpiredToken)/.test(code))
    return 'denied';
  if (status !== undefined && status >= 400 && status < 500 && status !== 408) return 'refused';
  return 'unavailable';
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata as { readonly httpStatusCode?: number } | undefined;
  return metadata?.httpStatusCode;
}
