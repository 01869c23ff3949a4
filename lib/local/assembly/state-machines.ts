import { AssemblyError } from './assembly-error.ts';
import type { LocalStateMachine, LocalTask } from './local-resources.ts';
import {
  isRecord,
  listOfRecords,
  optionalText,
  type Properties,
  recordOf,
  requiredText,
} from './property-values.ts';
import type { ResolvedResource } from './resolved-resource.ts';
import { readRetrier } from './retriers.ts';

/** `arn:<partition>:states:::aws-sdk:<service>:<action>`, or the integration of Lambda: a call that Step Functions makes. */
const INTEGRATION = /^arn:[\w-]+:states:::(?:aws-sdk:)?(\w+:\w+)$/;
/** What the local account runs; states that run others inside them are not among it. */
const KNOWN_STATES = new Set(['Task', 'Choice', 'Wait', 'Pass', 'Succeed', 'Fail']);

/** A state machine as its template defines it; what the local account cannot run is refused here, not when it starts. */
export function readStateMachine(resource: ResolvedResource): LocalStateMachine {
  const { logicalId, properties } = resource;
  const definition = parse(logicalId, requiredText(logicalId, properties, 'DefinitionString'));
  const states = recordOf(logicalId, definition, 'States');
  const tasks: LocalTask[] = [];
  for (const name of Object.keys(states)) {
    const state = recordOf(logicalId, states, name);
    if (!KNOWN_STATES.has(String(state.Type)))
      throw new AssemblyError(`${logicalId}: the local account runs no ${state.Type}, as ${name} is.`);
    if (state.Type === 'Task') tasks.push(readTask(logicalId, name, state));
  }
  return {
    logicalId,
    name: resource.ref.split(':').at(-1) ?? resource.ref,
    arn: resource.ref,
    roleArn: requiredText(logicalId, properties, 'RoleArn'),
    definition,
    tasks,
  };
}

function readTask(logicalId: string, name: string, state: Properties): LocalTask {
  const action = INTEGRATION.exec(optionalText(logicalId, state, 'Resource') ?? '')?.[1];
  if (action === undefined)
    throw new AssemblyError(
      `${logicalId}: the local account runs tasks that call a service; ${name} is one of ${state.Resource}.`,
    );
  return {
    name,
    action,
    parameters: recordOf(logicalId, state, 'Parameters'),
    retries: listOfRecords(logicalId, state, 'Retry').map((retry) => readRetrier(logicalId, name, retry)),
  };
}

function parse(logicalId: string, text: string): Properties {
  try {
    const definition: unknown = JSON.parse(text);
    if (isRecord(definition)) return definition;
  } catch (cause) {
    throw new AssemblyError(`${logicalId}: its definition is no JSON.`, { cause });
  }
  throw new AssemblyError(`${logicalId}: its definition is no object.`);
}
