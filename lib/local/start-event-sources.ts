import type { AccountClock } from './account-clock.ts';
import { AssemblyError } from './assembly/assembly-error.ts';
import type { LocalEventSourceMapping, LocalResources } from './assembly/local-resources.ts';
import { createEventSource, type EventSource } from './event-source/event-source.ts';
import { createSourceQueue } from './event-source/source-queue.ts';
import type { LocalFunction } from './lambda/local-function.ts';
import type { Principals } from './principals.ts';
import type { QueueService } from './sqs/queue-service.ts';

/** What event source mappings need of the account around them. */
export interface EventSourceSurroundings {
  readonly region: string;
  readonly principals: Principals;
  readonly endpoint: string;
  readonly queues: QueueService;
  readonly functions: ReadonlyMap<string, LocalFunction>;
  readonly clock: AccountClock;
}

/**
 * Starts the template's event source mappings, by logical id. One that the Lambda API would refuse, or whose queue
 * or function is not there, throws AssemblyError before any of them polls.
 */
export function startEventSources(
  resources: LocalResources,
  surroundings: EventSourceSurroundings,
): ReadonlyMap<string, EventSource> {
  const mappings = resources.eventSourceMappings.map((mapping) => partsOf(mapping, resources, surroundings));
  return new Map(
    mappings.map(({ mapping, queue, spec, lambda }) => {
      const { region, principals, endpoint, queues, clock } = surroundings;
      const source = createEventSource({
        mapping,
        queue: createSourceQueue({
          endpoint,
          region,
          credentials: principals.credentialsOf(spec.roleArn),
          queueUrl: queue.url,
          queueArn: queue.arn,
        }),
        visibilityTimeoutMs: () => visibilitySeconds(queue.attributes) * 1000,
        waitingMessages: () => queues.peek(queue.name).length,
        invoke: lambda.invoke,
        clock,
      });
      return [mapping.logicalId, source];
    }),
  );
}

function partsOf(
  mapping: LocalEventSourceMapping,
  resources: LocalResources,
  { functions }: EventSourceSurroundings,
) {
  const queue = resources.queues.find((candidate) => candidate.arn === mapping.queueArn);
  const spec = resources.functions.find((candidate) => candidate.name === mapping.functionName);
  const lambda = functions.get(mapping.functionName);
  if (queue === undefined || spec === undefined || lambda === undefined) {
    const missing = queue === undefined ? mapping.queueArn : mapping.functionName;
    throw new AssemblyError(`${mapping.logicalId}: the local account has no ${missing}.`);
  }
  // Lambda refuses such a mapping too.
  const visibilityMs = visibilitySeconds(queue.attributes) * 1000;
  if (visibilityMs < spec.timeoutMs) {
    throw new AssemblyError(
      `${mapping.logicalId}: queue visibility timeout: ${visibilityMs / 1000} seconds is less than function timeout: ${spec.timeoutMs / 1000} seconds.`,
    );
  }
  return { mapping, queue, spec, lambda };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
const DEFAULT_VISIBILITY_SECONDS = 30;

function visibilitySeconds(attributes: Readonly<Record<string, string>>): number {
  return Number(attributes.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS);
}
