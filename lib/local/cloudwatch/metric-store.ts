import { canonicalJson } from '../../findings/canonical-json.ts';

/** What a metric is known by. */
export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export type Statistic = 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount';

/** Values of metrics by the minute, as CloudWatch keeps them. */
export interface MetricStore {
  readonly record: (series: Series, value: number, atMs: number) => void;
  /** Over the minutes from `fromMs` until before `toMs`; undefined where none of them has a value. */
  readonly statistic: (
    series: Series,
    statistic: Statistic,
    fromMs: number,
    toMs: number,
  ) => number | undefined;
  /** Every series that ever had a value. */
  readonly series: () => readonly Series[];
}

interface Values {
  sum: number;
  count: number;
  least: number;
  most: number;
}

export const MINUTE_MS = 60_000;

export function createMetricStore(): MetricStore {
  const known = new Map<string, { readonly series: Series; readonly minutes: Map<number, Values> }>();

  return {
    record(series, value, atMs) {
      const key = canonicalJson(series);
      const entry = known.get(key) ?? { series, minutes: new Map<number, Values>() };
      known.set(key, entry);
      const { minutes } = entry;
      const minute = Math.floor(atMs / MINUTE_MS);
      const values = minutes.get(minute);
      if (values === undefined) {
        minutes.set(minute, { sum: value, count: 1, least: value, most: value });
        return;
      }
      values.sum += value;
      values.count += 1;
      values.least = Math.min(values.least, value);
      values.most = Math.max(values.most, value);
    },
    statistic(series, statistic, fromMs, toMs) {
      const minutes = known.get(canonicalJson(series))?.minutes;
      const total: Values = { sum: 0, count: 0, least: Infinity, most: -Infinity };
      for (let minute = Math.floor(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute += 1) {
        const values = minutes?.get(minute);
        if (values === undefined) continue;
        total.sum += values.sum;
        total.count += values.count;
        total.least = Math.min(total.least, values.least);
        total.most = Math.max(total.most, values.most);
      }
      return total.count === 0 ? undefined : STATISTICS[statistic](total);
    },
    series: () => [...known.values()].map(({ series }) => series),
  };
}

const STATISTICS: Readonly<Record<Statistic, (values: Values) => number>> = {
  Sum: ({ sum }) => sum,
  Maximum: ({ most }) => most,
  Minimum: ({ least }) => least,
  Average: ({ sum, count }) => sum / count,
  SampleCount: ({ count }) => count,
};
