import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccountClock } from '../../../lib/local/account-clock.ts';
import type { LocalStateMachine } from '../../../lib/local/assembly/local-resources.ts';
import type { LocalFunction } from '../../../lib/local/lambda/local-function.ts';
import { createPrincipals } from '../../../lib/local/principals.ts';
import { type ExecutionEnd, runDefinition } from '../../../lib/local/step-functions/run-definition.ts';
import { createStateMachines } from '../../../lib/local/step-functions/state-machines.ts';
import { TaskFailed } from '../../../lib/local/step-functions/task-failed.ts';
import { MACHINE_ARN, machineOf, tryingTask } from './machines.ts';

interface Run {
  readonly end: ExecutionEnd;
  readonly calls: number;
  /** Seconds, in their order. */
  readonly waits: readonly number[];
}

/** Runs a machine to its end, whose calls fail with these errors one after the other, and succeed after that. */
async function run(machine: LocalStateMachine, errors: readonly (string | undefined)[]): Promise<Run> {
  const waits: number[] = [];
  let calls = 0;
  const { end } = runDefinition(
    machine,
    {},
    {
      executionArn: 'execution',
      async call() {
        const error = errors[calls];
        calls += 1;
        if (error !== undefined) throw new TaskFailed(error, 'It failed.');
        return {};
      },
      wait: async (accountMs) => {
        waits.push(accountMs / 1000);
      },
      left: () => {},
    },
  );
  return { end: await end, calls, waits };
}

const failing = (times: number, error = 'Boom'): readonly string[] => new Array(times).fill(error);
const ALL = { ErrorEquals: ['States.ALL'] };

describe('a task that fails', () => {
  it.each<[string, object, number[]]>([
    ['three times as the service does unless told otherwise', {}, [1, 2, 4]],
    ['so often and not once more', { MaxAttempts: 5 }, [1, 2, 4, 8, 16]],
    ['not at all', { MaxAttempts: 0 }, []],
    ['from its first interval on', { IntervalSeconds: 30, MaxAttempts: 4 }, [30, 60, 120, 240]],
    ['as much later as the rate says', { BackoffRate: 1.5, IntervalSeconds: 2 }, [2, 3, 4.5]],
    ['equally far apart', { BackoffRate: 1, IntervalSeconds: 7 }, [7, 7, 7]],
    [
      'no further apart than the most',
      { MaxDelaySeconds: 10, IntervalSeconds: 3, MaxAttempts: 4 },
      [3, 6, 10, 10],
    ],
    ['after the whole wait where it may be any part of it', { JitterStrategy: 'FULL' }, [1, 2, 4]],
    ['after the wait where nothing is left to chance', { JitterStrategy: 'NONE' }, [1, 2, 4]],
  ])('is tried again %s', async (_, retry, waits) => {
    const result = await run(machineOf({ Try: tryingTask([{ ...ALL, ...retry }]) }), failing(99));

    expect(result).toEqual({
      end: { kind: 'failed', error: 'Boom', cause: 'It failed.' },
      calls: waits.length + 1,
      waits,
    });
  });

  it('waits no more once it succeeds', async () => {
    const result = await run(machineOf({ Try: tryingTask([ALL]) }), failing(2));

    expect(result).toMatchObject({ end: { kind: 'succeeded' }, calls: 3, waits: [1, 2] });
  });

  it('is tried again for each retrier by itself, and by none that does not name its error', async () => {
    const retry = [
      { ErrorEquals: ['A', 'B'], IntervalSeconds: 1, MaxAttempts: 2 },
      { ErrorEquals: ['C'], IntervalSeconds: 5 },
    ];
    const machine = machineOf({ Try: tryingTask(retry) });

    // The example of the developer guide, of which the fourth error has no retry left.
    const guide = await run(machine, ['A', 'B', 'C', 'B']);
    const unnamed = await run(machine, ['D']);

    expect(guide).toMatchObject({ end: { kind: 'failed', error: 'B' }, calls: 4, waits: [1, 2, 5] });
    expect(unnamed).toMatchObject({ end: { kind: 'failed', error: 'D' }, calls: 1, waits: [] });
  });

  it('begins anew with its first interval when it is entered again', async () => {
    const machine = machineOf({
      First: tryingTask([ALL], { Next: 'Second' }),
      Second: tryingTask([{ ...ALL, IntervalSeconds: 9 }], { Catch: [{ ...ALL, Next: 'First' }], End: true }),
    });

    const { waits, end } = await run(machine, [...failing(2), undefined, ...failing(4), 'Boom']);

    expect(end.kind).toBe('succeeded');
    expect(waits).toEqual([1, 2, 9, 18, 36, 1]);
  });

  it('calls nothing more where it is stopped while it waits', async () => {
    let calls = 0;
    let abort = () => {};
    const started = runDefinition(
      machineOf({ Try: tryingTask([ALL]) }),
      {},
      {
        executionArn: 'execution',
        async call() {
          calls += 1;
          throw new TaskFailed('Boom', 'It failed.');
        },
        async wait(_, isOver) {
          abort();
          expect(isOver()).toBe(true);
        },
        left: () => {},
      },
    );
    abort = started.abort;

    expect(await started.end).toEqual({ kind: 'aborted' });
    await new Promise(setImmediate);
    expect(calls).toBe(1);
  });
});

describe('the waits before retries', () => {
  it("pass by the account's clock, in which a day takes next to no time", async () => {
    const clock = createAccountClock(0.000_001);
    const retry = { ...ALL, IntervalSeconds: 30, MaxDelaySeconds: 3600, MaxAttempts: 30 };
    const machine = machineOf({ Try: tryingTask([retry]) });
    const atMs: number[] = [];
    const refuse = async () => {
      atMs.push(clock.now());
      return { ok: false, errorType: 'Boom', errorMessage: 'It failed.' };
    };
    const ended = Promise.withResolvers<void>();
    const machines = createStateMachines({
      ...{ machines: [machine], region: 'eu-west-1', lambdaEndpoint: '', clock },
      principals: createPrincipals('111122223333', 'aws', [
        {
          ...{ logicalId: 'Role', name: 'r', arn: machine.roleArn, trust: [] },
          statements: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }],
        },
      ]),
      functionByArn: () => ({ invoke: refuse }) as unknown as LocalFunction,
      onEnd: () => ended.resolve(),
    });
    onTestFinished(machines.close);
    const realMs = performance.now();

    const execution = machines.run(MACHINE_ARN, {});
    await ended.promise;

    const apart = atMs.slice(1).map((at, n) => Math.round((at - (atMs[n] ?? 0)) / 1000));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Boom' });
    expect(apart).toHaveLength(30);
    // A step of the clock may overshoot by what really passes.
    expect(apart.slice(0, 8).map((seconds) => Math.round(seconds / 10) * 10)).toEqual([
      30, 60, 120, 240, 480, 960, 1920, 3600,
    ]);
    expect(new Set(apart.slice(7).map((seconds) => Math.round(seconds / 10) * 10))).toEqual(new Set([3600]));
    expect(performance.now() - realMs).toBeLessThan(20_000);
  });
});
