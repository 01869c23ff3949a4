import { AssemblyError } from './assembly-error.ts';
import type { LocalEventSourceMapping } from './local-resources.ts';
import { listOfTexts, optionalNumber, recordOf, requiredText } from './property-values.ts';
import type { Ignored, ResolvedResource } from './resolved-resource.ts';

/**
 * Defaults and bounds of an SQS event source.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
const DEFAULT_BATCH_SIZE = 10;
const MAX_BATCH_SIZE = 10_000;
const MAX_BATCH_SIZE_WITHOUT_WINDOW = 10;
const MIN_MAX_CONCURRENCY = 2;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const DEFAULT_CONCURRENCY = 5;

/** An SQS event source mapping. What the Lambda API would refuse is refused here, naming the logical id. */
export function readEventSourceMapping(resource: ResolvedResource): LocalEventSourceMapping | Ignored {
  const { logicalId, properties } = resource;
  const queueArn = requiredText(logicalId, properties, 'EventSourceArn');
  if (queueArn.split(':')[2] !== 'sqs') {
    return { ignored: 'its source is no SQS queue' };
  }
  if (properties.FilterCriteria !== undefined) {
    throw new AssemblyError(`${logicalId}: the local account knows no filter criteria of event sources.`);
  }
  const batchSize = optionalNumber(logicalId, properties, 'BatchSize') ?? DEFAULT_BATCH_SIZE;
  const batchingWindowSeconds = optionalNumber(logicalId, properties, 'MaximumBatchingWindowInSeconds') ?? 0;
  const limit = batchingWindowSeconds > 0 ? MAX_BATCH_SIZE : MAX_BATCH_SIZE_WITHOUT_WINDOW;
  if (batchSize < 1 || batchSize > limit) {
    throw new AssemblyError(
      `${logicalId}: BatchSize ${batchSize} is outside 1–${limit} at a batching window of ${batchingWindowSeconds} s.`,
    );
  }
  const scaling = recordOf(logicalId, properties, 'ScalingConfig');
  const maxConcurrency = optionalNumber(logicalId, scaling, 'MaximumConcurrency');
  if (maxConcurrency !== undefined && maxConcurrency < MIN_MAX_CONCURRENCY) {
    throw new AssemblyError(
      `${logicalId}: MaximumConcurrency ${maxConcurrency} is below ${MIN_MAX_CONCURRENCY}.`,
    );
  }
  return {
    logicalId,
    uuid: resource.ref,
    arn: resource.attribute('EventSourceMappingArn'),
    queueArn,
    functionName: requiredText(logicalId, properties, 'FunctionName').replace(/^arn:.*:function:/, ''),
    batchSize,
    batchingWindowSeconds,
    maxConcurrency: maxConcurrency ?? DEFAULT_CONCURRENCY,
    reportsBatchItemFailures: listOfTexts(logicalId, properties, 'FunctionResponseTypes').includes(
      'ReportBatchItemFailures',
    ),
    enabled: String(properties.Enabled ?? true) !== 'false',
  };
}
