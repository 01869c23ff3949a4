import { describe, expect, it, onTestFinished } from 'vitest';
import type { DecidingSettings } from '../../../lib/simulation/decide/decide-block.ts';
import type { Block } from '../../../lib/simulation/read/block.ts';
import { hireCrew } from '../../../lib/simulation/run/crew.ts';
import { generateRuleset } from '../../bench/workload/ruleset.ts';
import { WORKLOAD_NOW } from '../../bench/workload/situation.ts';

const SETTINGS: DecidingSettings = {
  ruleset: generateRuleset(3, 10),
  base: null,
  nowMs: WORKLOAD_NOW,
  withLines: false,
  withSuppressions: false,
};
const body = (script: string) => new URL(`data:text/javascript,${encodeURIComponent(script)}`);
const blockOf = (text: string): Block => {
  const bytes = new Uint8Array(Buffer.from(text));
  return { kind: 'block', source: 'x', bytes, ends: [bytes.length], first: 1, unit: 'line' };
};

describe('threads that decide', () => {
  it.each([
    ['throw before their first block', "throw new Error('torn');", /torn/],
    ['end before their first block', 'process.exit(0);', /ended, with code 0/],
    [
      'end over a block',
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(7));",
      /ended, with code 7/,
    ],
  ])('fail every block, now and later, where they %s', async (_, script, message) => {
    const crew = hireCrew(SETTINGS, 2, body(script));
    onTestFinished(() => crew.dismiss());

    for (let block = 0; block < 4; block += 1)
      await expect(crew.decide(blockOf('{}'))).rejects.toThrow(message);
  });

  it('are dismissed while blocks wait, and leave nobody waiting', async () => {
    const crew = hireCrew(
      SETTINGS,
      2,
      body("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});"),
    );
    const waiting = Promise.allSettled([1, 2, 3].map(() => crew.decide(blockOf('{}'))));

    await crew.dismiss();

    expect((await waiting).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  });
});
