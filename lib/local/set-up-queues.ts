import { AssemblyError } from './assembly/assembly-error.ts';
import type { LocalResources } from './assembly/local-resources.ts';
import type { QueueService } from './sqs/queue-service.ts';

/**
 * Adds the template's queues with their attributes and policies; dead-letter queues before those that redrive to
 * them. What SQS would refuse throws AssemblyError, naming the logical id.
 */
export function addQueues(service: QueueService, { queues, queuePolicies }: LocalResources): void {
  const deadLettersFirst = queues.toSorted(
    (left, right) => Number('RedrivePolicy' in left.attributes) - Number('RedrivePolicy' in right.attributes),
  );
  for (const queue of deadLettersFirst) {
    // A second policy on the same queue replaces the first, in CloudFormation as here.
    const policy = queuePolicies.findLast((candidate) => candidate.queueUrls.includes(queue.url));
    try {
      service.addQueue(queue.name, {
        ...queue.attributes,
        ...(policy === undefined ? {} : { Policy: JSON.stringify(policy.document) }),
      });
    } catch (cause) {
      throw new AssemblyError(`${queue.logicalId}: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      });
    }
  }
}
