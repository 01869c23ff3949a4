import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { LocalStateMachine } from '../assembly/local-resources.ts';

/** How one execution ended. */
export type ExecutionEnd =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }
  | { readonly kind: 'aborted' };

/** A state that was left, and with what. */
export interface LeftState {
  readonly name: string;
  readonly output: unknown;
}

export interface ExecutionHooks {
  /** What `$$.Execution.Id` says. */
  readonly executionArn: string;
  /** Makes the call of a task; throws an error named as the states language names it. */
  readonly call: (taskName: string, parameters: unknown) => Promise<unknown>;
  /** Waits so many of the account's milliseconds. */
  readonly wait: (accountMs: number) => Promise<void>;
  readonly left: (state: LeftState) => void;
  /** Real milliseconds for each of the account's. */
  readonly timeScale: number;
}

type State = Readonly<Record<string, unknown>> & { readonly Type: string };

/** Runs a definition once. What states, paths, choices and retries mean is the interpreter's; calls and time are ours. */
export function runDefinition(
  { definition, tasks }: LocalStateMachine,
  input: unknown,
  { executionArn, call, wait, left, timeScale }: ExecutionHooks,
): { readonly end: Promise<ExecutionEnd>; readonly abort: () => void } {
  const states = Object.entries(definition.States as Readonly<Record<string, State>>);
  const waits = states.filter(([, { Type }]) => Type === 'Wait');
  const machine = new StateMachine(
    {
      ...definition,
      States: Object.fromEntries(states.map(([name, state]) => [name, withWaitAsTask(state)])),
    } as unknown as StateMachineDefinition,
    // Of other integrations than Lambda's the validator knows nothing.
    { validationOptions: { checkArn: false } },
  );
  const handlers = Object.fromEntries([
    ...tasks.map(({ name }) => [name, (parameters: unknown) => call(name, parameters)] as const),
    ...waits.map(([name, state]) => [name, (at: unknown) => wait(secondsOf(state, at) * 1000)] as const),
  ]);
  const run = machine.run(input as never, {
    overrides: {
      taskResourceLocalHandlers: handlers as never,
      retryIntervalOverrides: Object.fromEntries(
        tasks.map(({ name, retries }) => [
          name,
          retries.map(({ intervalSeconds }) => intervalSeconds * 1000 * timeScale),
        ]),
      ),
    },
    context: { Execution: { Id: executionArn, Input: input as never } },
    noThrowOnAbort: true,
  });
  void report(run.eventLogs, left);
  let aborted = false;
  return {
    end: run.result.then(
      (output): ExecutionEnd => (aborted ? { kind: 'aborted' } : { kind: 'succeeded', output }),
      (error: unknown): ExecutionEnd => failureOf(error),
    ),
    abort: () => {
      aborted = true;
      run.abort();
    },
  };
}

/** The interpreter waits in real time, so a wait is made a task of ours that leaves its input as it is. */
function withWaitAsTask(state: State): object {
  if (state.Type !== 'Wait') return state;
  const { Type, Seconds, SecondsPath, ...rest } = state;
  return { ...rest, Type: 'Task', Resource: 'local:wait', ResultPath: null };
}

function secondsOf({ Seconds, SecondsPath }: State, input: unknown): number {
  if (typeof Seconds === 'number') return Seconds;
  const member = /^\$\.(\w+)$/.exec(String(SecondsPath))?.[1];
  const seconds = member === undefined ? undefined : (input as Readonly<Record<string, unknown>>)[member];
  if (typeof seconds === 'number') return seconds;
  throw new Error(`The local account does not wait for ${SecondsPath}.`);
}

async function report(
  events: AsyncIterable<{ readonly type: string; readonly state?: unknown }>,
  left: ExecutionHooks['left'],
): Promise<void> {
  for await (const { type, state } of events)
    if (/StateExited$|^TaskStateExited$/.test(type)) {
      const { name, output } = state as LeftState;
      left({ name, output });
    }
}

function failureOf(error: unknown): ExecutionEnd {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { name, message } = inner instanceof Error ? inner : new Error(String(inner));
  return { kind: 'failed', error: name, cause: message };
}
