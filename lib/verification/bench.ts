import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { type CallFailure, classifyFailure } from '../../lambdas/triage/call-failure.ts';
import type { Clock } from '../../lambdas/triage/clock.ts';
import type { TokenBucket } from '../../lambdas/triage/token-bucket.ts';
import { CallFailed } from '../account/call-failed.ts';
import type { Finding, FindingIdentifier } from '../findings/finding.ts';
import type { Connection } from './account/connect.ts';

/** Members of BatchUpdateFindings, right or wrong: what comes of wrong ones is asked. */
export type Update = Readonly<Record<string, unknown>>;

/** What Security Hub made of one update. */
export type Updated =
  | { readonly kind: 'processed' }
  /** The whole call. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'denied'; readonly code: string }
  /** Our finding came back, by this code. */
  | { readonly kind: 'unprocessed'; readonly code: string };

/** An update that was carried out and seen, or why not. */
export type Change = { readonly kind: 'seen'; readonly finding: Finding; readonly seconds: number } | Updated;

/** The synthetic finding, and what can be done with it. Calls that fail for another reason throw CallFailed. */
export interface Bench {
  readonly finding: FindingIdentifier;
  /** Sends one update of the finding, of others beside it where they are named, as another identity where one is given. */
  readonly update: (
    update: Update,
    options?: { readonly as?: SecurityHubClient; readonly beside?: readonly FindingIdentifier[] },
  ) => Promise<Updated>;
  /**
   * The same with a stamp of its own, and waits until it is seen on the finding: what is read then is after the update.
   * Throws NotSeen where that takes longer than `patienceMs`.
   */
  readonly change: (update: Update) => Promise<Change>;
  readonly read: () => Promise<Finding | undefined>;
  /** The stamp of the last change: a value of `STAMP`. */
  readonly stamp: () => number;
}

/** The member of a finding that tells one change from another: any number from 0 to 100. */
export const STAMP = 'Confidence';

/** An update was confirmed and did not show. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

export interface BenchTools {
  readonly connection: Pick<Connection, 'hub' | 'hubSdk'>;
  readonly clock: Clock;
  readonly updates: TokenBucket;
  readonly reads: TokenBucket;
  /** How long an update may take to show. */
  readonly patienceMs: number;
}

const POLL_MS = 2_000;

export function createBench(finding: FindingIdentifier, tools: BenchTools): Bench {
  const { connection, clock, updates, reads, patienceMs } = tools;
  const { Id, ProductArn } = finding;
  let stamp = 0;

  const update: Bench['update'] = async (members, { as = connection.hub, beside = [] } = {}) => {
    await updates.take(Number.POSITIVE_INFINITY);
    const command = new connection.hubSdk.BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id, ProductArn }, ...beside],
      ...members,
    });
    try {
      const { UnprocessedFindings = [] } = await as.send(command);
      const ours = UnprocessedFindings.find(({ FindingIdentifier }) => FindingIdentifier?.Id === Id);
      return ours === undefined
        ? { kind: 'processed' }
        : { kind: 'unprocessed', code: ours.ErrorCode ?? 'none' };
    } catch (error) {
      const failure = classifyFailure(error);
      return refusalOf(failure) ?? raise('securityhub:BatchUpdateFindings', error);
    }
  };

  const read: Bench['read'] = async () => {
    await reads.take(Number.POSITIVE_INFINITY);
    const command = new connection.hubSdk.GetFindingsCommand({
      Filters: {
        Id: [{ Value: Id, Comparison: 'EQUALS' }],
        ProductArn: [{ Value: ProductArn, Comparison: 'EQUALS' }],
      },
      MaxResults: 1,
    });
    try {
      const { Findings = [] } = await connection.hub.send(command);
      return Findings[0] as unknown as Finding | undefined;
    } catch (error) {
      return raise('securityhub:GetFindings', error);
    }
  };

  return {
    finding,
    update,
    read,
    stamp: () => stamp,
    async change(members) {
      stamp = (stamp % 100) + 1;
      const sentMs = clock.nowMs();
      const updated = await update({ ...members, [STAMP]: stamp });
      if (updated.kind !== 'processed') return updated;
      for (;;) {
        const seen = await read();
        const seconds = Math.round((clock.nowMs() - sentMs) / 1000);
        if (seen?.[STAMP] === stamp) return { kind: 'seen', finding: seen, seconds };
        if (clock.nowMs() - sentMs > patienceMs)
          throw new NotSeen(`An update was confirmed and had not taken effect after ${seconds} s.`);
        await clock.sleep(POLL_MS);
      }
    },
  };
}

function refusalOf({ kind, cause: { code } }: CallFailure): Updated | undefined {
  return kind === 'refused' || kind === 'denied' ? { kind, code } : undefined;
}

function raise(action: string, error: unknown): never {
  throw new CallFailed(action, 'the hub', error);
}
