import { AssemblyError } from './assembly-error.ts';
import type { LocalAlarm, LocalAlarmMetric } from './local-resources.ts';
import {
  listOfRecords,
  optionalNumber,
  optionalText,
  type Properties,
  recordOf,
  requiredText,
} from './property-values.ts';
import type { ResolvedResource } from './resolved-resource.ts';

/**
 * A metric alarm. What the local account would evaluate in another way than CloudWatch is refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-alarm.html
 */
export function readAlarm(resource: ResolvedResource): LocalAlarm {
  const { logicalId, properties } = resource;
  const metrics = listOfRecords(logicalId, properties, 'Metrics');
  const evaluationPeriods = requiredNumber(logicalId, properties, 'EvaluationPeriods');
  return {
    logicalId,
    name: resource.ref,
    arn: resource.attribute('Arn'),
    description: optionalText(logicalId, properties, 'AlarmDescription') ?? '',
    metrics:
      metrics.length === 0
        ? [{ ...readStatistic(logicalId, properties, properties, 'Statistic'), id: 'm1', returned: true }]
        : metrics.map((metric) => readMetric(logicalId, metric)),
    comparison: oneOf(logicalId, properties, 'ComparisonOperator', COMPARISONS),
    threshold: requiredNumber(logicalId, properties, 'Threshold'),
    evaluationPeriods,
    datapointsToAlarm: optionalNumber(logicalId, properties, 'DatapointsToAlarm') ?? evaluationPeriods,
    missing: oneOf(logicalId, { TreatMissingData: 'missing', ...properties }, 'TreatMissingData', MISSING),
  };
}

const COMPARISONS = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;
const MISSING = ['breaching', 'notBreaching'] as const;
const STATISTICS = ['Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount'] as const;

function readMetric(logicalId: string, metric: Properties): LocalAlarmMetric {
  const named = {
    id: requiredText(logicalId, metric, 'Id'),
    returned: String(metric.ReturnData ?? true) !== 'false',
  };
  const expression = optionalText(logicalId, metric, 'Expression');
  if (expression !== undefined) {
    return { ...named, kind: 'sum', of: readSum(logicalId, expression) };
  }
  const stat = recordOf(logicalId, metric, 'MetricStat');
  return { ...named, ...readStatistic(logicalId, recordOf(logicalId, stat, 'Metric'), stat, 'Stat') };
}

function readStatistic(logicalId: string, metric: Properties, stat: Properties, statistic: string) {
  const periodSeconds = requiredNumber(logicalId, stat, 'Period');
  if (periodSeconds % 60 !== 0) {
    throw new AssemblyError(`${logicalId}: the local account knows periods of whole minutes only.`);
  }
  const dimensions = listOfRecords(logicalId, metric, 'Dimensions').map(
    (dimension) =>
      [requiredText(logicalId, dimension, 'Name'), requiredText(logicalId, dimension, 'Value')] as const,
  );
  return {
    kind: 'statistic' as const,
    namespace: requiredText(logicalId, metric, 'Namespace'),
    name: requiredText(logicalId, metric, 'MetricName'),
    dimensions: Object.fromEntries(dimensions),
    periodMinutes: periodSeconds / 60,
    statistic: oneOf(logicalId, stat, statistic, STATISTICS),
  };
}

/** The only expression there is need for: the sum of other metrics. */
function readSum(logicalId: string, expression: string): readonly string[] {
  const ids = expression.split('+').map((id) => id.trim());
  if (!ids.every((id) => /^[a-z]\w*$/.test(id))) {
    throw new AssemblyError(
      `${logicalId}: the local account adds metrics, but does not know ${JSON.stringify(expression)}.`,
    );
  }
  return ids;
}

function requiredNumber(logicalId: string, properties: Properties, name: string): number {
  const value = optionalNumber(logicalId, properties, name);
  if (value === undefined) {
    throw new AssemblyError(`${logicalId} has no ${name}.`);
  }
  return value;
}

function oneOf<T extends string>(
  logicalId: string,
  properties: Properties,
  name: string,
  known: readonly T[],
): T {
  const value = requiredText(logicalId, properties, name);
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new AssemblyError(`${logicalId}: the local account does not know the ${name} ${value}.`);
  }
  return found;
}
