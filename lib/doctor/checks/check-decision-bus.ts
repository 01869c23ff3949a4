import type { Answer } from '../account/answer.ts';
import { type Observation, observation } from '../observation.ts';
import { unseen } from './unseen.ts';

const TOPIC = 'decision-bus';

/**
 * Whether the bus on which the stack tells decisions is there. The function cannot notice: EventBridge takes events for
 * one that is not there, and they are gone.
 */
export function checkDecisionBus(isThere: Answer<boolean>, arn: string): Observation {
  if (isThere.kind === 'unanswered') return unseen(TOPIC, 'The bus for decisions', isThere.failed);
  const name = arn.slice(arn.indexOf('/') + 1);
  if (isThere.value)
    return observation(
      TOPIC,
      'fine',
      'there',
      `The event bus ${name}, on which decisions are told, is there.`,
      {
        data: { arn },
      },
    );
  return observation(
    TOPIC,
    'wrong',
    'missing',
    `There is no event bus ${name}, on which the stack tells decisions: their events are lost, and nothing counts them.`,
    {
      advice: `Make it (aws events create-event-bus --name ${name}), or deploy with another triage:decisionBus.`,
      data: { arn },
    },
  );
}
