import type { LocalAlarm, LocalAlarmMetric } from '../assembly/local-resources.ts';
import { type MetricStore, MINUTE_MS } from './metric-store.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** How an alarm stands, and the values it was judged by, newest first; undefined for a period without data. */
export interface Evaluation {
  readonly state: AlarmState;
  readonly values: readonly (number | undefined)[];
}

/**
 * Judges an alarm on the periods that end at `endMs`. CloudWatch does so every minute, on a window that moves along,
 * so that a period of an hour is the hour before now. Where data is missing CloudWatch also looks at somewhat older
 * periods, so a deployed alarm may calm down some periods later than here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 */
export function evaluateAlarm(alarm: LocalAlarm, store: MetricStore, endMs: number): Evaluation {
  const metric = alarm.metrics.find(({ returned }) => returned);
  const values = Array.from({ length: alarm.evaluationPeriods }, (_, back) =>
    metric === undefined ? undefined : periodValue(metric, alarm, store, endMs, back),
  );
  const bad = values.filter((value) =>
    value === undefined
      ? alarm.missing === 'breaching'
      : COMPARISONS[alarm.comparison](value, alarm.threshold),
  );
  return { state: bad.length >= alarm.datapointsToAlarm ? 'ALARM' : 'OK', values };
}

function periodValue(
  metric: LocalAlarmMetric,
  alarm: LocalAlarm,
  store: MetricStore,
  endMs: number,
  back: number,
): number | undefined {
  if (metric.kind === 'statistic') {
    const periodMs = metric.periodMinutes * MINUTE_MS;
    const { namespace, name, dimensions } = metric;
    return store.statistic(
      { namespace, name, dimensions },
      metric.statistic,
      endMs - (back + 1) * periodMs,
      endMs - back * periodMs,
    );
  }
  const parts = metric.of.map((id) => {
    const part = alarm.metrics.find((candidate) => candidate.id === id);
    return part === undefined ? undefined : periodValue(part, alarm, store, endMs, back);
  });
  // Metric math has no value for a time at which one of its metrics has none.
  return parts.reduce((sum, part) => (sum === undefined || part === undefined ? undefined : sum + part), 0);
}

const COMPARISONS: Readonly<Record<LocalAlarm['comparison'], (value: number, threshold: number) => boolean>> =
  {
    GreaterThanThreshold: (value, threshold) => value > threshold,
    GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
    LessThanThreshold: (value, threshold) => value < threshold,
    LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  };
