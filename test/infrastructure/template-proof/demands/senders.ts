import { expect } from 'vitest';
import { evaluatePolicies } from '../../../../lib/local/iam/evaluate.ts';
import { ACCOUNT, REGION, type Synthesized } from '../../synthesized.ts';
import {
  ADMINISTRATOR,
  byRole,
  byRule,
  type Caller,
  findingRule,
  functionRole,
  onQueue,
  policyOf,
  redriveRole,
} from '../access.ts';
import type { Demand } from '../demand.ts';

type QueueName = 'ingest' | 'deadLetter' | 'undelivered';

const SENDERS: Readonly<Record<string, (stack: Synthesized) => Caller>> = {
  'our event rule': (stack) => byRule(findingRule(stack).arn),
  'another event rule': () => byRule(`arn:aws:events:${REGION}:${ACCOUNT}:rule/forged`),
  'the function': (stack) => byRole(functionRole(stack)),
  'the redrive role': (stack) => byRole(redriveRole(stack)),
  'an administrator': () => ADMINISTRATOR,
};

/** Who may put a message into which queue; everybody else may not. */
const MAY_SEND: Readonly<Record<QueueName, readonly string[]>> = {
  ingest: ['our event rule', 'the redrive role'],
  deadLetter: ['the function'],
  undelivered: ['our event rule'],
};

/** A forged event could make a rule suppress a real finding; a forged dead letter could be redriven. */
export const SENDER_DEMANDS: readonly Demand[] = [
  ...(Object.entries(MAY_SEND) as [QueueName, readonly string[]][]).flatMap(([queue, allowed]) =>
    Object.entries(SENDERS).map(
      ([name, sender]): Demand => ({
        sentence: `${name} ${allowed.includes(name) ? 'may' : 'may not'} send to the ${queue} queue`,
        check: (stack) =>
          expect(onQueue(stack, 'SendMessage', stack[queue], sender(stack))).toBe(
            allowed.includes(name) ? 'allowed' : 'denied',
          ),
      }),
    ),
  ),
  {
    sentence: 'SQS moves messages to the dead-letter queue, which it does without being a principal',
    check: (stack) => {
      const denials = policyOf(stack, stack.deadLetter).filter(({ Effect }) => Effect === 'Deny');
      const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
      const verdict = evaluatePolicies([...denials, everything], {
        action: 'sqs:SendMessage',
        resourceArn: stack.deadLetter.arn,
        conditionKeys: { 'aws:SecureTransport': 'true' },
      });
      expect(verdict).toBe('allowed');
    },
  },
  {
    sentence: 'no queue lets anybody in but EventBridge for our rule',
    check: (stack) => {
      for (const queue of [stack.ingest, stack.deadLetter, stack.undelivered])
        for (const statement of policyOf(stack, queue))
          if (statement.Effect === 'Allow') {
            expect(statement.Principal).toEqual({ Service: 'events.amazonaws.com' });
            // Under a key of the customer CDK can name the account only: SQS asks for the key on EventBridge's behalf.
            const keyed = queue.attributes.KmsMasterKeyId !== undefined;
            expect(statement.Condition).toBeOneOf([
              { ArnEquals: { 'aws:SourceArn': findingRule(stack).arn } },
              ...(keyed ? [{ StringEquals: { 'aws:SourceAccount': ACCOUNT } }] : []),
            ]);
          }
    },
  },
];
