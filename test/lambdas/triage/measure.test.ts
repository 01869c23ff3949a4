import { Metrics } from '@aws-lambda-powertools/metrics';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../lambdas/triage/measure.ts';
import type { TriageReport } from '../../../lambdas/triage/pipeline.ts';
import { OVER_BUDGET } from '../../../lambdas/triage/suppression-budget.ts';
import { endingOf, reportOf, traceOf, unreadEnding } from './endings.ts';
import { NOW_MS } from './fixtures.ts';

/** The members of the EMF line but for its directory. */
function measured(
  report: TriageReport,
  deniedByQueues = 0,
  untold: number | null = null,
): Record<string, unknown> {
  const metrics = new Metrics({ namespace: 'test', serviceName: 'test' });
  measure(report, { deniedByQueues, untold }, metrics);
  const { _aws, service, ...values } = metrics.serializeMetrics();
  return values as Record<string, unknown>;
}

describe('measure', () => {
  it('gives every count, zeros too, and no average of nothing', () => {
    expect(measured(reportOf([]))).toEqual({
      FindingsReceived: 0,
      Matched: 0,
      Updated: 0,
      Unchanged: 0,
      Held: 0,
      HeldByInstance: 0,
      HeldByCritical: 0,
      NotWithdrawn: 0,
      Observed: 0,
      DeadLettered: 0,
      Returned: 0,
      Ignored: 0,
      ApiCalls: 0,
      Throttles: 0,
      AccessDenied: 0,
      NewlySuppressed: 0,
      SuppressionsHeldBack: 0,
      ExpiredMatching: 0,
    });
  });

  it('counts findings by how they ended; a message without one counts as dead letter alone', () => {
    const endings = [
      endingOf(1, { decision: { newlySuppressed: true, trace: [traceOf('a'), traceOf('b')] } }),
      endingOf(2, { outcome: { outcome: 'returned' }, decision: { newlySuppressed: true } }),
      endingOf(3, {
        outcome: { outcome: 'held' },
        decision: { held: [{ field: 'Workflow', by: 'instance' }], trace: [traceOf('a')] },
      }),
      endingOf(4, {
        outcome: { outcome: 'unchanged' },
        decision: {
          held: [{ field: 'Workflow', by: 'person' }],
          kept: ['Severity', 'Types'],
          trace: [traceOf('c', { matched: false, expired: true })],
        },
      }),
      endingOf(5, { outcome: { outcome: 'observed' } }),
      endingOf(7, {
        outcome: { outcome: 'returned', cause: OVER_BUDGET },
        decision: { newlySuppressed: true, held: [{ field: 'Note', by: 'critical' }] },
      }),
      unreadEnding('m-6'),
    ];

    const report = { ...reportOf(endings, { throttled: 2, denied: 1 }, 3), newlySuppressed: 4 };
    expect(measured(report)).toMatchObject({
      FindingsReceived: 6,
      Matched: 2,
      Updated: 1,
      Unchanged: 1,
      Held: 1,
      HeldByInstance: 1,
      HeldByCritical: 1,
      NotWithdrawn: 1,
      Observed: 1,
      DeadLettered: 1,
      Returned: 2,
      Ignored: 3,
      Throttles: 2,
      AccessDenied: 1,
      NewlySuppressed: 4,
      SuppressionsHeldBack: 1,
      ExpiredMatching: 1,
    });
  });

  it('counts calls that the queues denied with those that Security Hub denied', () => {
    expect(measured(reportOf([], { denied: 1 }), 2)).toMatchObject({ AccessDenied: 3 });
  });

  it('counts events that the decision bus did not confirm, where there is one', () => {
    expect(measured(reportOf([]), 0, 3)).toMatchObject({ DecisionEventsFailed: 3 });
    expect(measured(reportOf([]), 0, 0)).toMatchObject({ DecisionEventsFailed: 0 });
  });

  it('tells how full the calls were', () => {
    const report = reportOf([], { updateCalls: 4, sentIdentifiers: 250 });

    expect(measured(report)).toMatchObject({ ApiCalls: 4, BatchFill: 62.5 });
  });

  it('tells from event to update, where both times are known', () => {
    const endings = [
      endingOf(1, { atMs: NOW_MS + 2_000 }),
      endingOf(2, { atMs: null }),
      endingOf(3, { timeMs: null }),
      endingOf(4, { atMs: NOW_MS + 9_000, outcome: { outcome: 'returned' } }),
    ];

    expect(measured(reportOf(endings)).UpdateLatency).toBe(2_000);
  });

  it('gives of more than 99 latencies 99, spread evenly, the least and the greatest among them', () => {
    const endings = Array.from({ length: 197 }, (_, n) => endingOf(n, { atMs: NOW_MS + ((n * 50) % 197) }));

    const latencies = measured(reportOf(endings)).UpdateLatency;

    expect(latencies).toEqual(Array.from({ length: 99 }, (_, n) => n * 2));
  });
});
