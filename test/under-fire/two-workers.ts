import { setTimeout as sleep } from 'node:timers/promises';
import type { ArrivingCall } from '../../lib/local/interception.ts';
import { evidenceOf, judgeRun, type RunVerdict } from './judge-run.ts';
import { findingTitled, type Range } from './range.ts';

export interface CollisionFigures {
  readonly rounds: number;
  /** Rounds in which the two met: the one's update came while the other's was at work on the same findings. */
  readonly collided: number;
  /** Identifiers that came back with ConcurrentUpdateError. */
  readonly collisions: number;
  readonly verdicts: readonly RunVerdict[];
}

/** A call takes so long, and its findings are in use meanwhile. */
const CALL_MS = 100;
/** The function gives a call up after five seconds and makes it again: who is held longer would meet itself. */
const LONGEST_HOLD_MS = 4_000;

/**
 * Two invocations at once with the same findings, again and again: each finding's event comes twice, and each set of
 * events fills a batch of its own. The first update to arrive is held open until the other worker's is there, so that
 * the second finds its findings in use. The deployed batch size must be `count`.
 */
export async function collideWorkers(
  range: Range,
  run: string,
  { rounds, count }: { readonly rounds: number; readonly count: number },
): Promise<CollisionFigures> {
  const { account } = range;
  const verdicts: RunVerdict[] = [];
  const met: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const findings = Array.from({ length: count }, (_, n) => findingTitled('lower', `${run}-${round}-${n}`));
    account.hub.faults.delayCalls(CALL_MS, { times: 2 });
    range.strike(holdUntilTwo());
    const before = account.hub.calls().length;
    range.import(findings);
    range.import(findings);
    await account.settle();
    range.strike(undefined);
    account.hub.faults.clear();
    verdicts.push(judgeRun(evidenceOf(range, before), findings, range.ruleset));
    const replies = account.hub.calls().slice(before);
    met.push(
      replies
        .flatMap(({ reply }) => unprocessedOf(reply))
        .filter(({ ErrorCode }) => ErrorCode === 'ConcurrentUpdateError').length,
    );
  }
  return {
    ...{ rounds, verdicts, collided: met.filter((times) => times > 0).length },
    collisions: met.reduce((sum, times) => sum + times, 0),
  };
}

/** Holds the first update open until there is a second one; all others pass. */
function holdUntilTwo(): (call: ArrivingCall) => undefined | Promise<undefined> {
  let arrived = 0;
  let comes: () => void = () => {};
  const second = new Promise<void>((resolve) => {
    comes = resolve;
  });
  return ({ operation }) => {
    if (operation !== 'BatchUpdateFindings') return undefined;
    arrived += 1;
    if (arrived === 2) comes();
    if (arrived > 1) return undefined;
    return Promise.race([second, sleep(LONGEST_HOLD_MS, undefined, { ref: false })]).then(() => undefined);
  };
}

function unprocessedOf(reply: unknown): readonly { readonly ErrorCode: string }[] {
  const { UnprocessedFindings = [] } = (reply ?? {}) as {
    readonly UnprocessedFindings?: readonly { readonly ErrorCode: string }[];
  };
  return UnprocessedFindings;
}
