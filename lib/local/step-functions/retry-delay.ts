import type { LocalRetrier } from '../assembly/retriers.ts';

/**
 * Milliseconds before a retry, of which 1 is the first: the interval, multiplied by the backoff rate for each retry
 * before this one, up to the greatest delay. With FULL jitter AWS waits anything from nothing to that; here it is the
 * whole, so that runs repeat and last as long as they can.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function retryDelayMs(
  {
    intervalSeconds,
    backoffRate,
    maxDelaySeconds = Number.POSITIVE_INFINITY,
  }: Pick<LocalRetrier, 'intervalSeconds' | 'backoffRate' | 'maxDelaySeconds'>,
  retry: number,
): number {
  return 1000 * Math.min(intervalSeconds * backoffRate ** (retry - 1), maxDelaySeconds);
}
