import { describe, expect, it } from 'vitest';
import { applyUpdates } from '../../../lambdas/triage/apply.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { UpdateGroup } from '../../../lib/triage/plan.ts';
import { identifier, identifiers, virtualClock } from './fixtures.ts';
import type { Answer, ReceivedCall } from './scripted-aws.ts';
import { withScriptedHub } from './scripted-hub.ts';

const { aws, hub } = withScriptedHub();

const UPDATE = { Workflow: { Status: 'NOTIFIED' } } as const;

async function apply(groups: readonly UpdateGroup[], timeMs = 60_000) {
  const clock = virtualClock(0);
  const pace = { bucket: createTokenBucket(3, 10, clock), clock, deadlineMs: timeMs };
  return { clock, applied: await applyUpdates(groups, async () => hub(), pace) };
}

/** Applies one group and tells the outcome of each identifier as text. */
async function outcomes(findings: readonly FindingIdentifier[], timeMs?: number): Promise<string[]> {
  const { applied } = await apply([{ update: UPDATE, findings }], timeMs);
  return findings.map((finding) => {
    const end = applied.get(findingKey(finding));
    if (end === undefined) return 'lost';
    return end.result.kind === 'updated' ? 'updated' : `${end.result.kind} ${end.result.cause.code}`;
  });
}

function reply(
  processed: readonly FindingIdentifier[],
  unprocessed: Record<string, readonly FindingIdentifier[]> = {},
): Answer {
  const UnprocessedFindings = Object.entries(unprocessed).flatMap(([ErrorCode, findings]) =>
    findings.map((FindingIdentifier) => ({
      FindingIdentifier,
      ErrorCode,
      ErrorMessage: `because ${ErrorCode}`,
    })),
  );
  return { json: { ProcessedFindings: processed, UnprocessedFindings } };
}

function sentIn(call: ReceivedCall): FindingIdentifier[] {
  return call.body.FindingIdentifiers;
}

function idsIn(call: ReceivedCall): string[] {
  return sentIn(call).map(({ Id }) => Id);
}

