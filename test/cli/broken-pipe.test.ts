import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { createSurroundings, RULES, spawnTriage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());

describe('a reader that goes', () => {
  it.each([[['facts', '--rules', RULES]], [['lint', '--help']]])('does not make %j fail', async (args) => {
    const child = spawnTriage(surroundings, args);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));

    child.stdout?.destroy();
    const stderr = child.stderr ? await text(child.stderr) : 'no output';

    expect({ code: await ended, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
