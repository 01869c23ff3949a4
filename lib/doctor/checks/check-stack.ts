import type { OutputsReading } from '../../account/stack-outputs.ts';
import type { Answer } from '../account/answer.ts';
import { type Observation, observation } from '../observation.ts';
import { unseen } from './unseen.ts';

/** Outputs of the stack that are looked for. */
export const STACK_PARTS = { ingestQueueArn: 'IngestQueueArn' } as const;
/** Those that it has only where a setting asks for them. */
export const OPTIONAL_STACK_PARTS = { decisionBusArn: 'DecisionBusArn' } as const;
export type StackReading = OutputsReading<keyof typeof STACK_PARTS, keyof typeof OPTIONAL_STACK_PARTS>;

const TOPIC = 'stack';

/** Whether the product is deployed here. */
export function checkStack(answer: Answer<StackReading>, name: string): Observation {
  if (answer.kind === 'unanswered') return unseen(TOPIC, `The stack ${name}`, answer.failed);
  switch (answer.value.kind) {
    case 'found':
      return observation(TOPIC, 'fine', 'deployed', `The stack ${name} is deployed here.`);
    case 'noStack':
      return observation(
        TOPIC,
        'note',
        'not-deployed',
        `There is no stack ${name} in this account and Region yet.`,
        {
          advice: 'Name yours with --stack <name>, or deploy it once nothing here is wrong.',
        },
      );
    default:
      return observation(
        TOPIC,
        'note',
        'another',
        `The stack ${name} is not this product's, or an older one.`,
        {
          advice: 'Name yours with --stack <name>.',
        },
      );
  }
}

/** The queue that our own event rule sends to; null where no stack of ours was found. */
export function ownQueueOf(answer: Answer<StackReading>): string | null {
  return answer.kind === 'answered' && answer.value.kind === 'found'
    ? answer.value.outputs.ingestQueueArn
    : null;
}

/** The bus on which the stack tells decisions; null where it tells none, or no stack of ours was found. */
export function decisionBusOf(answer: Answer<StackReading>): string | null {
  return answer.kind === 'answered' && answer.value.kind === 'found'
    ? (answer.value.outputs.decisionBusArn ?? null)
    : null;
}
