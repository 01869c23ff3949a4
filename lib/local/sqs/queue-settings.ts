import { statementsOf } from '../iam/policy-document.ts';
import type { Statement } from '../iam/statement.ts';
import { SQS_LIMITS } from './limits.ts';
import {
  parseRedriveAllowPolicy,
  parseRedrivePolicy,
  type RedriveAllowPolicy,
  type RedrivePolicy,
} from './redrive-policy.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

/** A queue's attributes as they are set, by their SQS names, and what is read from them. */
export interface QueueSettings {
  readonly attributes: Readonly<Record<string, string>>;
  readonly delayMs: number;
  readonly maximumMessageBytes: number;
  readonly retentionMs: number;
  readonly receiveWaitSeconds: number;
  readonly visibilityMs: number;
  readonly policyStatements: readonly Statement[];
  readonly redrivePolicy?: RedrivePolicy;
  readonly redriveAllowPolicy?: RedriveAllowPolicy;
}

/** Least, most and default of the attributes that are numbers. */
const NUMBERS = {
  DelaySeconds: [0, SQS_LIMITS.delaySeconds, 0],
  MaximumMessageSize: [1024, SQS_LIMITS.messageBytes, SQS_LIMITS.messageBytes],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, SQS_LIMITS.longPollSeconds, 0],
  VisibilityTimeout: [0, SQS_LIMITS.visibilitySeconds, 30],
} as const;
type NumberName = keyof typeof NUMBERS;

const DEFAULTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(NUMBERS).map(([name, [, , standard]]) => [name, String(standard)])),
  SqsManagedSseEnabled: 'true',
};
const DOCUMENTS = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy'];
/** Kept and shown, without effect: nothing is encrypted here. */
const ENCRYPTION = ['SqsManagedSseEnabled', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'];

/**
 * Applies attributes to the present ones, a new queue's defaults if there are none. An empty document takes it away.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function applyAttributes(
  present: QueueSettings | undefined,
  changes: Readonly<Record<string, string>>,
): QueueSettings | Refusal {
  for (const [name, value] of Object.entries(changes)) {
    const refusal = checkAttribute(name, value);
    if (refusal !== undefined) return refusal;
  }
  const merged = Object.entries({ ...(present?.attributes ?? DEFAULTS), ...changes });
  const attributes = Object.fromEntries(merged.filter(([, value]) => value !== ''));
  const policyStatements = readPolicy(attributes.Policy);
  if (isRefusal(policyStatements)) return policyStatements;
  const redrivePolicy = parseRedrivePolicy(attributes.RedrivePolicy ?? '');
  const redriveAllowPolicy = parseRedriveAllowPolicy(attributes.RedriveAllowPolicy ?? '');
  const number = (name: NumberName) => Number(attributes[name]);
  return {
    attributes,
    delayMs: number('DelaySeconds') * 1000,
    maximumMessageBytes: number('MaximumMessageSize'),
    retentionMs: number('MessageRetentionPeriod') * 1000,
    receiveWaitSeconds: number('ReceiveMessageWaitTimeSeconds'),
    visibilityMs: number('VisibilityTimeout') * 1000,
    policyStatements,
    ...(redrivePolicy && { redrivePolicy }),
    ...(redriveAllowPolicy && { redriveAllowPolicy }),
  };
}

function checkAttribute(name: string, value: string): Refusal | undefined {
  if (Object.hasOwn(NUMBERS, name)) {
    const [least, most] = NUMBERS[name as NumberName];
    const isWithin = /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
    return isWithin ? undefined : invalidValue(name);
  }
  if (ENCRYPTION.includes(name)) return undefined;
  if (!DOCUMENTS.includes(name)) return refuse('InvalidAttributeName', `Unknown Attribute ${name}.`);
  if (value === '') return undefined;
  if (name === 'RedrivePolicy' && parseRedrivePolicy(value) === null) return invalidValue(name);
  if (name === 'RedriveAllowPolicy' && parseRedriveAllowPolicy(value) === null) return invalidValue(name);
  return undefined;
}

function readPolicy(text: string | undefined): readonly Statement[] | Refusal {
  if (text === undefined) return [];
  try {
    return statementsOf(JSON.parse(text));
  } catch (error) {
    return refuse('InvalidAttributeValue', `Invalid value for the parameter Policy: ${String(error)}`);
  }
}

function invalidValue(name: string): Refusal {
  return refuse('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
