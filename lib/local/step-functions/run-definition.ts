import { setImmediate } from 'node:timers/promises';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { LocalStateMachine } from '../assembly/local-resources.ts';
import type { LocalRetrier } from '../assembly/retriers.ts';
import { retryDelayMs } from './retry-delay.ts';

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
  /** Waits so many of the account's milliseconds, or until the execution is over. */
  readonly wait: (accountMs: number, isOver: () => boolean) => Promise<void>;
  readonly left: (state: LeftState) => void;
}

type EventLog =
  ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;
type State = Readonly<Record<string, unknown>> & { readonly Type: string };

/**
 * Runs a definition once. What states, paths and choices mean and whether a state is retried is the interpreter's;
 * calls and time are ours. It would wait before a retry in real time: so it retries at once, and what it retries waits.
 */
export function runDefinition(
  { definition, tasks }: LocalStateMachine,
  input: unknown,
  { executionArn, call, wait, left }: ExecutionHooks,
): { readonly end: Promise<ExecutionEnd>; readonly abort: () => void } {
  const states = Object.entries(definition.States as Readonly<Record<string, State>>);
  const waits = states.filter(([, { Type }]) => Type === 'Wait');
  let aborted = false;
  const isOver = () => aborted;
  /** By what the definition has of each, which is what the interpreter names. */
  const retriers = new Map<unknown, LocalRetrier>(
    tasks.flatMap(({ name, retries }) => {
      const written = states.find(([state]) => state === name)?.[1].Retry as readonly unknown[];
      return retries.map((retrier, at) => [written[at], retrier] as const);
    }),
  );
  /** Milliseconds that states to be retried have to wait. */
  const delays = new Map<string, number>();
  const callAgain = async (name: string, parameters: unknown) => {
    // The interpreter says that it retries, and calls before that is read.
    await setImmediate();
    const delayMs = delays.get(name);
    delays.delete(name);
    if (delayMs !== undefined) await wait(delayMs, isOver);
    return aborted ? null : call(name, parameters);
  };
  const machine = new StateMachine(
    {
      ...definition,
      States: Object.fromEntries(states.map(([name, state]) => [name, withoutTime(state)])),
    } as unknown as StateMachineDefinition,
    // Of other integrations than Lambda's the validator knows nothing.
    { validationOptions: { checkArn: false } },
  );
  const handlers = Object.fromEntries([
    ...tasks.map(({ name }) => [name, (parameters: unknown) => callAgain(name, parameters)] as const),
    ...waits.map(
      ([name, state]) => [name, (at: unknown) => wait(secondsOf(state, at) * 1000, isOver)] as const,
    ),
  ]);
  const run = machine.run(input as never, {
    overrides: {
      taskResourceLocalHandlers: handlers as never,
      retryIntervalOverrides: Object.fromEntries(
        tasks.map(({ name, retries }) => [name, retries.map(() => 0)]),
      ),
    },
    context: { Execution: { Id: executionArn, Input: input as never } },
    noThrowOnAbort: true,
  });
  void report(run.eventLogs, left, ({ state: { name }, retry: { retrier, attempt } }) => {
    const spec = retriers.get(retrier);
    if (spec !== undefined) delays.set(name, retryDelayMs(spec, attempt));
  });
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

/** Whole seconds of the longest timer; without a timeout a task may take a year, which is more. */
const NO_TIMEOUT_SECONDS = 2_147_483;

/**
 * The interpreter waits in real time, so a wait is made a task of ours that leaves its input as it is. It also ends a
 * task after a minute unless told otherwise, which the service does not.
 */
function withoutTime(state: State): object {
  if (state.Type === 'Task')
    return 'TimeoutSecondsPath' in state ? state : { TimeoutSeconds: NO_TIMEOUT_SECONDS, ...state };
  if (state.Type !== 'Wait') return state;
  const { Type, Seconds, SecondsPath, ...rest } = state;
  const task = { Type: 'Task', Resource: 'local:wait', TimeoutSeconds: NO_TIMEOUT_SECONDS, ResultPath: null };
  return { ...rest, ...task };
}

function secondsOf({ Seconds, SecondsPath }: State, input: unknown): number {
  if (typeof Seconds === 'number') return Seconds;
  const member = /^\$\.(\w+)$/.exec(String(SecondsPath))?.[1];
  const seconds = member === undefined ? undefined : (input as Readonly<Record<string, unknown>>)[member];
  if (typeof seconds === 'number') return seconds;
  throw new Error(`The local account does not wait for ${SecondsPath}.`);
}

async function report(
  events: AsyncIterable<EventLog>,
  left: ExecutionHooks['left'],
  retried: (event: Extract<EventLog, { type: 'StateRetried' }>) => void,
): Promise<void> {
  for await (const event of events) {
    if (event.type === 'StateExited') left({ name: event.state.name, output: event.state.output });
    if (event.type === 'StateRetried') retried(event);
  }
}

function failureOf(error: unknown): ExecutionEnd {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { name, message } = inner instanceof Error ? inner : new Error(String(inner));
  return { kind: 'failed', error: name, cause: message };
}
