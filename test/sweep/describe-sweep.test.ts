import { describe, expect, it } from 'vitest';
import { readProgress, type SweepProgress } from '../../lambdas/sweep/progress.ts';
import { describeSweep } from '../../lib/sweep/describe-sweep.ts';
import type { SweepExecution } from '../../lib/sweep/sweep-machine.ts';

const STARTED_MS = Date.parse('2026-03-01T03:00:00Z');
const MINUTE_MS = 60_000;

function execution(
  members: Partial<SweepExecution> = {},
  progress: Partial<SweepProgress> = {},
): SweepExecution {
  const counts = { read: 12_300, marked: 1_204, sent: 230, newlySuppressed: 12 };
  return {
    arn: 'arn:aws:states:eu-west-1:111122223333:execution:Sweep:1',
    ...{ status: 'RUNNING', startedMs: STARTED_MS, stoppedMs: null, error: null },
    progress: { ...readProgress({}, STARTED_MS), ...counts, ...progress },
    progressMs: STARTED_MS + 4 * MINUTE_MS,
    ...members,
  };
}

const minutesIn = (minutes: number) => STARTED_MS + minutes * MINUTE_MS;

describe('a sweep in words', () => {
  it('says since when it runs and how far it is', () => {
    expect(describeSweep(execution(), minutesIn(5))).toEqual([
      'Sweep of 2026-03-01 03:00 UTC: running for 5 min',
      '  12300 findings read, 1204 of them with our mark, 230 sent to triage, 12 of these newly suppressed',
    ]);
  });

  it('says when it goes on, and what it waits for', () => {
    const forTriage = execution({}, { pass: 2, waitSeconds: 900 });
    const forService = execution({}, { waitSeconds: 60 });

    expect(describeSweep(forTriage, minutesIn(5)).slice(2)).toEqual([
      '  pass 2: it looks whether what was sent took effect',
      '  it goes on in 14 min, when triage is done with what was sent',
    ]);
    expect(describeSweep(forService, minutesIn(4)).at(-1)).toBe('  it goes on in 1 min');
  });

  it('says what is left at its end', () => {
    const ended = { status: 'SUCCEEDED', stoppedMs: minutesIn(125) } as const;
    const left = execution(ended, { done: true, pass: 3, sentThisPass: 4, unsayable: 2 });

    expect(describeSweep(left, minutesIn(500))).toEqual([
      'Sweep of 2026-03-01 03:00 UTC: done in 2 h 5 min',
      expect.stringContaining('12300 findings read'),
      '  2 findings left: their marks or maps would be too large for the API',
      '  4 findings still not as the rules say after 3 passes: they are held up in the queue, observed, or refused',
    ]);
  });

  it('says how many suppressions are left to the next sweep', () => {
    const ended = { status: 'SUCCEEDED', stoppedMs: minutesIn(31) } as const;

    const lines = describeSweep(execution(ended, { done: true, pass: 2, deferred: 3_731 }), minutesIn(40));

    expect(lines.slice(2)).toEqual([
      '  3731 findings not suppressed yet, to keep within triage:suppressionsPerHour: the next sweep goes on with them',
    ]);
    const betweenPasses = execution({}, { pass: 2, waitSeconds: 900, deferredBefore: 3_873 });
    expect(describeSweep(betweenPasses, minutesIn(5)).join('\n')).toContain(
      '3873 findings not suppressed yet',
    );
  });

  it('says that a dry run would send', () => {
    const ended = { status: 'SUCCEEDED', stoppedMs: minutesIn(1) } as const;

    const lines = describeSweep(
      execution(ended, { dryRun: true, done: true, sentThisPass: 230 }),
      minutesIn(2),
    );

    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('230 would be sent');
  });

  it('says why it failed, harmless on a terminal, and how to go on', () => {
    const failed = execution({
      ...{ status: 'FAILED', stoppedMs: minutesIn(3_000), error: 'AccessDenied: \u001b[31mno' },
    });

    const lines = describeSweep(failed, minutesIn(3_001));

    expect(lines.join()).not.toContain('\u001b');
    expect(lines).toEqual([
      'Sweep of 2026-03-01 03:00 UTC: failed after 2 days 2 h',
      expect.stringContaining('findings read'),
      expect.stringMatching(/^ {2}AccessDenied: .*no$/),
      '  triage sweep resume goes on from here',
    ]);
  });

  it('says that it was stopped, or left the field to another', () => {
    const stopped = execution({ status: 'ABORTED', stoppedMs: STARTED_MS + 30_000 });
    const second = execution({ status: 'SUCCEEDED', stoppedMs: STARTED_MS, progress: null });

    expect(describeSweep(stopped, minutesIn(1))[0]).toBe('Sweep of 2026-03-01 03:00 UTC: stopped after 30 s');
    expect(describeSweep(second, minutesIn(1))).toEqual([
      'Sweep of 2026-03-01 03:00 UTC: done in 0 s',
      '  another sweep was running, so this one left the field to it',
    ]);
  });
});
