import type { Finding } from '../../lib/findings/finding.ts';
import type { ArrivingCall } from '../../lib/local/interception.ts';
import { evidenceOf, judgeRun } from './judge-run.ts';
import { findingTitled, type Range } from './range.ts';

/** One way a batch takes through the function, and so one list of calls to be killed at. */
export interface Workload {
  readonly name: string;
  /** Titles of the findings of today; each has two of its kind. */
  readonly fresh: readonly ('suppress' | 'lower' | 'notify')[];
  /** Events of an hour ago, which are read again before they are decided. */
  readonly stale: number;
  /** Findings whose update Security Hub refuses for good, which makes dead letters. */
  readonly refused: number;
  /** Refused whole, so often, by an outage at the start: what is left returns to the queue. */
  readonly outageCalls: number;
}

/** 1 to 3 call groups: alone, with a read, with a dead letter, with both, and one whose findings return to the queue. */
export const WORKLOADS: readonly Workload[] = [
  { name: 'one group', fresh: ['suppress'], stale: 0, refused: 0, outageCalls: 0 },
  { name: 'one group, dead letter', fresh: ['suppress'], stale: 0, refused: 1, outageCalls: 0 },
  { name: 'two groups, read again', fresh: ['suppress', 'lower'], stale: 2, refused: 0, outageCalls: 0 },
  { name: 'two groups, outage', fresh: ['suppress', 'lower'], stale: 0, refused: 0, outageCalls: 4 },
  {
    name: 'three groups, read again, dead letters',
    fresh: ['suppress', 'lower', 'notify'],
    stale: 2,
    refused: 2,
    outageCalls: 0,
  },
];

export interface CrashPoint {
  readonly workload: string;
  /** `none` for the run that counts the calls. */
  readonly killed: 'none' | 'before' | 'after';
  /** Counted from 1 over all calls but receives. */
  readonly callIndex: number;
  readonly operation: string;
  readonly faults: readonly string[];
}

/** The event source's client tries three times before a delete counts as failed. */
const DELETE_ATTEMPTS = 3;

/**
 * Runs the workload once to count its calls, then once for each call and side of it, and kills every process of the
 * function with SIGKILL at exactly that call. Where the call is the event source's own, its connection fails too.
 */
export async function* crashAtEveryCall(range: Range, workload: Workload): AsyncGenerator<CrashPoint> {
  const whole = await crashOnce(range, workload, 'none', Number.POSITIVE_INFINITY);
  yield whole.point;
  for (let callIndex = 1; callIndex <= whole.calls; callIndex += 1) {
    yield (await crashOnce(range, workload, 'before', callIndex)).point;
    yield (await crashOnce(range, workload, 'after', callIndex)).point;
  }
}

let runs = 0;

async function crashOnce(
  range: Range,
  workload: Workload,
  killed: CrashPoint['killed'],
  callIndex: number,
): Promise<{ readonly point: CrashPoint; readonly calls: number }> {
  runs += 1;
  const { account, lambda } = range;
  const { hub } = account;
  const { fresh, stale, refused } = findingsOf(workload, `crash-${runs}`);
  const firstCall = hub.calls().length;
  const lettersBefore = range.deadLetters().length;
  for (const finding of refused) hub.faults.fail(finding, 'InvalidInput', Number.POSITIVE_INFINITY);
  if (workload.outageCalls > 0)
    hub.faults.failCalls('InternalException', 500, { times: workload.outageCalls });

  let calls = 0;
  let struck = '';
  let deletesToFail = 0;
  const died = { expected: false };
  range.strike((call) => {
    if (call.operation === 'ReceiveMessage') return undefined;
    if (deletesToFail > 0 && call.operation === 'DeleteMessageBatch') {
      deletesToFail -= 1;
      return killed === 'after' ? 'after' : 'before';
    }
    calls += 1;
    if (calls !== callIndex || killed === 'none') return undefined;
    struck = call.operation;
    died.expected = isOfFunction(call);
    lambda.kill();
    if (call.operation === 'DeleteMessageBatch') deletesToFail = DELETE_ATTEMPTS - 1;
    return killed;
  });
  const invocations = lambda.invocations().length;
  range.import([...fresh, ...refused]);
  range.import(stale, 3_600_000);
  await account.settle();
  range.strike(undefined);

  const findings = [...fresh, ...stale, ...refused];
  const verdict = judgeRun(evidenceOf(range, firstCall), findings, range.ruleset);
  const crashed = lambda
    .invocations()
    .slice(invocations)
    .some(({ result }) => !result.ok && result.errorType === 'Runtime.ExitError');
  const faults = [
    ...verdict.lost.map((id) => `lost ${id}`),
    ...verdict.invented.map((id) => `invented ${id}`),
    ...verdict.repeated.map((id) => `repeated ${id}`),
    ...(verdict.updated === fresh.length + stale.length ? [] : [`${verdict.updated} updated`]),
    ...(verdict.deadLettered === refused.length ? [] : [`${verdict.deadLettered} dead-lettered`]),
    ...(range.deadLetters().length - lettersBefore >= refused.length ? [] : ['dead letters missing']),
    ...(died.expected && !crashed ? ['nothing was killed'] : []),
  ];
  return { point: { workload: workload.name, killed, callIndex, operation: struck, faults }, calls };
}

function isOfFunction({ operation }: ArrivingCall): boolean {
  return operation !== 'DeleteMessageBatch';
}

function findingsOf({ fresh, stale, refused }: Workload, run: string) {
  const make = (title: 'suppress' | 'lower' | 'notify', kind: string, index: number): Finding =>
    findingTitled(title, `${run}-${kind}-${title}-${index}`);
  return {
    fresh: fresh.flatMap((title) => [make(title, 'fresh', 1), make(title, 'fresh', 2)]),
    stale: Array.from({ length: stale }, (_, index) => make('lower', 'stale', index)),
    refused: Array.from({ length: refused }, (_, index) => make('suppress', 'refused', index)),
  };
}
