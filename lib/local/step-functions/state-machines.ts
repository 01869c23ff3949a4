import { randomUUID } from 'node:crypto';
import type { AccountClock } from '../account-clock.ts';
import type { LocalStateMachine } from '../assembly/local-resources.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { Principals } from '../principals.ts';
import { callTask, type TaskSurroundings } from './call-task.ts';
import { type LeftState, runDefinition } from './run-definition.ts';
import { TaskFailed } from './task-failed.ts';

/** One execution of a state machine. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly input: unknown;
  readonly startedMs: number;
  stoppedMs: number | null;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  output?: unknown;
  /** Why it failed. */
  error?: string;
  cause?: string;
  /** The states it has left, oldest first. */
  readonly left: (LeftState & { readonly atMs: number })[];
}

export interface StateMachines {
  readonly machines: readonly LocalStateMachine[];
  /** Starts as EventBridge does for a rule, in a role that it may assume; tells why it cannot. */
  readonly start: (starter: Starter, machineArn: string, input: unknown) => StartResult;
  /** Starts one whose caller may; undefined where there is no such machine. */
  readonly run: (machineArn: string, input: unknown, name?: string) => Execution | undefined;
  readonly stop: (execution: Execution) => void;
  /** Oldest first. */
  readonly executions: () => readonly Execution[];
  /** Ends all that run. */
  readonly close: () => void;
}

export interface Starter {
  readonly ruleArn: string;
  readonly roleArn: string;
}

export type StartResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface StateMachinesOptions {
  readonly machines: readonly LocalStateMachine[];
  readonly region: string;
  readonly principals: Principals;
  readonly lambdaEndpoint: string;
  readonly functionByArn: (arn: string) => LocalFunction | undefined;
  readonly clock: AccountClock;
  /** Called when an execution has ended. */
  readonly onEnd?: (execution: Execution) => void;
}

/** So many real milliseconds at most between two looks at the clock, which others let leap as well. */
const LOOK_AGAIN_MS = 10;

async function waitBy(clock: AccountClock, accountMs: number, isOver: () => boolean): Promise<void> {
  const endMs = clock.now() + accountMs;
  for (let leftMs = accountMs; leftMs > 0 && !isOver(); leftMs = endMs - clock.now())
    await clock.rest(Math.min(LOOK_AGAIN_MS, leftMs * clock.timeScale));
}

/** Runs the app's state machines, each task a real call with the rights of the machine's role. */
export function createStateMachines(options: StateMachinesOptions): StateMachines {
  const { machines, principals, clock } = options;
  const executions: Execution[] = [];
  const aborts = new Map<Execution, () => void>();

  function run(machineArn: string, input: unknown, name: string = randomUUID()): Execution | undefined {
    const machine = machines.find(({ arn }) => arn === machineArn);
    if (machine === undefined) return undefined;
    const execution: Execution = {
      ...{ arn: `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`, name, machineArn, input },
      ...{ startedMs: clock.now(), stoppedMs: null, status: 'RUNNING', left: [] },
    };
    executions.push(execution);
    const surroundings = surroundingsOf(machine);
    const { end, abort } = runDefinition(machine, input, {
      executionArn: execution.arn,
      call: async (taskName, parameters) => {
        const task = machine.tasks.find((one) => one.name === taskName);
        if (task === undefined) throw new Error(`${machine.logicalId} has no task ${taskName}.`);
        return callTask(task, parameters as Readonly<Record<string, unknown>>, surroundings);
      },
      wait: (accountMs, isOver) => waitBy(clock, accountMs, isOver),
      left: (state) => execution.left.push({ ...state, atMs: clock.now() }),
    });
    aborts.set(execution, abort);
    void end.then((ended) => {
      aborts.delete(execution);
      execution.stoppedMs = clock.now();
      if (ended.kind === 'succeeded') Object.assign(execution, { status: 'SUCCEEDED', output: ended.output });
      else if (ended.kind === 'aborted') execution.status = 'ABORTED';
      else Object.assign(execution, { status: 'FAILED', error: ended.error, cause: ended.cause });
      options.onEnd?.(execution);
    });
    return execution;
  }

  function surroundingsOf(machine: LocalStateMachine): TaskSurroundings {
    return {
      ...{ lambdaEndpoint: options.lambdaEndpoint, region: options.region },
      credentials: principals.credentialsOf(machine.roleArn),
      functionByArn: options.functionByArn,
      demand(action, resourceArn) {
        const request = { action, resourceArn, conditionKeys: {} };
        if (principals.authorize(machine.roleArn, request) === 'allowed') return;
        const service = action.startsWith('states:') ? 'Sfn' : 'Lambda';
        throw new TaskFailed(`${service}.AccessDeniedException`, `${machine.roleArn} may not ${action}.`);
      },
      listExecutions: ({ StateMachineArn, StatusFilter, MaxResults }) => ({
        Executions: executions
          .filter(({ machineArn, status }) => machineArn === StateMachineArn && status === StatusFilter)
          .toReversed()
          .slice(0, Number(MaxResults))
          .map(({ arn, name }) => ({ ExecutionArn: arn, Name: name })),
      }),
    };
  }

  return {
    machines,
    run,
    start({ ruleArn, roleArn }, machineArn, input) {
      const machine = machines.find(({ arn }) => arn === machineArn);
      if (machine === undefined)
        return { ok: false, code: 'NO_RESOURCE', message: `There is no state machine ${machineArn}.` };
      const request = { action: 'states:StartExecution', resourceArn: machineArn, conditionKeys: {} };
      const isAllowed =
        principals.mayServe('events.amazonaws.com', ruleArn, roleArn) === 'allowed' &&
        principals.authorize(roleArn, request) === 'allowed';
      if (!isAllowed)
        return { ok: false, code: 'NO_PERMISSIONS', message: `${roleArn} may not start ${machineArn}.` };
      run(machineArn, input);
      return { ok: true };
    },
    stop: (execution) => aborts.get(execution)?.(),
    executions: () => executions,
    close() {
      for (const abort of aborts.values()) abort();
    },
  };
}
