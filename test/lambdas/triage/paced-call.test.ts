import { describe, expect, it, vi } from 'vitest';
import type { CallFailure } from '../../../lambdas/triage/call-failure.ts';
import { backoffEndMs, callPaced, LATE, pauseUntil } from '../../../lambdas/triage/paced-call.ts';
import { virtualClock } from './fixtures.ts';

const ANSWERED = { kind: 'answered', reply: 'reply' } as const;

function failed(kind: CallFailure['kind']): CallFailure {
  return { kind, cause: { code: kind, message: '' } };
}

/** Ten seconds after 1970 began, with a minute to go. */
function paceOf(take = async () => true) {
  const clock = virtualClock(10_000);
  return { clock, bucket: { take: vi.fn(take) }, deadlineMs: 70_000 };
}

describe('callPaced', () => {
  it('gives a call all the time but what is needed to settle', async () => {
    const pace = paceOf();
    const call = vi.fn(async () => ANSWERED);

    expect(await callPaced(call, pace)).toBe(ANSWERED);

    expect(call.mock.calls).toEqual([[58_500]]);
    expect(pace.bucket.take.mock.calls).toEqual([[67_000]]);
  });

  it('makes no call where the wait for a token took too long', async () => {
    const pace = paceOf(async () => {
      pace.clock.advance(57_001);
      return true;
    });
    const call = vi.fn(async () => ANSWERED);

    expect(await callPaced(call, pace)).toEqual({
      kind: 'late',
      cause: {
        code: 'DeadlineNear',
        message: 'Too little time was left in this invocation to make the call',
      },
    });
    expect(call).not.toHaveBeenCalled();
  });

  it('makes a call that can start in the last moment', async () => {
    const pace = paceOf(async () => {
      pace.clock.advance(57_000);
      return true;
    });

    expect(await callPaced(async () => ANSWERED, pace)).toBe(ANSWERED);
  });

  it.each(['throttled', 'unavailable'] as const)('makes a call that is %s four times', async (kind) => {
    const call = vi.fn(async () => failed(kind));

    expect(await callPaced(call, paceOf())).toEqual(failed(kind));
    expect(call).toHaveBeenCalledTimes(4);
  });

  it.each(['refused', 'denied'] as const)('makes a call that is %s once', async (kind) => {
    const call = vi.fn(async () => failed(kind));

    expect(await callPaced(call, paceOf())).toEqual(failed(kind));
    expect(call).toHaveBeenCalledTimes(1);
  });
});

describe('backoffEndMs', () => {
  it.each([
    ['throttled', [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]],
    ['unavailable', [100, 200, 400, 800, 1_600, 3_200, 6_400]],
    ['identifier', [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000]],
  ] as const)('for what is %s doubles up to twenty seconds, here at half the jitter', (reason, pausesMs) => {
    const clock = virtualClock(0);

    expect(pausesMs.map((_, n) => backoffEndMs(reason, n + 1, clock))).toEqual(pausesMs);
  });
});

describe('pauseUntil', () => {
  it.each([
    [67_000, true, 67_000],
    [67_001, false, 10_000],
    [9_000, true, 10_000],
  ])('%i comes to %s at %i', async (untilMs, can, atMs) => {
    const pace = paceOf();

    expect(await pauseUntil(untilMs, pace)).toBe(can);
    expect(pace.clock.nowMs()).toBe(atMs);
  });

  it('does not sleep where it is time already', async () => {
    const pace = paceOf();
    const sleep = vi.spyOn(pace.clock, 'sleep');

    await pauseUntil(10_000, pace);

    expect(sleep).not.toHaveBeenCalled();
    expect(LATE.kind).toBe('late');
  });
});