describe('applyUpdates over the wire', () => {
  it('sends the payload, the identifiers and nothing else', async () => {
    aws().script((call) => reply(sentIn(call)));
    const update = JSON.parse(
      '{"Note":{"Text":"t","UpdatedBy":"u"},"__proto__":{"Workflow":{"Status":"SUPPRESSED"}},"RecordState":"ARCHIVED"}',
    );

    await apply([{ update, findings: [identifier(1)] }]);

    expect(aws().calls).toEqual([
      {
        operation: 'PATCH /findings/batchupdate',
        body: { FindingIdentifiers: [identifier(1)], Note: { Text: 't', UpdatedBy: 'u' } },
      },
    ]);
  });

  it('updates what the reply confirms', async () => {
    aws().script((call) => reply(sentIn(call)));

    expect(await outcomes(identifiers(3))).toEqual(['updated', 'updated', 'updated']);
    expect(aws().calls).toHaveLength(1);
  });

  it('sends an identifier that the reply leaves out again, and gives it up as NotAccounted', async () => {
    aws().script((call) => reply(sentIn(call).filter(({ Id }) => Id !== 'finding-1')));

    expect(await outcomes(identifiers(3))).toEqual(['updated', 'deadLettered NotAccounted', 'updated']);
    expect(aws().calls.slice(1).map(idsIn)).toEqual([['finding-1'], ['finding-1'], ['finding-1']]);
  });

  it('does not believe an empty reply', async () => {
    aws().script((call, position) => (position === 0 ? { json: {} } : reply(sentIn(call))));

    expect(await outcomes(identifiers(2))).toEqual(['updated', 'updated']);
    expect(aws().calls).toHaveLength(2);
  });

  it('reads past entries that name no finding, and takes a missing code for final', async () => {
    aws().script((call) => ({
      json: {
        ProcessedFindings: [null, 'finding-1', {}],
        UnprocessedFindings: [
          null,
          {},
          { FindingIdentifier: { Id: 'finding-0' }, ErrorCode: 'InvalidInput' },
          { FindingIdentifier: sentIn(call)[0] },
        ],
      },
    }));

    expect(await outcomes(identifiers(1))).toEqual(['deadLettered Unknown']);
  });

  it('does not believe a reply about other findings, nor one with Id and ProductArn exchanged', async () => {
    aws().script((call) =>
      reply([
        identifier(99),
        ...sentIn(call).map(({ Id, ProductArn }) => ({ Id: ProductArn, ProductArn: Id })),
      ]),
    );

    expect(await outcomes(identifiers(1))).toEqual(['deadLettered NotAccounted']);
  });

  it('retries only the identifiers that a passing fault hit', async () => {
    aws().script((call, position) => {
      if (position > 0) return reply(sentIn(call));
      return reply([identifier(0)], {
        ConcurrentUpdateError: [identifier(1)],
        InternalFailure: [identifier(2)],
      });
    });

    expect(await outcomes(identifiers(3))).toEqual(['updated', 'updated', 'updated']);
    expect(aws().calls.map(idsIn)).toEqual([
      ['finding-0', 'finding-1', 'finding-2'],
      ['finding-1', 'finding-2'],
    ]);
  });

  it.each([
    ['ConcurrentUpdateError', 4],
    ['InternalFailure', 4],
    ['FindingNotFound', 3],
    ['InvalidInput', 1],
    ['FindingSizeExceeded', 1],
    ['DuplicatedFindingIdentifier', 1],
    ['NeverHeardOf', 1],
  ])('gives an identifier up after %s came %i times', async (code, calls) => {
    aws().script((call) => reply([], { [code]: sentIn(call) }));

    expect(await outcomes([identifier(1)])).toEqual([`deadLettered ${code}`]);
    expect(aws().calls).toHaveLength(calls);
  });

  it('counts in how many rounds an identifier was sent', async () => {
    aws().script((call) => reply([], { FindingNotFound: sentIn(call) }));

    const { applied } = await apply([{ update: UPDATE, findings: [identifier(1)] }]);

    expect([...applied.values()].map(({ attempts }) => attempts)).toEqual([3]);
  });

  it('halves a call that is refused whole until the culprit stands alone', async () => {
    aws().script((call) =>
      idsIn(call).includes('finding-37') ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );

    const ends = await outcomes(identifiers(100));

    expect(ends.filter((end) => end === 'updated')).toHaveLength(99);
    expect(ends[37]).toBe('deadLettered InvalidInputException');
    expect(aws().calls.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(100)) + 1);
  });

  it.each([0, 99])('finds the one culprit among 100 wherever it is, here at %i', async (at) => {
    aws().script((call) =>
      idsIn(call).includes(`finding-${at}`) ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );

    const ends = await outcomes(identifiers(100));

    expect(ends.filter((end) => end === 'updated')).toHaveLength(99);
    expect(ends[at]).toBe('deadLettered InvalidInputException');
  });

  it('does not blame the payload for culprits that stand side by side', async () => {
    const culprits = ['finding-0', 'finding-1', 'finding-2', 'finding-3'];
    aws().script((call) =>
      idsIn(call).some((id) => culprits.includes(id))
        ? { error: 'InvalidInputException' }
        : reply(sentIn(call)),
    );

    const ends = await outcomes(identifiers(100));

    expect(ends.filter((end) => end === 'updated')).toHaveLength(96);
  });

  it('gives a payload up that is refused for every finding, and updates the group behind it', async () => {
    aws().script((call) =>
      call.body.Confidence === 1 ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );
    const all = identifiers(1_050);
    const bad = Array.from({ length: 10 }, (_, n) => ({
      update: { Confidence: 1 },
      findings: all.slice(n * 100, n * 100 + 100),
    }));

    const { applied } = await apply([...bad, { update: UPDATE, findings: all.slice(1_000) }], 300_000);

    expect(aws().calls.length).toBeLessThanOrEqual(40);
    // The good group does not wait for the bad one to be given up.
    expect(aws().calls.findIndex((call) => call.body.Workflow !== undefined)).toBe(1);
    const kinds = all.map((finding) => applied.get(findingKey(finding))?.result.kind);
    expect(kinds.slice(0, 1_000).every((kind) => kind === 'deadLettered')).toBe(true);
    expect(kinds.slice(1_000).every((kind) => kind === 'updated')).toBe(true);
    // What was never sent counts no attempt.
    expect(applied.get(findingKey(identifier(0)))?.attempts).toBe(1);
    expect(applied.get(findingKey(identifier(999)))?.attempts).toBe(0);
  });

  it('goes on halving where single findings are refused for different reasons', async () => {
    aws().script((call) => ({ error: `InvalidInput${sentIn(call).length === 1 ? idsIn(call)[0] : ''}` }));

    const ends = await outcomes(identifiers(5));

    expect(new Set(ends).size).toBe(5);
  });

  it.each(['LimitExceededException', 'TooManyRequestsException', 'ThrottlingException'])(
    'tries four times through %s, then returns everything and stops calling',
    async (error) => {
      aws().script(() => ({ status: 429, error }));

      const groups = identifiers(3).map((finding, n) => ({ update: { Confidence: n }, findings: [finding] }));
      const { applied } = await apply(groups);

      expect([...applied.values()].map(({ result }) => result)).toEqual(
        groups.map(() => ({ kind: 'returned', cause: { code: error, message: error } })),
      );
      expect(aws().calls).toHaveLength(4);
    },
  );

  it('gets through when the throttling passes', async () => {
    aws().script((call, position) =>
      position < 3 ? { status: 429, error: 'ThrottlingException' } : reply(sentIn(call)),
    );

    expect(await outcomes(identifiers(2))).toEqual(['updated', 'updated']);
  });

  it.each([
    ['an internal error', { status: 500, error: 'InternalException' }],
    ['a service that is down', { status: 503, text: '<html>' }],
    ['a connection that is cut', 'reset'],
    ['a reply that is no JSON', { text: 'not json' }],
  ] as const)('returns findings to the queue after %s', async (_, answer) => {
    aws().script(() => answer);

    const [end] = await outcomes([identifier(1)]);

    expect(end).toMatch(/^returned /);
    expect(aws().calls).toHaveLength(4);
  });

  it('does not give up other payloads for one that the service fails on', async () => {
    aws().script((call) =>
      call.body.Confidence === 0 ? { status: 500, error: 'InternalException' } : reply(sentIn(call)),
    );

    const groups = identifiers(2).map((finding, n) => ({ update: { Confidence: n }, findings: [finding] }));
    const { applied } = await apply(groups);

    expect([...applied.values()].map(({ result }) => result.kind)).toEqual(['returned', 'updated']);
  });

  it('stops calling after two payloads in a row met an outage', async () => {
    aws().script(() => ({ status: 500, error: 'InternalException' }));

    await apply(identifiers(5).map((finding, n) => ({ update: { Confidence: n }, findings: [finding] })));

    expect(aws().calls).toHaveLength(8);
  });

  it.each([
    ['AccessDeniedException', 403],
    ['InvalidAccessException', 401],
  ])('returns findings to the queue on %s, without trying again', async (error, status) => {
    aws().script(() => ({ status, error }));

    expect(await outcomes([identifier(1)])).toEqual([`returned ${error}`]);
    expect(aws().calls).toHaveLength(1);
  });

  it('cuts a call that hangs off in time and returns its findings', async () => {
    aws().script(() => 'hang');
    const startMs = performance.now();

    // Just enough is left to start a call; 1.5 s of it are kept back for settling.
    const [end] = await outcomes([identifier(1)], 3_050);

    expect(end).toMatch(/^returned /);
    expect(performance.now() - startMs).toBeLessThan(3_000);
  });

  it('starts no call with less than three seconds left', async () => {
    aws().script((call) => reply(sentIn(call)));

    expect(await outcomes(identifiers(2), 2_999)).toEqual(['returned DeadlineNear', 'returned DeadlineNear']);
    expect(aws().calls).toHaveLength(0);
  });

  it('counts no attempt for what was never sent', async () => {
    const { applied } = await apply([{ update: UPDATE, findings: identifiers(1) }], 2_999);

    expect([...applied.values()].map(({ attempts }) => attempts)).toEqual([0]);
  });

  it('names the last reply, not the time, where the rate leaves no time for another attempt', async () => {
    aws().script(() => ({ status: 429, error: 'ThrottlingException' }));

    const clock = virtualClock(0);
    // The second attempt would have to wait for a token until after the deadline.
    const pace = { bucket: createTokenBucket(0.1, 1, clock), clock, deadlineMs: 10_000 };

    const group = { update: UPDATE, findings: identifiers(1) };
    const applied = await applyUpdates([group], async () => hub(), pace);

    expect([...applied.values()]).toMatchObject([
      { attempts: 1, result: { cause: { code: 'ThrottlingException' } } },
    ]);
  });

  it('returns what the rate leaves no time for', async () => {
    aws().script((call) => reply(sentIn(call)));

    const groups = identifiers(20).map((finding, n) => ({ update: { Confidence: n }, findings: [finding] }));
    const { applied, clock } = await apply(groups, 5_000);

    const kinds = [...applied.values()].map(({ result }) => result.kind);
    expect(kinds.filter((kind) => kind === 'updated')).toHaveLength(16);
    expect(kinds.filter((kind) => kind === 'returned')).toHaveLength(4);
    expect(clock.nowMs()).toBeLessThanOrEqual(2_000);
  });
});
