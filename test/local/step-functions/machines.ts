import type { LocalStateMachine } from '../../../lib/local/assembly/local-resources.ts';
import { readStateMachine } from '../../../lib/local/assembly/state-machines.ts';

export const MACHINE_ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Tries';

/** The machine of a template with these states, of which the first is where it starts. */
export function machineOf(states: Readonly<Record<string, object>>): LocalStateMachine {
  const definition = { StartAt: Object.keys(states)[0], States: states };
  return readStateMachine({
    ...{ logicalId: 'Tries', type: 'AWS::StepFunctions::StateMachine', ref: MACHINE_ARN },
    properties: { DefinitionString: JSON.stringify(definition), RoleArn: 'arn:aws:iam::111122223333:role/r' },
    attribute: () => '',
    assets: new Map(),
  });
}

/** A task that calls a function and is retried so. */
export function tryingTask(retry: readonly object[], more: object = { End: true }): object {
  return {
    ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' } },
    ...(retry.length > 0 && { Retry: retry }),
    ...more,
  };
}
