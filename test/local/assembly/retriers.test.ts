import { describe, expect, it } from 'vitest';
import { readRetrier } from '../../../lib/local/assembly/retriers.ts';

const read = (retry: object) => readRetrier('Machine', 'Try', { ErrorEquals: ['States.ALL'], ...retry });

describe('readRetrier', () => {
  it('has the defaults of the service', () => {
    expect(read({})).toEqual({
      errors: ['States.ALL'],
      intervalSeconds: 1,
      backoffRate: 2,
      maxAttempts: 3,
      jitter: 'NONE',
    });
  });

  it('reads all that is given, to its limits', () => {
    const retry = {
      ...{ IntervalSeconds: 99_999_998, BackoffRate: 1, MaxAttempts: 0, JitterStrategy: 'FULL' },
    };

    expect(read(retry)).toMatchObject({
      ...{ intervalSeconds: 99_999_998, backoffRate: 1, maxAttempts: 0, jitter: 'FULL' },
    });
    expect(read({ MaxDelaySeconds: 1 }).maxDelaySeconds).toBe(1);
    expect(read({ MaxDelaySeconds: 31_622_400 }).maxDelaySeconds).toBe(31_622_400);
    expect(read({ MaxAttempts: 99_999_999 }).maxAttempts).toBe(99_999_999);
  });

  it.each([
    [
      { IntervalSeconds: 0 },
      'IntervalSeconds of a retry of Try has to be an integer from 1 to 99999999, not 0',
    ],
    [{ IntervalSeconds: 1.5 }, 'IntervalSeconds of a retry'],
    [{ BackoffRate: 0.9 }, 'BackoffRate of a retry of Try has to be a number from 1'],
    [{ MaxAttempts: -1 }, 'MaxAttempts of a retry of Try has to be an integer from 0'],
    [{ MaxAttempts: 100_000_000 }, 'MaxAttempts of a retry'],
    [{ MaxDelaySeconds: 0 }, 'MaxDelaySeconds of a retry of Try has to be an integer from 1 to 31622400'],
    [{ MaxDelaySeconds: 31_622_401 }, 'MaxDelaySeconds of a retry'],
    [{ JitterStrategy: 'HALF' }, 'JitterStrategy of a retry of Try has to be FULL or NONE, not HALF'],
  ])('refuses %j', (retry, why) => {
    expect(() => read(retry)).toThrow(
      expect.objectContaining({
        name: 'AssemblyError',
        message: expect.stringMatching(new RegExp(`^Machine: ${why}`)),
      }),
    );
  });
});
