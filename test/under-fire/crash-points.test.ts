import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CrashPoint, crashAtEveryCall, WORKLOADS } from './crash-points.ts';
import { deployAssembly } from './deployed-assembly.ts';
import { FIRING_RULES } from './firing-rules.ts';
import { type Range, startRange } from './range.ts';

/** The workload that waits through an outage at every point takes minutes: `npm run fire` has it. */
const SHORT = WORKLOADS.filter(({ outageCalls }) => outageCalls === 0);

let range: Range;
beforeAll(async () => {
  range = await startRange(deployAssembly(FIRING_RULES));
});
afterAll(() => range?.account.close());

describe('the deployed bundle, killed with SIGKILL before and after every API call', () => {
  it.each(SHORT)('loses, invents and repeats nothing: $name', { timeout: 300_000 }, async (workload) => {
    const points: CrashPoint[] = [];
    for await (const point of crashAtEveryCall(range, workload)) points.push(point);

    expect(points.filter(({ faults }) => faults.length > 0)).toEqual([]);
    const struck = points.filter(({ killed, operation }) => killed !== 'none' && operation !== '');
    console.log(`${workload.name}: ${struck.length}/${points.length - 1} crash points hold`);
    // Each run came to the call it was to be killed at: a point that nothing struck shows nothing.
    expect(struck.length).toBe(points.length - 1);
    // The shortest way has an update and a delete, and the delete of the update's own event.
    expect(points.length).toBeGreaterThanOrEqual(1 + 2 * 3);
    const operations = new Set(struck.map(({ operation }) => operation));
    expect(operations.has('GetFindings')).toBe(workload.stale > 0);
    expect(operations.has('SendMessageBatch')).toBe(workload.refused > 0);
    expect(operations).toContain('BatchUpdateFindings');
    expect(operations).toContain('DeleteMessageBatch');
  });
});
