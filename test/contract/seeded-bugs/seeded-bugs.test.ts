import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SEEDED_BUGS } from './bugs.ts';
import type { Hunt } from './hunt.ts';
import { huntIn } from './run-hunt.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SEED = 20_261_122;
/** The machines of CI have two cores. */
const AT_ONCE = 2;

describe('a bug in the index', () => {
  it('is found, whichever of them it is, within tens of thousands of pairs of rule and finding', async () => {
    const [without, ...hunts] = await inTurn(
      [null, ...SEEDED_BUGS].map((bug) => () => huntIn(ROOT, bug, SEED)),
    );

    const lines = hunts.map(({ pairs }, i) => `${String(pairs).padStart(7)}  ${SEEDED_BUGS[i]?.says}`);
    console.info(`pairs of rule and finding until a bug was found:\n${lines.join('\n')}`);
    const missed = SEEDED_BUGS.filter((_, i) => hunts[i]?.found === null).map(({ says }) => says);
    expect(missed).toEqual([]);
    // Where there is no bug, as much hunting finds nothing.
    expect(without?.found).toBeNull();
    expect(without?.pairs).toBeGreaterThan(30_000);
  }, 900_000);
});

async function inTurn(tasks: readonly (() => Promise<Hunt>)[]): Promise<readonly Hunt[]> {
  const hunts: Hunt[] = [];
  const waiting = [...tasks.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, task] = next;
      hunts[place] = await task();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return hunts;
}
