import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallFailure, CallResult } from '../../lambdas/triage/call-failure.ts';
import type { FindingPage } from '../../lambdas/triage/finding-page.ts';
import {
  type ExportJob,
  type ExportResult,
  exportFindings,
  type Position,
} from '../../lib/export/export-findings.ts';
import { createSeenFindings } from '../../lib/export/seen-findings.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Filters } from '../../lib/findings/finding-filters.ts';
import type { SecurityHub } from '../../lib/local/security-hub/contract.ts';
import { virtualClock } from '../lambdas/triage/fixtures.ts';
import { createTestHub, finding } from '../local/security-hub/account.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const EXPIRED: CallFailure = {
  kind: 'refused',
  cause: { code: 'InvalidInputException', message: 'NextToken is invalid' },
};
const START: Position = { window: {}, nextToken: null, findings: 0, lastUpdatedMs: null };

const hourly = (count: number): Finding[] =>
  Array.from({ length: count }, (_, n) =>
    finding(`f-${n}`, { UpdatedAt: new Date(START_MS + n * HOUR_MS).toISOString() }),
  );

/** Pages of two from the local hub, but for the calls (from 0) that find their token expired. */
function pagesOf(hub: SecurityHub, expired: (call: number) => boolean, asked: Filters[] = []) {
  return async (filters: Filters, nextToken: string | null): Promise<CallResult<FindingPage>> => {
    asked.push(filters);
    if (nextToken !== null && expired(asked.length - 1)) return EXPIRED;
    const delivery = hub.call('GetFindings', {
      Filters: filters,
      SortCriteria: [{ Field: 'UpdatedAt', SortOrder: 'asc' }],
      MaxResults: 2,
      ...(nextToken !== null && { NextToken: nextToken }),
    });
    if (delivery.kind !== 'reply' || delivery.reply.kind !== 'done')
      throw new Error(JSON.stringify(delivery));
    const { Findings, NextToken } = delivery.reply.body as { Findings: Finding[]; NextToken?: string };
    return { kind: 'answered', reply: { findings: Findings, nextToken: NextToken ?? null } };
  };
}

interface Run {
  readonly result: ExportResult;
  readonly kept: readonly string[];
  readonly positions: readonly Position[];
}

async function run(page: ExportJob['source']['page'], members: Partial<ExportJob> = {}): Promise<Run> {
  const kept: string[] = [];
  const positions: Position[] = [];
  const clock = virtualClock(START_MS);
  const result = await exportFindings({
    filters: {},
    from: START,
    source: { page, close: () => {} },
    pace: { bucket: { take: async () => true }, clock, deadlineMs: Number.POSITIVE_INFINITY },
    change: (one) => one,
    seen: createSeenFindings(),
    keep: async (findings, position) => {
      kept.push(...findings.map(({ Id }) => Id));
      positions.push(position);
      return true;
    },
    ...members,
  });
  return { result, kept, positions };
}

describe('exporting findings', () => {
  it('begins anew a day before the last change where a token has expired, and leaves out what came', async () => {
    const { hub } = createTestHub({ quotas: 'off' });
    hub.seed(hourly(60));
    const asked: Filters[] = [];

    const { result, kept } = await run(pagesOf(hub, (call) => call === 25, asked));

    expect(kept).toEqual(hourly(60).map(({ Id }) => Id));
    expect(result).toEqual({ findings: 60, repeated: 25, restarts: 1, failure: null });
    expect(asked[26]).toEqual({
      UpdatedAt: [{ Start: '2026-01-02T01:00:00.000Z', End: '2027-01-01T00:00:00.000Z' }],
    });
  });

  it('begins anew from the beginning where the filters have no room for a window', async () => {
    const { hub } = createTestHub({ quotas: 'off' });
    hub.seed(hourly(6));
    const filters = { UpdatedAt: [{ DateRange: { Unit: 'DAYS', Value: 100 } }] };
    const asked: Filters[] = [];

    const { kept } = await run(
      pagesOf(hub, (call) => call === 2, asked),
      {
        filters,
        from: { ...START, window: filters },
      },
    );

    expect(kept).toHaveLength(6);
    expect(new Set(asked)).toEqual(new Set([filters]));
  });

  it('gives up where every token is refused', async () => {
    const { hub } = createTestHub({ quotas: 'off' });
    hub.seed(hourly(6));

    const { result, kept } = await run(pagesOf(hub, () => true));

    expect(result).toMatchObject({ restarts: 3, failure: EXPIRED });
    expect(kept).toEqual(['f-0', 'f-1']);
  });

  it('does not begin anew where the query itself is refused', async () => {
    const { result } = await run(async () => EXPIRED);

    expect(result).toEqual({ findings: 0, repeated: 0, restarts: 0, failure: EXPIRED });
  });

  it('outlasts an outage of some minutes, and no longer', async () => {
    const outage: CallFailure = { kind: 'unavailable', cause: { code: 'InternalException', message: '' } };
    let calls = 0;

    const { result } = await run(async () => {
      calls += 1;
      return outage;
    });

    expect(result.failure).toEqual(outage);
    expect(calls).toBe(20);
  });

  it('ends where nobody listens any more', async () => {
    const { hub } = createTestHub({ quotas: 'off' });
    hub.seed(hourly(6));

    const { result } = await run(
      pagesOf(hub, () => false),
      { keep: async () => false },
    );

    expect(result).toMatchObject({ findings: 2, failure: null });
  });

  it('comes to the same findings, each once, wherever it is broken off and whichever tokens expire', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
        fc.uniqueArray(
          fc.integer({ min: 0, max: 8 }).map((n) => 5 * n + 1),
          { maxLength: 5 },
        ),
        async (count, breaks, expired) => {
          const { hub, clock } = createTestHub({ quotas: 'off' });
          clock.nowMs = START_MS;
          hub.seed(hourly(count));
          const page = pagesOf(hub, (call) => expired.includes(call));
          const kept: string[] = [];
          let from = START;

          for (const pages of [...breaks, Number.POSITIVE_INFINITY]) {
            const seen = createSeenFindings();
            for (const Id of kept) seen.add(finding(Id));
            let left = pages;
            await run(page, {
              from,
              seen,
              pace: {
                bucket: { take: async () => true },
                clock: virtualClock(START_MS + 50 * HOUR_MS),
                deadlineMs: Number.POSITIVE_INFINITY,
              },
              keep: async (findings, position) => {
                kept.push(...findings.map(({ Id }) => Id));
                from = position;
                left -= 1;
                return left > 0;
              },
            });
            if (from.nextToken === null && kept.length === count) break;
          }

          expect([...kept].sort()).toEqual(
            hourly(count)
              .map(({ Id }) => Id)
              .sort(),
          );
          expect(from.findings).toBe(count);
        },
      ),
      { numRuns: 200 },
    );
  });
});
