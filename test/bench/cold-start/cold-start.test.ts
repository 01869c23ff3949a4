import { describe, expect, it, onTestFinished } from 'vitest';
import { RULESET } from '../../lambdas/triage/fixtures.ts';
import { betweenMarkers } from './between-markers.ts';
import { openStage, type Staged } from './stage.ts';
import { type Start, startChild } from './start-child.ts';
import { interleaved, median, ratioOfMedians } from './statistics.ts';
import { formatMeasurements } from './tables.ts';
import { VARIANTS } from './variants.ts';

describe('the starts that are compared', () => {
  it.each(VARIANTS.map((variant) => [variant.name, variant] as const))(
    'load, decide and update: %s',
    async (_name, variant) => {
      const stage = await openStage();
      onTestFinished(stage.close);
      const { entry, totalBytes, initBytes } = await stage.add(variant, RULESET);

      const { initMs, initCpuMs, firstUpdateMs } = await startChild({ ...stage, entry, outcome: 'updated' });

      expect(initCpuMs).toBeGreaterThan(0);
      expect(firstUpdateMs).toBeGreaterThan(initMs);
      expect(totalBytes).toBeGreaterThanOrEqual(initBytes);
    },
  );

  it('are no starts where the function answers otherwise', async () => {
    const stage = await openStage();
    onTestFinished(stage.close);
    const [variant] = VARIANTS.slice(-1);
    if (variant === undefined) throw new Error('There is a last variant.');
    const { entry } = await stage.add(variant, RULESET);

    const started = startChild({ ...stage, entry, outcome: 'deadLettered' });

    await expect(started).rejects.toThrow('"outcome":"updated"');
  });
});

describe('the figures', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('have a middle: of %j it is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('are compared by their medians, so that a ratio can be computed from a table', () => {
    expect(ratioOfMedians([1, 100, 2], [2, 200, 4])).toBe(0.5);
  });

  it('are taken in turn, each round beginning elsewhere', async () => {
    const order: string[] = [];

    await interleaved(['a', 'b', 'c'], 2, async (subject) => order.push(subject));

    expect(order).toEqual(['a', 'b', 'c', 'b', 'c', 'a']);
  });

  it('are told as tables', () => {
    const tables = formatMeasurements({
      rounds: 1,
      variants: [series('Node', 20, 20), series('straightforward', 120, 220), series('ours', 60, 110)],
      runtime: [
        { bundle: bundle('Node'), initMs: [100] },
        { bundle: bundle('straightforward'), initMs: [200] },
        { bundle: bundle('ours'), initMs: [150] },
      ],
      rules: [{ ...series('the workload', 70, 120), count: 1_000 }],
    });

    const lines = tables.split('\n');
    expect(lines).toContain('| Node |  |  | 20.0 | 20.0 | 0.17 |  | 10.0 | 0.17 |  |  |');
    expect(lines).toContain('| ours | 3 | 1 | 60.0 | 60.0 | 0.50 | 0.40 | 30.0 | 0.50 | 110.0 | 0.50 |');
    expect(lines).toContain('| ours | 150.0 | 150.0 | 0.75 | 0.50 |');
    expect(lines).toContain('| 1,000 (the workload) | 70.0 | 70.0 | 35.0 | 120.0 |');
    expect(new Set(lines.slice(2, 7).map((line) => line.split('|').length))).toEqual(new Set([13]));
  });
});

describe('the page', () => {
  it('gets a new text between its markers', () => {
    expect(betweenMarkers('a <!-- x --> old <!-- /x --> b', 'x', 'new')).toBe(
      'a <!-- x -->\nnew\n<!-- /x --> b',
    );
  });

  it.each(['nothing', '<!-- x --> open', '<!-- x --><!-- /x --> <!-- x --><!-- /x -->'])(
    'is left alone where the markers are not there once: %s',
    (document) => {
      expect(() => betweenMarkers(document, 'x', 'new')).toThrow('no single pair');
    },
  );
});

function bundle(name: string): Staged {
  return { name, dir: '', entry: '', totalBytes: 3 * 1024, initBytes: 1024 };
}

function series(name: string, initMs: number, firstUpdateMs: number) {
  const starts: readonly Start[] = [{ initMs, initCpuMs: initMs / 2, firstUpdateMs }];
  return { bundle: bundle(name), starts };
}
