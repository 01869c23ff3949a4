import type { TriageConfiguration } from './configuration.ts';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html: per account and Region. */
const UPDATE_QUOTA = { callsPerSecond: 10, burst: 30 } as const;

/**
 * Settings that are allowed each by itself but not together. The call budget is per invocation, so it is
 * multiplied by the invocations at once and has to stay within the account's quota, which others share.
 */
export function conflictsIn(configuration: TriageConfiguration, prefix = ''): readonly string[] {
  const { batchSize, batchingWindowSeconds, maxConcurrency, callsPerSecond, callBurst } = configuration;
  const { suppressionsPerHour, reservedConcurrency } = configuration;
  const conflicts: string[] = [];
  if (batchSize > 10 && batchingWindowSeconds < 1)
    conflicts.push(
      `${prefix}batchSize ${batchSize} needs ${prefix}batchingWindowSeconds of at least 1 (it is ${batchingWindowSeconds}); without a window at most 10.`,
    );
  if (callsPerSecond * maxConcurrency > UPDATE_QUOTA.callsPerSecond)
    conflicts.push(
      `${prefix}callsPerSecond ${callsPerSecond} × ${prefix}maxConcurrency ${maxConcurrency} exceeds the quota of ${UPDATE_QUOTA.callsPerSecond} BatchUpdateFindings calls a second.`,
    );
  if (callBurst * maxConcurrency > UPDATE_QUOTA.burst)
    conflicts.push(
      `${prefix}callBurst ${callBurst} × ${prefix}maxConcurrency ${maxConcurrency} exceeds the quota's burst of ${UPDATE_QUOTA.burst}.`,
    );
  if (suppressionsPerHour !== 'none' && suppressionsPerHour < maxConcurrency)
    conflicts.push(
      `${prefix}suppressionsPerHour ${suppressionsPerHour} is below ${prefix}maxConcurrency ${maxConcurrency}: each concurrent invocation needs a share of at least 1.`,
    );
  if (reservedConcurrency !== undefined && reservedConcurrency < maxConcurrency)
    conflicts.push(
      `${prefix}reservedConcurrency ${reservedConcurrency} is below ${prefix}maxConcurrency ${maxConcurrency}: throttled batches would use up their receive count.`,
    );
  return conflicts;
}
