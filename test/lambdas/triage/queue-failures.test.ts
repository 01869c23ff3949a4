import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it, vi } from 'vitest';
import { createQueueFailures } from '../../../lambdas/triage/queue-failures.ts';

function failures() {
  const log = new Logger({ logLevel: 'SILENT' });
  return {
    queueFailures: createQueueFailures(log),
    warn: vi.spyOn(log, 'warn'),
    error: vi.spyOn(log, 'error'),
  };
}

function failure(name: string, status: number): Error {
  const error = Object.assign(new Error('quotes a body'), { $metadata: { httpStatusCode: status } });
  error.name = name;
  return error;
}

describe('the failures of queues', () => {
  it('are logged by name and status, without the message', () => {
    const { queueFailures, warn, error } = failures();

    queueFailures.call('SendMessageBatch', failure('InternalError', 500));

    expect(warn.mock.calls).toEqual([
      ['queue call failed', { operation: 'SendMessageBatch', name: 'InternalError', status: 500 }],
    ]);
    expect(error).not.toHaveBeenCalled();
  });

  it('are errors where access is denied, and counted until asked for', () => {
    const { queueFailures, warn, error } = failures();

    queueFailures.call('SendMessageBatch', failure('AccessDenied', 403));
    queueFailures.call('SendMessageBatch', failure('InternalError', 500));
    queueFailures.call('SendMessageBatch', failure('AccessDenied', 403));

    expect(error.mock.calls).toEqual(
      Array(2).fill(['access denied', { operation: 'SendMessageBatch', name: 'AccessDenied', status: 403 }]),
    );
    expect(warn).toHaveBeenCalledTimes(1);
    expect([queueFailures.takeDenied(), queueFailures.takeDenied()]).toEqual([2, 0]);
  });

  it('of single entries are logged by number, each code once', () => {
    const { queueFailures, warn } = failures();

    queueFailures.entries('DeleteMessageBatch', []);
    queueFailures.entries('DeleteMessageBatch', ['InternalError', undefined, 'InternalError']);

    expect(warn.mock.calls).toEqual([
      [
        'queue entries failed',
        { operation: 'DeleteMessageBatch', entries: 3, codes: ['InternalError', undefined] },
      ],
    ]);
  });
});
