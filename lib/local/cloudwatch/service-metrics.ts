import type { LocalFunctionSpec, LocalQueue } from '../assembly/local-resources.ts';
import type { EventRecorder } from '../event-bus.ts';
import type { FunctionObserver } from '../lambda/local-function.ts';
import type { QueueService } from '../sqs/queue-service.ts';
import type { Execution } from '../step-functions/state-machines.ts';
import type { CloudWatch } from './cloudwatch.ts';
import { readEmbeddedMetrics } from './embedded-metrics.ts';

type Record = CloudWatch['record'];

/** Beside each message CloudWatch Logs counts so many bytes: https://aws.amazon.com/cloudwatch/pricing/ */
const LOG_LINE_OVERHEAD_BYTES = 26;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const ACTIVE_MS = 6 * 3_600_000;
/** A message received this often without being deleted no longer counts as the oldest (the same page). */
const POISON_RECEIVES = 3;

/** What Lambda reports of a function, and what the function itself reports on its log's lines. */
export function functionMetrics(spec: LocalFunctionSpec, record: Record): FunctionObserver {
  const dimensions = { FunctionName: spec.name };
  const lambda = (name: string, value: number) =>
    record({ namespace: 'AWS/Lambda', name, dimensions }, value);
  return {
    logged({ text }) {
      for (const { series, values } of readEmbeddedMetrics(text))
        for (const value of values) record(series, value);
      const logs = {
        namespace: 'AWS/Logs',
        name: 'IncomingBytes',
        dimensions: { LogGroupName: spec.logGroupName },
      };
      record(logs, Buffer.byteLength(text) + LOG_LINE_OVERHEAD_BYTES);
    },
    invoked(result, durationMs) {
      lambda('Invocations', 1);
      lambda('Errors', result.ok ? 0 : 1);
      lambda('Throttles', 0);
      lambda('Duration', durationMs);
    },
    throttled: () => lambda('Throttles', 1),
  };
}

/** What EventBridge reports of a rule of the default bus. */
export function ruleRecorder(record: Record): EventRecorder {
  return (RuleName, name) => record({ namespace: 'AWS/Events', name, dimensions: { RuleName } }, 1);
}

/** What Step Functions reports of an execution that has ended; zeros too. */
export function recordExecution({ machineArn, status }: Execution, record: Record): void {
  const dimensions = { StateMachineArn: machineArn };
  for (const [name, of] of [
    ['ExecutionsSucceeded', 'SUCCEEDED'],
    ['ExecutionsFailed', 'FAILED'],
  ] as const)
    record({ namespace: 'AWS/States', name, dimensions }, status === of ? 1 : 0);
}

export interface QueueMetrics {
  /** For each minute. */
  readonly sample: (record: Record) => void;
  /** A ReceiveMessage call was answered with so many messages. */
  readonly received: (queueName: string, messages: number) => void;
}

/** What SQS reports of queues: of those with messages, and of the others for six hours after somebody used them. */
export function queueMetrics(
  queues: readonly LocalQueue[],
  service: QueueService,
  now: () => number,
): QueueMetrics {
  const counted = new Map(queues.map(({ name }) => [name, new Map<string, number>()]));
  const usedAtMs = new Map(queues.map(({ name }) => [name, now()]));
  function count(queueName: string, metric: string): void {
    const counts = counted.get(queueName);
    counts?.set(metric, (counts.get(metric) ?? 0) + 1);
    usedAtMs.set(queueName, now());
  }
  service.subscribe(({ kind, queueName }) => {
    const metric = COUNTED.get(kind);
    if (metric !== undefined) count(queueName, metric);
  });
  return {
    received: (queueName, messages) => {
      if (messages === 0) count(queueName, 'NumberOfEmptyReceives');
    },
    sample(record) {
      for (const [queueName, counts] of counted) {
        const { visible, inFlight, oldestSentAtMs } = service.observe(queueName, POISON_RECEIVES);
        const isActive = visible + inFlight > 0 || now() - (usedAtMs.get(queueName) ?? 0) < ACTIVE_MS;
        if (!isActive) continue;
        const values = {
          ...Object.fromEntries(EVENT_METRICS.map((metric) => [metric, counts.get(metric) ?? 0])),
          ApproximateNumberOfMessagesVisible: visible,
          ApproximateNumberOfMessagesNotVisible: inFlight,
          ...(oldestSentAtMs !== undefined && {
            ApproximateAgeOfOldestMessage: Math.round((now() - oldestSentAtMs) / 1000),
          }),
        };
        counts.clear();
        for (const [name, value] of Object.entries(values))
          record({ namespace: 'AWS/SQS', name, dimensions: { QueueName: queueName } }, value);
      }
    },
  };
}

const COUNTED: ReadonlyMap<string, string> = new Map([
  ['sent', 'NumberOfMessagesSent'],
  ['received', 'NumberOfMessagesReceived'],
  ['deleted', 'NumberOfMessagesDeleted'],
]);
const EVENT_METRICS = [...COUNTED.values(), 'NumberOfEmptyReceives'];
