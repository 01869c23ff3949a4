import { setImmediate } from 'node:timers/promises';
import { LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import type { LocalTask } from '../assembly/local-resources.ts';
import type { LocalCredentials } from '../lambda/function-environment.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import { TaskFailed } from './task-failed.ts';

/** What tasks reach in the account, and as whom. */
export interface TaskSurroundings {
  readonly lambdaEndpoint: string;
  readonly region: string;
  readonly credentials: LocalCredentials;
  /** Whether the machine's role may do it; throws where it may not. */
  readonly demand: (action: string, resourceArn: string) => void;
  readonly functionByArn: (arn: string) => LocalFunction | undefined;
  readonly listExecutions: (parameters: Readonly<Record<string, unknown>>) => unknown;
}

type Parameters = Readonly<Record<string, unknown>>;
type TaskCall = (parameters: Parameters, surroundings: TaskSurroundings) => Promise<unknown>;

/** Makes the call that a task stands for, with the rights of the machine's role. Throws TaskFailed. */
export async function callTask(
  { action }: LocalTask,
  parameters: Parameters,
  surroundings: TaskSurroundings,
): Promise<unknown> {
  const call = CALLS.get(action);
  if (call === undefined)
    throw new TaskFailed('States.Runtime', `The local account does not make the call ${action}.`);
  return call(parameters, surroundings);
}

/** Step Functions writes members as the SDK for Java does, so `UUID` is `Uuid`. */
const updateEventSourceMapping: TaskCall = async (
  { Uuid, ...members },
  { lambdaEndpoint, region, credentials },
) => {
  const client = new LambdaClient({
    ...{ endpoint: lambdaEndpoint, region, credentials: { ...credentials }, maxAttempts: 1 },
  });
  try {
    return await client.send(new UpdateEventSourceMappingCommand({ UUID: String(Uuid), ...members }));
  } catch (error) {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['SdkClientException', ''];
    throw new TaskFailed(`Lambda.${name}`, message);
  } finally {
    client.destroy();
  }
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
const invoke: TaskCall = async ({ FunctionName, Payload }, { demand, functionByArn }) => {
  const arn = String(FunctionName);
  demand('lambda:InvokeFunction', arn);
  const lambda = functionByArn(arn);
  if (lambda === undefined) throw new TaskFailed('Lambda.ResourceNotFoundException', `No function ${arn}.`);
  const result = await lambda.invoke(JSON.stringify(Payload));
  if (!result.ok) throw new TaskFailed(result.errorType, result.errorMessage);
  return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: JSON.parse(result.payload) };
};

const listExecutions: TaskCall = async (parameters, surroundings) => {
  surroundings.demand('states:ListExecutions', String(parameters.StateMachineArn));
  // A call takes its time, in which others may start.
  await setImmediate();
  return surroundings.listExecutions(parameters);
};

const CALLS: ReadonlyMap<string, TaskCall> = new Map([
  ['lambda:updateEventSourceMapping', updateEventSourceMapping],
  ['lambda:invoke', invoke],
  ['sfn:listExecutions', listExecutions],
]);
