import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { HeldBy } from '../../lib/triage/decision.ts';
import type { OutcomeKind } from '../../lib/triage/outcome.ts';
import type { Ending } from './ending.ts';
import type { TriageReport } from './pipeline.ts';
import { OVER_BUDGET } from './suppression-budget.ts';

/** One EMF line holds at most 100 values of a metric, and Powertools publishes when it reaches that. */
const MOST_LATENCIES = 99;

/** What came about beside the findings' endings. */
export interface AroundReport {
  readonly deniedByQueues: number;
  /** Events that the decision bus did not confirm; null where there is no bus. */
  readonly untold: number | null;
}

/**
 * Adds the invocation's metrics, all aggregates: a custom metric costs by its name, and counts by rule or by finding
 * are in the log. Every count is given, zeros too, so that an alarm can tell "none" from "no invocation".
 */
export function measure(
  { endings, ignored, calls, newlySuppressed }: TriageReport,
  { deniedByQueues, untold }: AroundReport,
  metrics: Metrics,
): void {
  const findings = endings.filter(({ decided }) => decided !== null);
  const outcomes = (kind: OutcomeKind) => endings.filter(({ outcome }) => outcome.outcome === kind).length;
  const updated = findings.filter(({ outcome }) => outcome.outcome === 'updated');
  const counts = {
    FindingsReceived: findings.length,
    Matched: findings.filter(tracesSome(({ matched }) => matched)).length,
    Updated: updated.length,
    Unchanged: outcomes('unchanged'),
    Held: outcomes('held'),
    HeldByInstance: findings.filter(isHeldBy('instance')).length,
    HeldByCritical: findings.filter(isHeldBy('critical')).length,
    NotWithdrawn: findings.filter(({ decided }) => decided?.decision.kept !== undefined).length,
    Observed: outcomes('observed'),
    DeadLettered: outcomes('deadLettered'),
    Returned: outcomes('returned'),
    Ignored: ignored,
    ApiCalls: calls.updateCalls,
    Throttles: calls.throttled,
    AccessDenied: calls.denied + deniedByQueues,
    NewlySuppressed: newlySuppressed,
    SuppressionsHeldBack: findings.filter(({ outcome }) => outcome.cause?.code === OVER_BUDGET.code).length,
    ExpiredMatching: findings.filter(tracesSome(({ expired }) => expired)).length,
    ...(untold !== null && { DecisionEventsFailed: untold }),
  };
  for (const [name, value] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, value);
  if (calls.updateCalls > 0)
    metrics.addMetric('BatchFill', MetricUnit.Count, calls.sentIdentifiers / calls.updateCalls);
  for (const latencyMs of spread(updated.flatMap(latencyOf)))
    metrics.addMetric('UpdateLatency', MetricUnit.Milliseconds, latencyMs);
}

function isHeldBy(wanted: HeldBy): (ending: Ending) => boolean {
  return ({ decided }) => decided?.decision.held.some(({ by }) => by === wanted) ?? false;
}

/** From the event to the confirmed update. */
function latencyOf({ decided, atMs }: Ending): readonly number[] {
  const timeMs = decided?.snapshot.timeMs ?? null;
  return atMs === null || timeMs === null ? [] : [atMs - timeMs];
}

/** Of many values as many as fit one line, evenly over their order, both ends included: percentiles survive that. */
function spread(values: readonly number[]): readonly number[] {
  if (values.length <= MOST_LATENCIES) return values;
  const sorted = [...values].sort((a, b) => a - b);
  const step = (sorted.length - 1) / (MOST_LATENCIES - 1);
  return Array.from({ length: MOST_LATENCIES }, (_, at) => sorted[Math.round(at * step)] ?? 0);
}

type Trace = NonNullable<Ending['decided']>['decision']['trace'][number];

function tracesSome(test: (trace: Trace) => boolean): (ending: Ending) => boolean {
  return ({ decided }) => decided?.decision.trace.some(test) ?? false;
}
