import { describe, expect, it } from 'vitest';
import { runCampaign } from './campaign/campaign.ts';
import { reportTally } from './campaign/report.ts';
import { FAULT_KINDS } from './faults/catalogue.ts';
import { INVARIANT_IDS } from './invariants/invariant.ts';
import { runSchedule } from './run-schedule.ts';

/** CI plays more of them: `.ci/run`. */
const SCHEDULES = Number(process.env.FAULT_SCHEDULES ?? 120);

describe('the product under faults', () => {
  it('loses nothing, invents nothing and writes over nobody, whatever goes wrong', async () => {
    const tally = await runCampaign({ schedules: SCHEDULES, seed: 1, only: null, threads: 2 });

    console.info(reportTally(tally));
    expect(tally.failures).toEqual([]);
    // Where nothing happens nothing can fail: every fault has struck, every invariant was looked at.
    for (const kind of FAULT_KINDS) expect.soft(tally.faults[kind], kind).toBeGreaterThan(0);
    for (const id of INVARIANT_IDS) expect.soft(tally.checks[id], id).toBeGreaterThan(0);
  }, 900_000);

  it('takes the same course from the same seed, to the bit', async () => {
    const first = await runSchedule(7, { keepLines: true });
    await runSchedule(8);
    const second = await runSchedule(7, { keepLines: true });

    expect(second.lines).toEqual(first.lines);
    expect(second.hash).toBe(first.hash);
    expect(first.lines.length).toBeGreaterThan(10);
  });
});
