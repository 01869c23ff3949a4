import { isInput } from './input.ts';

/** Where a queue moves messages that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** 1–1,000 deliveries before a message is moved. */
  readonly maxReceiveCount: number;
}

/** Which queues may name this one as their dead-letter queue. */
export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

const MAX_SOURCE_QUEUES = 10;

/**
 * Reads a RedrivePolicy attribute; null where SQS would refuse it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function parseRedrivePolicy(text: string): RedrivePolicy | null {
  const policy = parseObject(text);
  if (policy === null || typeof policy.deadLetterTargetArn !== 'string') return null;
  // CloudFormation writes the count as a number, the CLI's examples as a text.
  const maxReceiveCount = Number(policy.maxReceiveCount ?? 10);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) return null;
  return { deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount };
}

/** Reads a RedriveAllowPolicy attribute; null where SQS would refuse it. */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy | null {
  const policy = parseObject(text);
  const permission = policy?.redrivePermission;
  const arns: unknown = policy?.sourceQueueArns ?? [];
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') return null;
  if (!Array.isArray(arns) || !arns.every((arn) => typeof arn === 'string')) return null;
  const isCountRight =
    permission === 'byQueue' ? arns.length >= 1 && arns.length <= MAX_SOURCE_QUEUES : arns.length === 0;
  return isCountRight ? { redrivePermission: permission, sourceQueueArns: arns } : null;
}

/** Whether a queue with this RedriveAllowPolicy accepts another's dead letters. Without one it accepts all. */
export function allowsSource(policy: RedriveAllowPolicy | undefined, sourceArn: string): boolean {
  if (policy === undefined || policy.redrivePermission === 'allowAll') return true;
  return policy.redrivePermission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isInput(value) ? value : null;
  } catch {
    return null;
  }
}
