import { describe, expect, it } from 'vitest';
import { waitForMessages } from '../../../lib/local/sqs/long-poll.ts';
import { refuse } from '../../../lib/local/sqs/refusal.ts';
import { startQueues } from './queues.ts';

describe('waitForMessages', () => {
  it('takes nothing more once its caller has gone, even while it was waiting', async () => {
    const { service } = startQueues();
    let attempts = 0;
    let looks = 0;
    const attempt = () => {
      attempts += 1;
      return {};
    };
    // There at the first look, before the wait; gone at the second, after it.
    const isAbandoned = () => {
      looks += 1;
      return looks > 1;
    };

    const reply = await waitForMessages(service, attempt, 5_000, isAbandoned);

    expect(reply).toEqual({});
    expect(attempts).toBe(1);
  });

  it('answers a refusal at once', async () => {
    const { service } = startQueues();
    const refusal = refuse('NonExistentQueue', 'The specified queue does not exist.');

    const reply = await waitForMessages(
      service,
      () => refusal,
      60_000,
      () => false,
    );

    expect(reply).toBe(refusal);
  });
});
