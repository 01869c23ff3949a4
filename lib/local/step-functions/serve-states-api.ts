import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { accessKeyOf, listenOnLoopback } from '../loopback.ts';
import type { Principals } from '../principals.ts';
import type { Execution, StateMachines } from './state-machines.ts';

export interface ServedStatesApi {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL_SFN. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

type Request = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * Speaks AWS JSON 1.0 as Step Functions does, as far as people start, watch and stop executions. Who calls is told by
 * the access key; signatures are not checked. https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html
 */
export async function serveStatesApi(
  machines: StateMachines,
  principals: Principals,
): Promise<ServedStatesApi> {
  const server = createServer((request, response) => {
    answer(machines, principals, request)
      // A bug, or a policy that cannot be judged: the caller sees what it is.
      .catch((error: unknown) => refusal('InternalServerException', String(error), 500))
      .then(({ status, body }) => {
        response.writeHead(status, {
          'content-type': 'application/x-amz-json-1.0',
          'x-amzn-requestid': randomUUID(),
        });
        response.end(JSON.stringify(body));
      });
  });
  const { address, close } = await listenOnLoopback(server);
  return { endpoint: `http://${address}`, close };
}

async function answer(
  machines: StateMachines,
  principals: Principals,
  incoming: IncomingMessage,
): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const accessKeyId = accessKeyOf(incoming);
  const callerArn = accessKeyId === undefined ? undefined : principals.arnOf(accessKeyId);
  if (callerArn === undefined)
    return refusal('UnrecognizedClientException', 'The security token in the request is invalid.', 403);
  const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
  const request: Request = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  const arn = String(request.executionArn ?? request.stateMachineArn);
  const access = { action: `states:${operation}`, resourceArn: arn, conditionKeys: {} };
  if (principals.authorize(callerArn, access) === 'denied')
    return refusal('AccessDeniedException', `${callerArn} is not authorized to perform: states:${operation}`);
  if (operation === 'StartExecution') return startExecution(machines, request);
  if (operation === 'ListExecutions') return listExecutions(machines, request);
  const execution = machines.executions().find((one) => one.arn === request.executionArn);
  if (execution === undefined)
    return refusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${request.executionArn}'`);
  if (operation === 'DescribeExecution') return done(describe(execution));
  if (operation === 'GetExecutionHistory') return done({ events: historyOf(execution, request) });
  if (operation === 'StopExecution') {
    machines.stop(execution);
    return done({ stopDate: Date.now() / 1000 });
  }
  return refusal('UnknownOperationException', `There is no ${operation} here.`);
}

function startExecution(machines: StateMachines, { stateMachineArn, input, name }: Request): Answer {
  const asked = String(input ?? '{}');
  if (name !== undefined && machines.executions().some((one) => one.name === name))
    return refusal('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
  const execution = machines.run(
    String(stateMachineArn),
    JSON.parse(asked),
    name === undefined ? undefined : String(name),
  );
  if (execution === undefined)
    return refusal('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  return done({ executionArn: execution.arn, startDate: execution.startedMs / 1000 });
}

/** Newest first, as the service lists them. */
function listExecutions(
  machines: StateMachines,
  { stateMachineArn, statusFilter, maxResults }: Request,
): Answer {
  const executions = machines
    .executions()
    .filter(({ machineArn }) => machineArn === stateMachineArn)
    .filter(({ status }) => statusFilter === undefined || status === statusFilter)
    .toReversed()
    .slice(0, Number(maxResults ?? 100));
  return done({ executions: executions.map(summary) });
}

function summary({ arn, machineArn, name, status, startedMs, stoppedMs }: Execution): object {
  return {
    ...{ executionArn: arn, stateMachineArn: machineArn, name, status, startDate: startedMs / 1000 },
    ...(stoppedMs !== null && { stopDate: stoppedMs / 1000 }),
  };
}

function describe(execution: Execution): object {
  const { input, output, error, cause } = execution;
  return {
    ...summary(execution),
    input: JSON.stringify(input),
    ...(output !== undefined && { output: JSON.stringify(output) }),
    ...(error !== undefined && { error, cause }),
  };
}

/** Of the events of a history those that say what a state made: the exits. */
function historyOf({ left }: Execution, { reverseOrder, maxResults }: Request): readonly object[] {
  const events = left.map(({ name, output, atMs }, at) => ({
    ...{ id: at + 1, previousEventId: at, timestamp: atMs / 1000, type: 'TaskStateExited' },
    stateExitedEventDetails: { name, output: JSON.stringify(output) },
  }));
  return (reverseOrder === true ? events.toReversed() : events).slice(0, Number(maxResults ?? 100));
}

function done(body: object): Answer {
  return { status: 200, body };
}

function refusal(type: string, message: string, status = 400): Answer {
  return { status, body: { __type: `com.amazonaws.swf.service.v2.model#${type}`, message } };
}
