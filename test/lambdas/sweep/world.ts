import { Logger } from '@aws-lambda-powertools/logger';
import type { SweepInstance } from '../../../lambdas/sweep/instance.ts';
import { readProgress, type SweepProgress } from '../../../lambdas/sweep/progress.ts';
import { sweep } from '../../../lambdas/sweep/sweep.ts';
import type { CallFailure } from '../../../lambdas/triage/call-failure.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Filters } from '../../../lib/findings/finding-filters.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { NOW_MS, RULESET, virtualClock } from '../triage/fixtures.ts';

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

export interface SweepWorld {
  readonly instance: SweepInstance;
  readonly clock: ReturnType<typeof virtualClock>;
  /** Ids sent, send by send; nothing is written unless `triage` is called. */
  readonly sent: string[][];
  /** When each page was asked for, and with what. */
  readonly asked: { readonly atMs: number; readonly filters: Filters; readonly token: string | null }[];
  /** What was sent is decided and written, as the triage function does it. */
  triage(): Promise<void>;
}

interface Situation {
  readonly mode?: 'observe' | 'enforce';
  readonly suppressionsPerHour?: number | null;
  readonly ruleset?: SweepInstance['ruleset'];
  readonly pageSize?: number;
  /** Failures by the number of the page call, from 1. */
  readonly failures?: Readonly<Record<number, CallFailure>>;
  /** Sends that fail, by number from 1. */
  readonly refusedSends?: readonly number[];
}

/** A hub of these findings, which knows windows and tokens; sleeping takes no time but passes it. */
export function sweepWorld(findings: readonly Finding[], situation: Situation = {}): SweepWorld {
  const { mode = 'enforce', suppressionsPerHour = null, ruleset = RULESET, pageSize = 2 } = situation;
  const clock = virtualClock();
  const stored = new Map(findings.map((finding) => [finding.Id, finding]));
  const sent: string[][] = [];
  const asked: SweepWorld['asked'] = [];
  const instance: SweepInstance = {
    ...{ mode, suppressionsPerHour, ruleset, clock },
    hub: {
      async page(filters, token) {
        asked.push({ atMs: clock.nowMs(), filters, token });
        const failure = situation.failures?.[asked.length];
        if (failure !== undefined) return failure;
        const [window] = filters.CreatedAt as { readonly Start: string; readonly End: string }[];
        const inWindow = [...stored.values()].filter(
          ({ CreatedAt }) =>
            String(CreatedAt) >= String(window?.Start) && String(CreatedAt) <= String(window?.End),
        );
        const from = Number(token ?? 0);
        const next = from + pageSize;
        return {
          kind: 'answered',
          reply: {
            findings: inWindow.slice(from, next),
            nextToken: next < inWindow.length ? String(next) : null,
          },
        };
      },
    },
    ingest: {
      async send(changing) {
        if (changing.length > 0) sent.push(changing.map(({ Id }) => Id));
        if (situation.refusedSends?.includes(sent.length)) throw new Error('SQS is away');
      },
    },
    reads: createTokenBucket(1, 1, clock),
    log: new Logger({ logLevel: 'SILENT' }),
  };
  return {
    ...{ instance, clock, sent, asked },
    async triage() {
      for (const Id of new Set(sent.flat())) {
        const finding = stored.get(Id);
        if (finding === undefined) continue;
        const { update } = await decide(finding, IMPORTED, ruleset, clock.nowMs());
        if (update !== null) stored.set(Id, { ...finding, ...update });
      }
    },
  };
}

/** One stretch of so many milliseconds. */
export function stretch(
  { instance, clock }: SweepWorld,
  from: unknown = {},
  durationMs = 240_000,
): Promise<SweepProgress> {
  return sweep(readProgress(from, clock.nowMs()), instance, clock.nowMs() + durationMs);
}

/** Stretch after stretch, with the pauses between them, as the state machine does it. */
export async function wholeSweep(
  world: SweepWorld,
  from: unknown = {},
  between: () => Promise<void> = async () => {},
): Promise<{ readonly progress: SweepProgress; readonly stretches: number; readonly waitedSeconds: number }> {
  let progress = await stretch(world, from);
  let [stretches, waitedSeconds] = [1, 0];
  while (!progress.done && stretches < 1_000) {
    waitedSeconds += progress.waitSeconds;
    world.clock.advance(progress.waitSeconds * 1_000);
    await between();
    progress = await stretch(world, progress);
    stretches += 1;
  }
  return { progress, stretches, waitedSeconds };
}

export { NOW_MS };
