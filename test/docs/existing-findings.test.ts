import { describe, expect, it } from 'vitest';
import { withinShare } from '../../lambdas/sweep/suppression-share.ts';
import { DEFAULT_CONFIGURATION } from '../../lib/infrastructure/configuration/configuration.ts';
import { SUPPRESSIONS_PER_HOUR, type SweepCase, wholeSweep } from '../bench/whole-sweep.ts';
import { between } from './between.ts';
import { expectDocument } from './shown-document.ts';

const HOUR_MS = 3_600_000;
/** Far more than may be suppressed; few on a page, for it is pages that take time. */
const FIRST_SWEEP = { changing: 0.5, suppressing: true, findingsPerPage: 4 } as const;

/** To the next fifty: the page says `some`. */
const some = (count: number) => Math.round(count / 50) * 50;

async function firstSweep(pages: number, hours: number): Promise<number> {
  const sweepCase: SweepCase = { ...FIRST_SWEEP, findings: pages * FIRST_SWEEP.findingsPerPage };
  const { progress, tookMs } = await wholeSweep(sweepCase);
  expect(progress).toMatchObject({ pass: 2, done: true });
  expect(progress.deferred).toBeGreaterThan(0);
  expect(tookMs / HOUR_MS).toBeCloseTo(hours, 1);
  return progress.newlySuppressed;
}

describe('the page about existing findings', () => {
  it('tells how fast a pass is, how many there are and how far apart, as the sweep has it', async () => {
    const { progress, pauses, tookMs } = await wholeSweep({
      findings: 10_000,
      changing: 0.001,
      heldUp: true,
    });
    const hoursAtWork = tookMs / HOUR_MS - pauses / 4;
    const anHour = Math.round(progress.read / hoursAtWork / 10_000) * 10_000;

    expect({ pass: progress.pass, pauses }).toEqual({ pass: 3, pauses: 2 });
    expectDocument('docs/existing-findings.md', (text) => {
      expect(text).toContain('followed by another a quarter of an hour later');
      expect(text).toContain('after three passes `triage sweep status`');
      return text.replace(
        /A pass reads [\d,]+ findings/,
        `A pass reads ${anHour.toLocaleString('en-US')} findings`,
      );
    });
  });

  it('tells how many findings a sweep suppresses, as the sweep does by the default configuration', async () => {
    const many = Array.from({ length: 5_000 }, () => ({ decision: { newlySuppressed: true } }));
    const { length: atOnce } = withinShare(many, SUPPRESSIONS_PER_HOUR, 0, 0).taken;
    const [halfAnHour, threeHours] = [await firstSweep(500, 0.5), await firstSweep(5_000, 3)];
    const budget = DEFAULT_CONFIGURATION.suppressionsPerHour.toLocaleString('en-US');

    expectDocument('docs/existing-findings.md', (text) =>
      between(
        text,
        'pace',
        `The first sweeps of a new suppressing rule are where that pace is felt. With the default of ${budget} an hour a sweep suppresses ${atOnce} findings at once and ${SUPPRESSIONS_PER_HOUR} for each hour that it lasts: some ${some(halfAnHour)} where it lasts half an hour with its two passes, some ${some(threeHours)} where it lasts three hours. Whatever else rules ask for, above all the withdrawal of what lapsed, goes out in the same pass, however many suppressions are left. \`triage sweep status\` tells how many those are.`,
      ),
    );
  });
});
