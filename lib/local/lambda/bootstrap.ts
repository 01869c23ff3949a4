/**
 * The program inside an execution environment: what Lambda's managed runtime does around a handler. It runs as a
 * process of its own (`node bootstrap.ts`) and knows only its environment variables, so that a crash, a hang or a
 * kill is a real one.
 */
import { endOfLog } from './end-of-log.ts';
import { lambdaContext } from './lambda-context.ts';
import { type LambdaHandler, loadHandler } from './load-handler.ts';
import { errorJson, type PolledInvocation, type RuntimeClient, runtimeClient } from './runtime-client.ts';

/** Exit codes of the managed Node.js runtime. */
const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;

await run(runtimeClient(required('AWS_LAMBDA_RUNTIME_API')));

async function run(client: RuntimeClient): Promise<void> {
  const handler = await initialized(client);
  let current: PolledInvocation | undefined;
  process.on('uncaughtException', (error) => fail(error, EXIT_UNCAUGHT_EXCEPTION));
  process.on('unhandledRejection', (reason) => {
    const error = new Error(String(reason), { cause: reason });
    error.name = 'Runtime.UnhandledPromiseRejection';
    fail(error, EXIT_UNHANDLED_REJECTION);
  });
  function fail(error: Error, exitCode: number): void {
    log('Uncaught', current, error);
    const told = current === undefined ? Promise.resolve() : client.fail(current.requestId, error);
    void told.finally(() => process.exit(exitCode));
  }
  for (;;) {
    current = await client.next().catch(() => process.exit(0));
    process.env._X_AMZN_TRACE_ID = current.traceId;
    await answer(client, handler, current);
    current = undefined;
  }
}

async function initialized(client: RuntimeClient): Promise<LambdaHandler> {
  try {
    return await loadHandler(required('LAMBDA_TASK_ROOT'), required('_HANDLER'));
  } catch (error) {
    log('Init', undefined, error);
    await client.failInit(error);
    process.exit(1);
  }
}

async function answer(
  client: RuntimeClient,
  handler: LambdaHandler,
  invocation: PolledInvocation,
): Promise<void> {
  let payload: string;
  try {
    const context = lambdaContext(invocation, process.env, Date.now);
    payload = JSON.stringify(await handler(JSON.parse(invocation.payload), context)) ?? 'null';
  } catch (error) {
    log('Invoke', invocation, error);
    endLog(invocation.requestId);
    await client.fail(invocation.requestId, error);
    return;
  }
  endLog(invocation.requestId);
  await client.respond(invocation.requestId, payload);
}

function endLog(requestId: string): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write(`${endOfLog(requestId)}\n`);
  }
}

function log(phase: string, invocation: PolledInvocation | undefined, error: unknown): void {
  const line = [new Date().toISOString(), invocation?.requestId, 'ERROR', `${phase} Error`, errorJson(error)];
  process.stderr.write(`${line.join('\t')}\n`);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: bootstrap is started by the local account, not by hand.`);
  }
  return value;
}
