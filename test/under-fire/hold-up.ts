import { evidenceOf, judgeRun, type RunVerdict } from './judge-run.ts';
import { findingTitled, type Range } from './range.ts';

export interface HoldUpFigures {
  readonly invocations: number;
  /** Invocations that Lambda had to kill at their deadline. */
  readonly timedOut: number;
  /** Calls that gave messages back with a delay of their own. */
  readonly returns: number;
  readonly verdict: RunVerdict;
}

/** The first call of each kind never gets an answer: a read, an update and the dead letters' send. */
export async function hangOnce(range: Range, run: string): Promise<HoldUpFigures> {
  const { hub } = range.account;
  const fresh = [1, 2, 3].map((n) => findingTitled('notify', `${run}-fresh-${n}`));
  const stale = [1, 2].map((n) => findingTitled('notify', `${run}-stale-${n}`));
  const refused = findingTitled('suppress', `${run}-refused`);
  hub.faults.fail(refused, 'InvalidInput', Number.POSITIVE_INFINITY);
  const hung = new Set<string>();
  return heldUp(range, [...fresh, ...stale, refused], (count) => {
    range.strike(({ operation }) => {
      count(operation);
      const strikes = ['GetFindings', 'BatchUpdateFindings', 'SendMessageBatch'].includes(operation);
      if (!strikes || hung.has(operation)) return undefined;
      hung.add(operation);
      return 'hang';
    });
    range.import([...fresh, refused]);
    range.import(stale, 3_600_000);
  });
}

/** More calls than the time of an invocation allows: what is left goes back to the queue before Lambda kills anything. */
export async function runIntoDeadline(range: Range, run: string, findings: number): Promise<HoldUpFigures> {
  const all = Array.from({ length: findings }, (_, n) => findingTitled('alone', `${run}-${n}`));
  return heldUp(range, all, (count) => {
    range.strike(({ operation }) => {
      count(operation);
      return undefined;
    });
    range.import(all);
  });
}

async function heldUp(
  range: Range,
  findings: Parameters<typeof judgeRun>[1],
  start: (count: (operation: string) => void) => void,
): Promise<HoldUpFigures> {
  const { account, lambda } = range;
  const before = { calls: account.hub.calls().length, invocations: lambda.invocations().length };
  let returns = 0;
  start((operation) => {
    returns += operation === 'ChangeMessageVisibilityBatch' ? 1 : 0;
  });
  await account.settle(300_000);
  range.strike(undefined);
  const invocations = lambda.invocations().slice(before.invocations);
  return {
    invocations: invocations.length,
    timedOut: invocations.filter(({ result }) => !result.ok && result.errorType === 'Sandbox.Timedout')
      .length,
    returns,
    verdict: judgeRun(evidenceOf(range, before.calls), findings, range.ruleset),
  };
}
