import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { huntAll, isFound } from './hunt-all.ts';
import { RARE } from './rare.ts';
import { SABOTAGES } from './sabotages.ts';

/** The machines of CI have two cores. */
const AT_ONCE = 2;
/** Schedules a bug has, at most, to be found in: rarer ones take a longer hunt, `simulate:faults --sabotage`. */
const LIMIT = 250;
/** Where a bug takes fewer than this, a hunt that misses it means something. */
const RARE_FROM = 100;

describe('deliberate bugs in the product', () => {
  it('are found by the fault simulation, each by an invariant that is there for it, but for those listed as rare', async () => {
    const seedsOf = ({ says }: { readonly says: string }) => [RARE[says]?.from ?? 1];
    const hunted = await huntAll({ seedsOf, limit: LIMIT, atOnce: AT_ONCE });

    const lines = hunted.map(({ sabotage: { says }, hunts: [hunt] }) => {
      const after = hunt?.schedules ?? `> ${LIMIT}`;
      const others = hunt?.others.length === 0 ? '' : `, after ${hunt?.others.join(', ')}`;
      const rare = RARE[says] === undefined ? '' : `, rare, from seed ${RARE[says].from}`;
      return `${String(after).padStart(6)}  ${hunt?.invariant ?? 'NOT FOUND'}  ${says}${others}${rare}`;
    });
    console.info(`schedules until a bug was found, and by which invariant:\n${lines.join('\n')}`);
    const missed = hunted.filter(({ hunts }) => !isFound(hunts)).map(({ sabotage }) => sabotage.says);
    expect(missed.filter((says) => RARE[says] === undefined)).toEqual([]);
  }, 1_800_000);

  it('are rare where the recorded table says so', () => {
    const page = readFileSync(new URL('../../../docs/reliability.md', import.meta.url), 'utf8');
    const medians = new Map(
      [...page.matchAll(/^\| (.+?)(?: \*)? \| I[\dI, ]+ \| (\d+) \| .+ \|$/gm)].map(([, says, median]) => [
        says,
        Number(median),
      ]),
    );

    const recorded = Object.keys(RARE).map((says) => [says, medians.get(says)]);

    expect(recorded).toEqual(Object.entries(RARE).map(([says, { schedules }]) => [says, schedules]));
    const known = SABOTAGES.map(({ says }) => says);
    expect(Object.keys(RARE).filter((says) => !known.includes(says))).toEqual([]);
    for (const [says, { schedules }] of Object.entries(RARE))
      expect.soft(schedules, says).toBeGreaterThanOrEqual(RARE_FROM);
  });
});
