import { describe, expect, it } from 'vitest';
import { huntAll, isFound } from './hunt-all.ts';

/** The machines of CI have two cores. */
const AT_ONCE = 2;
/** Schedules a bug has, at most, to be found in: rarer ones take a longer hunt, `simulate:faults --sabotage`. */
const LIMIT = 150;
/** Of them all; which ones a short hunt misses is printed. */
const LEAST_FOUND = 50;

describe('deliberate bugs in the product', () => {
  it('are found by the fault simulation, all but rare ones within a short hunt', async () => {
    const hunted = await huntAll({ seeds: [1], limit: LIMIT, atOnce: AT_ONCE });

    const lines = hunted.map(({ sabotage, hunts: [hunt] }) => {
      const after = hunt?.schedules ?? `> ${LIMIT}`;
      return `${String(after).padStart(6)}  ${hunt?.invariant ?? 'NOT FOUND'}  ${sabotage.says}`;
    });
    console.info(`schedules until a bug was found, and by which invariant:\n${lines.join('\n')}`);
    const found = hunted.filter(({ hunts }) => isFound(hunts));
    expect(found.length).toBeGreaterThanOrEqual(LEAST_FOUND);
  }, 1_800_000);
});
