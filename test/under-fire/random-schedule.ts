import type { Finding } from '../../lib/findings/finding.ts';
import type { InvocationRecord } from '../../lib/local/lambda/invocation.ts';
import { createRandom, type Random } from '../bench/workload/random.ts';
import { TITLES } from './firing-rules.ts';
import { evidenceOf, judgeRun, type RunVerdict } from './judge-run.ts';
import { findingTitled, type Range } from './range.ts';

export interface ScheduleFigures {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Invocations that died with their process. */
  readonly deaths: number;
  /** Kills that met only processes without an invocation. */
  readonly idleKills: number;
  readonly calls: number;
  readonly verdict: RunVerdict;
}

type Fault = (range: Range, findings: readonly Finding[], random: Random) => void;

/** What may befall a schedule beside kills; each is in with a probability of one half. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'calls refused as throttled': ({ account }, _, random) =>
    account.hub.faults.failCalls('TooManyRequestsException', 429, { times: 1 + random.int(2) }),
  'calls failed by an outage': ({ account }, _, random) =>
    account.hub.faults.failCalls('InternalException', 500, { times: 1 + random.int(6) }),
  'reads failed by an outage': ({ account }, _, random) =>
    account.hub.faults.failCalls('InternalException', 503, {
      operation: 'GetFindings',
      times: 1 + random.int(4),
    }),
  'updates done whose reply was lost': ({ account }) => account.hub.faults.dropReply(),
  'updates done and answered with {}': ({ account }) => account.hub.faults.emptyReply(),
  'slow calls': ({ account }, _, random) => account.hub.faults.delayCalls(random.int(80), { times: 3 }),
  'findings in use': ({ account }, findings, random) => {
    for (const finding of random.sample(findings, 2))
      account.hub.faults.fail(finding, 'ConcurrentUpdateError', 1 + random.int(3));
  },
  'findings failed inside': ({ account }, findings, random) => {
    for (const finding of random.sample(findings, 2))
      account.hub.faults.fail(finding, 'InternalFailure', 1 + random.int(5));
  },
  'findings refused for good': ({ account }, findings, random) => {
    for (const finding of random.sample(findings, 2))
      account.hub.faults.fail(finding, 'InvalidInput', Number.POSITIVE_INFINITY);
  },
  'dead-letter sends failed': ({ account, deadLetterQueue }, _, random) =>
    account.queues.failSends(deadLetterQueue, 1 + random.int(5)),
  'dead-letter entries failed': ({ account, deadLetterQueue }, _, random) =>
    account.queues.failSendEntries(deadLetterQueue, 1 + random.int(4)),
  'events delivered twice': (range, findings, random) => range.import(random.sample(findings, 5)),
};

/**
 * One schedule: what comes in, which faults befall it and at which calls the process is killed all follow from the seed;
 * how calls of two processes interleave does not.
 */
export async function runSchedule(range: Range, seed: number): Promise<ScheduleFigures> {
  const random = createRandom(seed);
  const { account, lambda } = range;
  const findings = Array.from({ length: 3 + random.int(12) }, (_, n) =>
    findingTitled(random.pick(TITLES), `schedule-${seed}-${n}`),
  );
  const chosen = Object.entries(FAULTS).filter(() => random.chance(0.5));
  const killAt = new Map(
    Array.from({ length: random.int(3) }, () => [
      1 + random.int(12),
      random.pick(['before', 'after'] as const),
    ]),
  );
  const firstCall = account.hub.calls().length;
  let calls = 0;
  const killedAtMs: number[] = [];
  const earlier = lambda.invocations().length;
  range.strike(({ operation }) => {
    if (operation === 'ReceiveMessage') return undefined;
    calls += 1;
    const side = killAt.get(calls);
    if (side === undefined) return undefined;
    killedAtMs.push(Date.now());
    lambda.kill();
    return side;
  });

  account.hub.seed(findings);
  for (const [, befall] of chosen) befall(range, findings, random);
  const stale = findings.filter(() => random.chance(0.3));
  range.import(findings.filter((finding) => !stale.includes(finding)));
  range.import(stale, 3_600_000);
  await account.settle(300_000);
  range.strike(undefined);
  account.hub.faults.clear();

  const verdict = judgeRun(evidenceOf(range, firstCall), findings, range.ruleset);
  const died = lambda.invocations().slice(earlier).filter(isDeath);
  const idleKills = killedAtMs.filter((atMs) => !died.some((one) => wasUnderWay(one, atMs))).length;
  return { seed, faults: chosen.map(([name]) => name), deaths: died.length, idleKills, calls, verdict };
}

function isDeath({ result }: InvocationRecord): boolean {
  return !result.ok && result.errorType === 'Runtime.ExitError';
}

function wasUnderWay({ startedAtMs, durationMs }: InvocationRecord, atMs: number): boolean {
  // Both times are whole milliseconds.
  return startedAtMs <= atMs && atMs <= startedAtMs + durationMs + 1;
}
