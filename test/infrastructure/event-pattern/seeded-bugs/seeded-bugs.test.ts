import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { huntForAll } from '../../../contract/seeded-bugs/run-hunt.ts';
import { PATTERN_BUGS } from './bugs.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const SEED = 20_261_126;

describe('a bug in the derivation of the event pattern', () => {
  it('is found, whichever of them it is, within some tens of thousands of pairs of finding and ruleset', async () => {
    const [without, ...hunts] = await huntForAll(ROOT, [null, ...PATTERN_BUGS], SEED, {
      copied: ['test/infrastructure/event-pattern', 'test/triage'],
      base: 'lib/infrastructure/event-pattern',
      script: 'test/infrastructure/event-pattern/seeded-bugs/hunt.ts',
    });

    const lines = hunts.map(({ pairs }, i) => `${String(pairs).padStart(7)}  ${PATTERN_BUGS[i]?.says}`);
    console.info(`pairs of finding and ruleset until a bug was found:\n${lines.join('\n')}`);
    const missed = PATTERN_BUGS.filter((_, i) => hunts[i]?.found === null).map(({ says }) => says);
    expect(missed).toEqual([]);
    // Where there is no bug, as much hunting finds nothing.
    expect(without?.found).toBeNull();
    expect(without?.pairs).toBeGreaterThan(30_000);
  }, 1_800_000);
});
