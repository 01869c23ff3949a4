import { describe, expect, it } from 'vitest';
import type { DecidedBlock } from '../../../lib/simulation/decide/decide-block.ts';
import type { Ruled, Verdict } from '../../../lib/simulation/decide/verdict.ts';
import type { ChangeKind, ReportSeverity } from '../../../lib/simulation/simulation-report.ts';
import { createTally } from '../../../lib/simulation/tally/tally.ts';

const RULED: Ruled = {
  outcome: 'updated',
  workflow: 'NEW',
  severity: 'LOW',
  noOp: false,
  heldBy: [],
  matched: ['wide'],
  decided: ['wide'],
};

/** So many findings of one provider's severity that two rulesets leave differently in the same way. */
function blockOf(start: number, count: number, change: ChangeKind, severity: ReportSeverity): DecidedBlock {
  const verdict: Verdict = {
    now: { workflow: 'NEW', severity },
    severity,
    ruled: RULED,
    base: RULED,
    change,
    redacted: false,
    dueTo: [],
    suppression: null,
  };
  const numbers = Array.from({ length: count }, (_, i) => start + i);
  return {
    records: numbers.map((number) => ({
      identity: [number, 0],
      updatedMs: 1_800_000_000_000,
      account: 0,
      verdict: 0,
      payload: 1,
      basePayload: 0,
    })),
    newVerdicts: [verdict],
    changed: numbers.map((number, i) => [
      i,
      {
        Id: `finding/${number}`,
        ProductArn: 'arn:aws:example',
        AwsAccountId: '111122223333',
        product: 'Scanner',
        title: 'A title',
        resource: '',
        severity,
        change,
        before: { workflow: 'NEW', severity },
        after: { workflow: 'NEW', severity },
        rules: ['wide'],
        day: null,
      },
    ]),
    faults: [],
    invalid: [],
    lines: [],
  };
}

describe('the rows of findings that changed', () => {
  it('are as many of each change and severity, so that none crowds out another', () => {
    const tally = createTally();
    tally.addBlock(blockOf(1, 1_500, 'newlySuppressed', 'CRITICAL'), 0);
    tally.addBlock(blockOf(2_001, 40, 'newlySuppressed', 'HIGH'), 1);
    tally.addBlock(blockOf(3_001, 7, 'newlySuppressed', 'LOW'), 2);

    const { rows, distinct } = tally.counted();

    expect(distinct).toBe(1_547);
    const countOf = (severity: string) => rows.filter((row) => row.severity === severity).length;
    expect(['CRITICAL', 'HIGH', 'LOW'].map(countOf)).toEqual([1_000, 40, 7]);
  });

  it('begin with what is hidden of CRITICAL and HIGH, suppressed or resolved', () => {
    const tally = createTally();
    const blocks = [
      ['severityLowered', 'CRITICAL'],
      ['newlyResolved', 'LOW'],
      ['newlySuppressed', 'MEDIUM'],
      ['newlyResolved', 'HIGH'],
      ['newlySuppressed', 'HIGH'],
      ['newlyResolved', 'CRITICAL'],
    ] as const;
    for (const [i, [change, severity]] of blocks.entries())
      tally.addBlock(blockOf(i * 10 + 1, 1, change, severity), i);

    expect(tally.counted().rows.map(({ change, severity }) => `${change} ${severity}`)).toEqual([
      'newlyResolved CRITICAL',
      'newlySuppressed HIGH',
      'newlyResolved HIGH',
      'newlySuppressed MEDIUM',
      'newlyResolved LOW',
      'severityLowered CRITICAL',
    ]);
  });
});
