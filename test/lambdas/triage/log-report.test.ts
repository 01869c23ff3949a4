import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it, vi } from 'vitest';
import { countRules, logReport } from '../../../lambdas/triage/log-report.ts';
import type { TriageReport } from '../../../lambdas/triage/pipeline.ts';
import { endingOf, reportOf, traceOf, unreadEnding } from './endings.ts';
import { identifier } from './fixtures.ts';

/** What is logged, as [level, message, members]. */
function logged(report: TriageReport): unknown[] {
  const log = new Logger({ logLevel: 'SILENT' });
  const lines: unknown[] = [];
  for (const level of ['debug', 'info', 'warn'] as const)
    vi.spyOn(log, level).mockImplementation((message, ...members) => {
      lines.push([level, message, ...members]);
    });
  logReport(report, log);
  return lines;
}

describe('logReport', () => {
  it('says how a finding ended: which rules, what they wrote, what was held', () => {
    const update = { Workflow: { Status: 'NOTIFIED' as const }, Confidence: 5 };

    const held = [
      { field: 'Severity', by: 'person' },
      { field: 'Types', by: 'person' },
    ] as const;

    const lines = logged(
      reportOf([endingOf(1, { outcome: { rules: ['a'], held: ['Severity'], update }, decision: { held } })]),
    );

    expect(lines).toEqual([
      [
        'info',
        'finding',
        {
          ...identifier(1),
          outcome: 'updated',
          rules: ['a'],
          held: ['Severity'],
          heldBy: ['person'],
          fields: ['Workflow', 'Confidence'],
          cause: undefined,
        },
      ],
    ]);
  });

  it.each([
    ['unchanged', 'debug'],
    ['observed', 'info'],
    ['held', 'info'],
    ['updated', 'info'],
    ['returned', 'warn'],
    ['deadLettered', 'warn'],
  ] as const)('tells %s at level %s', (outcome, level) => {
    const cause = { code: 'InvalidInput', message: 'says what a finding says' };

    const lines = logged(reportOf([endingOf(1, { outcome: { outcome, cause } })]));

    expect(lines).toEqual([[level, 'finding', expect.objectContaining({ outcome, cause: 'InvalidInput' })]]);
    expect(JSON.stringify(lines)).not.toContain('says what');
  });

  it('tells of a finding that stays as it is where something of ours could not be withdrawn', () => {
    const lines = logged(
      reportOf([endingOf(1, { outcome: { outcome: 'unchanged' }, decision: { kept: ['Severity'] } })]),
    );

    expect(lines).toEqual([
      ['info', 'finding', expect.objectContaining({ outcome: 'unchanged', kept: ['Severity'] })],
    ]);
  });

  it('names the message where no finding could be read', () => {
    const lines = logged(reportOf([unreadEnding('m-7')]));

    expect(lines).toEqual([
      ['warn', 'message', expect.objectContaining({ messageIds: ['m-7'], cause: 'MalformedEvent' })],
    ]);
  });

  it('adds one line with the counts of all rules', () => {
    const lines = logged(reportOf([endingOf(1, { decision: { trace: [traceOf('a', { won: ['Note'] })] } })]));

    expect(lines[1]).toEqual([
      'info',
      'rules',
      { counts: [{ rule: 'a', matched: 1, won: 1, observed: 0, expired: 0 }] },
    ]);
  });
});

describe('countRules', () => {
  it('counts each rule over the findings, by name', () => {
    const traces = [
      [traceOf('b', { won: ['Note', 'Types'] }), traceOf('a', { mode: 'observe' })],
      [traceOf('b'), traceOf('lapsed', { matched: false, expired: true })],
      [traceOf('a', { mode: 'observe', matched: false })],
    ];

    const counts = countRules({
      endings: [...traces.map((trace, n) => endingOf(n, { decision: { trace } })), unreadEnding('m')],
    });

    expect(counts).toEqual([
      { rule: 'a', matched: 1, won: 0, observed: 1, expired: 0 },
      { rule: 'b', matched: 2, won: 1, observed: 0, expired: 0 },
      { rule: 'lapsed', matched: 0, won: 0, observed: 0, expired: 1 },
    ]);
  });
});
