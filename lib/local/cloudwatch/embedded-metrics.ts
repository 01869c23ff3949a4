import { isRecord } from '../assembly/property-values.ts';
import type { Series } from './metric-store.ts';

/** The values of one metric on one line. */
export interface EmbeddedMetric {
  readonly series: Series;
  readonly values: readonly number[];
}

/**
 * The metrics of a log line in the embedded metric format; none where the line is of another kind.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function readEmbeddedMetrics(text: string): readonly EmbeddedMetric[] {
  const line = text.includes('"_aws"') ? parse(text) : undefined;
  if (line === undefined || !isRecord(line._aws)) return [];
  return recordsOf(line._aws.CloudWatchMetrics).flatMap((directive) =>
    listOf(directive.Dimensions).flatMap((names) =>
      recordsOf(directive.Metrics).flatMap(({ Name }) => {
        const dimensions = Object.fromEntries(
          listOf(names).map((name) => [name, String(line[String(name)])]),
        );
        const series = { namespace: String(directive.Namespace), name: String(Name), dimensions };
        const values = [line[String(Name)]].flat().filter((value) => typeof value === 'number');
        return values.length === 0 ? [] : [{ series, values }];
      }),
    ),
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listOf(value).filter(isRecord);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
