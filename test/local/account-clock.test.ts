import { describe, expect, it } from 'vitest';
import { createAccountClock } from '../../lib/local/account-clock.ts';

describe('createAccountClock', () => {
  it('leaps ahead while the account only waits', async () => {
    const clock = createAccountClock(0.001, () => 1_000_000);

    await clock.rest(2);

    expect(clock.now()).toBe(1_000_000 + 2000 - 2);
  });

  it('keeps the pace of the wall clock while anything works', async () => {
    let realMs = 0;
    const clock = createAccountClock(0.001, () => realMs);
    const first = clock.work();
    const second = clock.work();

    await clock.rest(1);
    first();
    first();
    await clock.rest(1);
    realMs += 5000;
    const atWork = clock.now();
    second();
    await clock.rest(1);

    expect(atWork).toBe(5000);
    expect(clock.now()).toBe(5000 + 999);
  });

  it('never runs backwards when the wall clock is set back', () => {
    let realMs = 100;
    const clock = createAccountClock(1, () => realMs);
    clock.now();

    realMs = 50;

    expect(clock.now()).toBe(100);
  });
});
