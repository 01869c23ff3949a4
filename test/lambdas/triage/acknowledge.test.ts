import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it, vi } from 'vitest';
import { acknowledge, delaySeconds, transientFailure } from '../../../lambdas/triage/acknowledge.ts';
import type { Ending } from '../../../lambdas/triage/ending.ts';
import type { Message } from '../../../lambdas/triage/message.ts';
import type { Delay } from '../../../lambdas/triage/queues.ts';
import { OVER_BUDGET } from '../../../lambdas/triage/suppression-budget.ts';
import { endingOf, reportOf, unreadEnding } from './endings.ts';

const RETURNED = { outcome: 'returned' as const, cause: { code: 'ThrottlingException', message: '' } };

/** Messages m-1, m-2 …, received so many times each. */
function messages(...receiveCounts: readonly number[]): Message[] {
  return receiveCounts.map((receiveCount, at) => ({
    id: `m-${at + 1}`,
    body: '',
    receipt: { handle: `r-${at + 1}`, receiveCount },
  }));
}

async function acknowledged(
  received: readonly Message[],
  endings: readonly Ending[],
  refused = 0,
  postponedIds: readonly string[] = [],
) {
  const delays: Delay[] = [];
  const log = new Logger({ logLevel: 'SILENT' });
  const warn = vi.spyOn(log, 'warn');
  const info = vi.spyOn(log, 'info');
  const connect = vi.fn(async () => ({
    sendDeadLetters: async () => new Set<number>(),
    delay: async (wanted: readonly Delay[]) => {
      delays.push(...wanted);
      return refused;
    },
  }));
  const answer = acknowledge(received, { ...reportOf(endings), postponedIds }, connect, 1_000, log);
  return { answer: await answer.catch((error: Error) => error.message), delays, connect, warn, info };
}

describe('acknowledge', () => {
  it('calls the batch done, and no queue, where nothing returns', async () => {
    const { answer, connect, info } = await acknowledged(messages(1, 1), [endingOf(1), endingOf(2)]);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(connect).not.toHaveBeenCalled();
    expect(info).not.toHaveBeenCalled();
  });

  it('returns a message for one of its findings, and only that message, after its delay', async () => {
    const one = endingOf(1, { messageIds: ['m-1', 'm-3'], outcome: RETURNED });

    const { answer, delays, warn } = await acknowledged(messages(1, 1, 3), [one, endingOf(2)]);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-3' }] });
    expect(delays).toEqual([
      { receiptHandle: 'r-1', seconds: 30 },
      { receiptHandle: 'r-3', seconds: 120 },
    ]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('returns a postponed act after its delay, though its finding is done', async () => {
    const one = endingOf(1, { messageIds: ['m-1', 'm-2'] });

    const { answer, delays, info } = await acknowledged(messages(1, 1), [one], 0, ['m-2']);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-2' }] });
    expect(delays).toEqual([{ receiptHandle: 'r-2', seconds: 30 }]);
    expect(info.mock.calls).toEqual([['acts postponed', { messageIds: ['m-2'] }]]);
  });

  it('throws where everything returns, for only then the event source backs off', async () => {
    const endings = [endingOf(1, { outcome: RETURNED }), endingOf(2, { outcome: RETURNED })];

    const { answer, delays } = await acknowledged(messages(1, 1), endings);

    expect(answer).toBe('Findings were left for another attempt: ThrottlingException');
    expect(delays).toHaveLength(2);
  });

  it('answers where the breaker holds everything back: that is no failure', async () => {
    const heldBack = { outcome: 'returned' as const, cause: OVER_BUDGET };

    const { answer, delays } = await acknowledged(messages(1), [endingOf(1, { outcome: heldBack })]);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(delays).toEqual([{ receiptHandle: 'r-1', seconds: 30 }]);
  });

  it('answers where every message returns, but one of their findings is done', async () => {
    const endings = [endingOf(1, { outcome: RETURNED }), endingOf(2, { messageIds: ['m-1'] })];

    const { answer } = await acknowledged(messages(1), endings);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it('answers where a message beside those that return was dead-lettered', async () => {
    const endings = [endingOf(1, { outcome: RETURNED }), unreadEnding('m-2')];

    const { answer } = await acknowledged(messages(1, 1), endings);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it('answers where every finding returns, but a message held none', async () => {
    const { answer } = await acknowledged(messages(1, 1), [endingOf(1, { outcome: RETURNED })]);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it('throws also where no cause is told', async () => {
    const { answer } = await acknowledged(messages(1), [endingOf(1, { outcome: { outcome: 'returned' } })]);

    expect(answer).toBe('Findings were left for another attempt: ');
  });

  it('says in the log how many delays were refused, and answers all the same', async () => {
    const { answer, warn } = await acknowledged(
      messages(1, 1),
      [endingOf(1, { outcome: RETURNED }), endingOf(2)],
      1,
    );

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(warn).toHaveBeenCalledWith('visibility not changed', { messages: 1 });
  });

  it('delays nothing that has no receipt', async () => {
    const direct: Message = { id: 'm-1', body: '', receipt: null };

    const { answer, delays } = await acknowledged([direct], [endingOf(1, { outcome: RETURNED })]);

    expect(answer).toBe('Findings were left for another attempt: ThrottlingException');
    expect(delays).toEqual([]);
  });
});

describe('transientFailure', () => {
  it('names each cause once', () => {
    const codes = ['ThrottlingException', 'DeadlineNear', 'ThrottlingException'];
    const endings = codes.map((code, n) =>
      endingOf(n, { outcome: { outcome: 'returned', cause: { code, message: 'secret' } } }),
    );

    const { message } = transientFailure(reportOf([endingOf(9), ...endings]));

    expect(message).toBe('Findings were left for another attempt: ThrottlingException, DeadlineNear');
  });

  it('names no cause of what did not return', () => {
    const endings = [
      endingOf(1, { outcome: { outcome: 'deadLettered', cause: { code: 'InvalidInput', message: '' } } }),
      endingOf(2, { outcome: { outcome: 'returned' } }),
      endingOf(3, { outcome: RETURNED }),
    ];

    const { message } = transientFailure(reportOf(endings));

    expect(message).toBe('Findings were left for another attempt: ThrottlingException');
  });
});

describe('delaySeconds', () => {
  it.each([
    [0, 30],
    [1, 30],
    [2, 60],
    [5, 480],
    [6, 900],
    [100, 900],
  ])('at receipt %i is %i', (receiveCount, seconds) => {
    expect(delaySeconds(receiveCount)).toBe(seconds);
  });
});
