import type { ExecutionListItem, SFNClient } from '@aws-sdk/client-sfn';
import { NONE_DEFERRED, type SweepProgress, type SweepRequest } from '../../lambdas/sweep/progress.ts';
import { asked } from '../account/call-failed.ts';
import { COMMAND_CLIENT, configured, type Unconfigured } from '../account/configured.ts';

/** One sweep, as Step Functions knows it. */
export interface SweepExecution {
  readonly arn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  readonly stoppedMs: number | null;
  /** As far as the last stretch came that ended; null where none has, or another sweep was left the field. */
  readonly progress: SweepProgress | null;
  /** When that stretch ended. */
  readonly progressMs: number | null;
  /** Why it failed. */
  readonly error: string | null;
}

/** The state machine that carries sweeps. Calls throw CallFailed. */
export interface SweepMachine {
  /**
   * The one that runs, else the last started that did not leave the field to another; null where there was none in 90 days.
   */
  readonly latest: () => Promise<SweepExecution | null>;
  readonly running: () => Promise<SweepExecution | null>;
  /** Starts one and returns its ARN. */
  readonly start: (input: SweepRequest | SweepProgress) => Promise<string>;
  readonly stop: (executionArn: string) => Promise<void>;
  readonly close: () => void;
}

export type MachineConnection = { readonly kind: 'connected'; readonly machine: SweepMachine } | Unconfigured;

/** The task whose answer is the progress: lib/infrastructure/sweep/sweep-machine.ts. */
const STRETCH = 'SweepOn';
/**
 * Events of a stretch with its pause are some ten, and three a try: those of 31 tries and the last answer are among
 * these. The most of a call: https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
const EVENTS_LOOKED_AT = 1_000;
/** While a sweep lasts for days its schedule goes on starting others, which end at once. */
const EXECUTIONS_LOOKED_AT = 100;

/** Connects to Step Functions as the SDK is set up to. */
export async function connectSweepMachine(machineArn: string): Promise<MachineConnection> {
  // Loaded here, as most commands talk to nobody.
  const sfn = await import('@aws-sdk/client-sfn');
  const client = new sfn.SFNClient(COMMAND_CLIENT);
  const setUp = await configured(client);
  if (setUp.kind === 'unconfigured') {
    client.destroy();
    return setUp;
  }
  return { kind: 'connected', machine: machineOf(client, sfn, machineArn) };
}

function machineOf(
  client: SFNClient,
  sfn: typeof import('@aws-sdk/client-sfn'),
  stateMachineArn: string,
): SweepMachine {
  async function listed(maxResults: number, statusFilter?: 'RUNNING'): Promise<readonly ExecutionListItem[]> {
    const command = new sfn.ListExecutionsCommand({
      ...{ stateMachineArn, maxResults },
      ...(statusFilter !== undefined && { statusFilter }),
    });
    const { executions = [] } = await asked('states:ListExecutions', stateMachineArn, () =>
      client.send(command),
    );
    return executions;
  }

  async function running(): Promise<SweepExecution | null> {
    // Newest first; of those that run the oldest sweeps, and the others are about to end.
    const one = (await listed(EXECUTIONS_LOOKED_AT, 'RUNNING')).at(-1);
    return one?.executionArn === undefined ? null : read(one.executionArn);
  }

  async function latest(): Promise<SweepExecution | null> {
    const now = await running();
    if (now !== null) return now;
    const ended = await listed(EXECUTIONS_LOOKED_AT);
    for (const { executionArn, status } of ended)
      if (executionArn !== undefined && (status !== 'SUCCEEDED' || (await hasSwept(executionArn))))
        return read(executionArn);
    const arn = ended[0]?.executionArn;
    return arn === undefined ? null : read(arn);
  }

  const described = (executionArn: string) =>
    asked('states:DescribeExecution', executionArn, () =>
      client.send(new sfn.DescribeExecutionCommand({ executionArn })),
    );

  /** One that found another running ends with what it was started with, and no answer of a stretch. */
  async function hasSwept(executionArn: string): Promise<boolean> {
    const progress = progressIn((await described(executionArn)).output);
    return progress?.done === true;
  }

  async function read(executionArn: string): Promise<SweepExecution> {
    const { error, cause, input, status, startDate, stopDate } = await described(executionArn);
    const { events = [] } = await asked('states:GetExecutionHistory', executionArn, () =>
      client.send(
        new sfn.GetExecutionHistoryCommand({
          ...{ executionArn, reverseOrder: true, maxResults: EVENTS_LOOKED_AT },
        }),
      ),
    );
    const stretch = events.find(({ stateExitedEventDetails: left }) => left?.name === STRETCH);
    const failed = [error, cause].filter(Boolean).join(': ');
    return {
      arn: executionArn,
      status: status ?? 'RUNNING',
      startedMs: startDate?.getTime() ?? 0,
      stoppedMs: stopDate?.getTime() ?? null,
      // What one was started with that has not come further: the checkpoint it was resumed from.
      progress: progressIn(stretch?.stateExitedEventDetails?.output) ?? progressIn(input),
      progressMs: stretch?.timestamp?.getTime() ?? null,
      error: failed === '' ? null : failed,
    };
  }

  return {
    latest,
    running,
    async start(input) {
      const command = new sfn.StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
      const { executionArn = '' } = await asked('states:StartExecution', stateMachineArn, () =>
        client.send(command),
      );
      return executionArn;
    },
    async stop(executionArn) {
      await asked('states:StopExecution', executionArn, () =>
        client.send(new sfn.StopExecutionCommand({ executionArn })),
      );
    },
    close: () => client.destroy(),
  };
}

function progressIn(json: string | undefined): SweepProgress | null {
  if (json === undefined) return null;
  const value: unknown = JSON.parse(json);
  const isProgress = typeof value === 'object' && value !== null && 'version' in value && 'pass' in value;
  return isProgress ? { ...NONE_DEFERRED, ...(value as SweepProgress) } : null;
}
