import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallResult } from './call-failure.ts';
import type { SecurityHub } from './security-hub.ts';

/** The calls of one invocation, in numbers. */
export interface CallCount {
  /** BatchUpdateFindings calls, repeated ones included. */
  readonly updateCalls: number;
  /** Identifiers those calls carried. */
  readonly sentIdentifiers: number;
  readonly readCalls: number;
  /** Replies of either operation that said we call too often, or may not. */
  readonly throttled: number;
  readonly denied: number;
}

/** Counts and logs (debug) each call on its way; what a call says of findings stays out of the log. */
export function countCalls(
  connect: () => Promise<SecurityHub>,
  log: Logger,
): { readonly hub: () => Promise<SecurityHub>; readonly count: () => CallCount } {
  const count = { updateCalls: 0, sentIdentifiers: 0, readCalls: 0, throttled: 0, denied: 0 };

  const note = (operation: string, identifiers: number, result: CallResult<unknown>) => {
    if (result.kind === 'throttled') count.throttled += 1;
    if (result.kind === 'denied') count.denied += 1;
    const code = result.kind === 'answered' ? undefined : result.cause.code;
    log.debug('call', { operation, identifiers, reply: result.kind, code });
    if (result.kind === 'denied') log.error('access denied', { operation, code });
  };

  const hub = async (): Promise<SecurityHub> => {
    const { update, read } = await connect();
    return {
      async update(group, timeoutMs) {
        count.updateCalls += 1;
        count.sentIdentifiers += group.findings.length;
        const result = await update(group, timeoutMs);
        note('BatchUpdateFindings', group.findings.length, result);
        return result;
      },
      async read(identifiers, nextToken, timeoutMs) {
        count.readCalls += 1;
        const result = await read(identifiers, nextToken, timeoutMs);
        note('GetFindings', identifiers.length, result);
        return result;
      },
    };
  };
  return { hub, count: () => ({ ...count }) };
}
