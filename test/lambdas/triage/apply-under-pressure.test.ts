import { describe, expect, it } from 'vitest';
import { applyUpdates } from '../../../lambdas/triage/apply.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import { reply, sentIn, UPDATE, withApply } from './apply-world.ts';
import { identifier, identifiers, virtualClock } from './fixtures.ts';

const { aws, hub, apply, outcomes } = withApply();

describe('applyUpdates under throttling, outages and too little time', () => {
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

  it('counts no attempt for a second round that was never sent', async () => {
    aws().script((call) => reply([], { ConcurrentUpdateError: sentIn(call) }));

    // The first call takes no time here, and what it names as failed waits for its backoff.
    const { applied } = await apply([{ update: UPDATE, findings: identifiers(1) }], 3_001);

    expect([...applied.values()]).toMatchObject([{ attempts: 1, result: { kind: 'returned' } }]);
    expect(aws().calls).toHaveLength(1);
  });

  it('goes on with a payload that is accepted before it comes to the next', async () => {
    aws().script((call) => reply(sentIn(call)));
    const all = identifiers(101);

    await apply([
      { update: UPDATE, findings: all.slice(0, 50) },
      { update: { Confidence: 1 }, findings: all.slice(100) },
      { update: UPDATE, findings: all.slice(50, 100) },
    ]);

    expect(aws().calls.map((call) => sentIn(call).length)).toEqual([50, 50, 1]);
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

  it('goes on after an outage that stands between answers', async () => {
    aws().script((call) =>
      call.body.Confidence === 1 ? { status: 500, error: 'InternalException' } : reply(sentIn(call)),
    );

    const groups = identifiers(3).map((finding, n) => ({ update: { Confidence: n }, findings: [finding] }));
    const { applied } = await apply(groups);

    expect([...applied.values()].map(({ result }) => result.kind).sort()).toEqual([
      'returned',
      'updated',
      'updated',
    ]);
  });

  it('waits before it sends an identifier again, twice as long each time', async () => {
    const clock = virtualClock(0);
    const sentAtMs: number[] = [];
    aws().script((call) => {
      sentAtMs.push(clock.nowMs());
      return reply([], { ConcurrentUpdateError: sentIn(call) });
    });
    const pace = { bucket: createTokenBucket(100, 100, clock), clock, deadlineMs: 60_000 };

    await applyUpdates([{ update: UPDATE, findings: identifiers(1) }], async () => hub(), pace);

    expect(sentAtMs).toEqual([0, 250, 750, 1_750]);
  });

  it('returns what there is no time to send again, and counts only what was sent', async () => {
    aws().script((call) => reply([], { ConcurrentUpdateError: sentIn(call) }));

    const { applied } = await apply([{ update: UPDATE, findings: identifiers(1) }], 3_100);

    expect([...applied.values()]).toMatchObject([
      { attempts: 1, result: { kind: 'returned', cause: { code: 'DeadlineNear' } } },
    ]);
  });
});
