import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SEEDED_BUGS } from './bugs.ts';
import { huntForAll } from './run-hunt.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SEED = 20_261_122;

describe('a bug in the index', () => {
  it('is found, whichever of them it is, within some hundred thousand pairs of rule and finding', async () => {
    const [without, ...hunts] = await huntForAll(ROOT, [null, ...SEEDED_BUGS], SEED);

    const lines = hunts.map(({ pairs }, i) => `${String(pairs).padStart(7)}  ${SEEDED_BUGS[i]?.says}`);
    console.info(`pairs of rule and finding until a bug was found:\n${lines.join('\n')}`);
    const missed = SEEDED_BUGS.filter((_, i) => hunts[i]?.found === null).map(({ says }) => says);
    expect(missed).toEqual([]);
    // Where there is no bug, as much hunting finds nothing.
    expect(without?.found).toBeNull();
    expect(without?.pairs).toBeGreaterThan(30_000);
  }, 1_800_000);
});
