import { Metrics } from '@aws-lambda-powertools/metrics';
import { describe, expect, it, vi } from 'vitest';
import { answerInvocation } from '../../../lambdas/triage/answer.ts';
import type { CallResult } from '../../../lambdas/triage/call-failure.ts';
import type { UpdateReply } from '../../../lib/triage/reply.ts';
import { finding, importedEvent } from './fixtures.ts';
import { type World, world } from './world.ts';

const DENIED: CallResult<UpdateReply> = {
  kind: 'denied',
  cause: { code: 'AccessDeniedException', message: '' },
};

const fromQueue = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, n) => ({
    ...{ messageId: `m-${n}`, receiptHandle: `r-${n}`, body, eventSource: 'aws:sqs' },
    attributes: { ApproximateReceiveCount: '1' },
  })),
});

/** The answer, or the message of the error, and what was measured. */
async function answered(
  { instance }: Pick<World, 'instance'>,
  event: unknown,
  remainingMs = 60_000,
): Promise<{ answer: unknown; measured: string }> {
  const written = vi.spyOn(console, 'log').mockImplementation(() => {});
  const metrics = new Metrics({ namespace: 'securityhub-triage', serviceName: 'triage' });
  const answer = await answerInvocation(event, remainingMs, instance, metrics).catch(
    (error: Error) => error.message,
  );
  const measured = JSON.stringify(metrics.serializeMetrics());
  written.mockRestore();
  return { answer, measured };
}

describe('answerInvocation', () => {
  it('returns to the queue the messages that have to come again, and those alone', async () => {
    const here = world({ confirmLetters: false });

    const { answer } = await answered(here, fromQueue('no json', importedEvent([finding(2)])));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
  });

  it('tells the outcomes of an event invoked directly, which has no queue to return to', async () => {
    const { answer } = await answered(world(), JSON.parse(importedEvent([finding(1), finding(2)])));

    expect(answer).toMatchObject({
      outcomes: [
        { Id: 'finding-1', outcome: 'updated' },
        { Id: 'finding-2', outcome: 'updated' },
      ],
    });
  });

  it('fails a direct invocation of which anything must be tried again', async () => {
    const here = world({ update: () => DENIED });

    const { answer } = await answered(here, JSON.parse(importedEvent([finding(1)])));

    expect(answer).toBe('Findings were left for another attempt: AccessDeniedException');
  });

  describe('with a decision bus', () => {
    const event = fromQueue(importedEvent([finding(1)]));

    it.each([0, 1])('answers as without one, and counts what the bus did not confirm: %i', async (lost) => {
      const here = world();
      const told: unknown[] = [];
      const put = async (updated: readonly unknown[]) => told.push(...updated) - 1 + lost;
      const instance = { ...here.instance, decisionBus: async () => ({ put }) };

      const { answer, measured } = await answered({ instance }, event);

      expect(answer).toEqual({ batchItemFailures: [] });
      expect(told).toMatchObject([{ outcome: { Id: 'finding-1', outcome: 'updated' } }]);
      expect(JSON.parse(measured)).toMatchObject({ Updated: 1, DecisionEventsFailed: lost });
    });

    it('begins no update so late that no time were left to tell of it', async () => {
      const { instance, updates } = world();
      const put = async () => 0;

      await answered({ instance: { ...instance, decisionBus: async () => ({ put }) } }, event, 5_500);
      expect(updates).toEqual([]);

      await answered({ instance }, event, 5_500);
      expect(updates).toHaveLength(1);
    });
  });

  it('measures also the batch that fails, once its messages were delayed', async () => {
    const here = world({ update: () => DENIED });

    const { answer, measured } = await answered(here, fromQueue(importedEvent([finding(1)])));

    expect(answer).toBe('Findings were left for another attempt: AccessDeniedException');
    expect(JSON.parse(measured)).toMatchObject({ FindingsReceived: 1, Returned: 1, AccessDenied: 1 });
  });
});
