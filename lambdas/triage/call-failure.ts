import type { Cause } from '../../lib/triage/decision.ts';

/**
 * Why a call as a whole failed:
 * `refused` what we send is wrong and stays wrong; `denied` we may not make it, as things are set up: permissions,
 * credentials, endpoint, subscription; `throttled` we made too many; `unavailable` the service or the way to it
 * failed; `late` it was not made, for lack of time.
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

/** The service read what we sent and found fault with it: the only failures that are the findings' own. */
const REFUSED = /^(InvalidInput|InvalidParameter|MissingParameter|Validation|Serialization|Malformed)/;
/** Content too large, URI too long, unprocessable content, header fields too large (RFC 9110 and 6585). */
const REFUSED_STATUSES: readonly number[] = [413, 414, 422, 431];
/** Request timeout, conflict, too early: the same call may succeed a moment later. */
const PASSING_STATUSES: readonly number[] = [408, 409, 425];

/**
 * Tells the kinds of failure apart by the error's name and HTTP status; what has neither is an outage. A 4xx reply
 * that is not known to judge the content counts as `denied`: calling a fault of the setup `refused` would empty the
 * queue into the dead-letter queue, while a `denied` finding returns and raises an alarm, and is not lost either.
 */
export function classifyFailure(error: unknown): CallFailure {
  const code = error instanceof Error ? error.name : 'UnknownError';
  const message = error instanceof Error ? error.message : String(error);
  return { kind: kindOf(code, statusOf(error)), cause: { code, message } };
}

function kindOf(code: string, status: number | undefined): CallFailure['kind'] {
  if (status === 429 || THROTTLED.test(code)) return 'throttled';
  if (CLOCK_SKEW.test(code)) return 'unavailable';
  if (/^(AccessDenied|InvalidAccess|ExpiredToken)/.test(code)) return 'denied';
  if (status === undefined || status < 400 || status > 499 || PASSING_STATUSES.includes(status))
    return 'unavailable';
  if (status === 401 || status === 403) return 'denied';
  return REFUSED.test(code) || REFUSED_STATUSES.includes(status) ? 'refused' : 'denied';
}

/** The HTTP status of an SDK error, where there was a reply. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata as { readonly httpStatusCode?: number } | undefined;
  return metadata?.httpStatusCode;
}
