import { describe, expect, it } from 'vitest';
import { applyUpdates } from '../../../lambdas/triage/apply.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { idsIn, reply, sentIn, UPDATE, withApply } from './apply-world.ts';
import { identifier, identifiers, virtualClock } from './fixtures.ts';

const { aws, apply, outcomes } = withApply();

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

  it('makes no connection where there is nothing to send', async () => {
    const clock = virtualClock(0);
    const pace = { bucket: createTokenBucket(3, 10, clock), clock, deadlineMs: 60_000 };

    const applied = await applyUpdates([], () => Promise.reject(new Error('connected')), pace);

    expect(applied).toEqual(new Map());
  });

  it('sends three findings of a payload alone before it gives the payload up', async () => {
    aws().script(() => ({ error: 'InvalidInputException' }));

    await apply([{ update: UPDATE, findings: identifiers(16) }]);

    expect(aws().calls.filter((call) => sentIn(call).length === 1)).toHaveLength(3);
  });

  it('never gives up a payload that was accepted once', async () => {
    aws().script((call, position) =>
      position === 0 ? reply(sentIn(call)) : { error: 'InvalidInputException' },
    );
    const all = identifiers(9);

    await apply([
      { update: UPDATE, findings: all.slice(0, 1) },
      { update: UPDATE, findings: all.slice(1) },
    ]);

    expect(aws().calls.filter((call) => sentIn(call).length === 1)).toHaveLength(1 + 8);
  });

  it('never gives up what is tried again: its payload was answered', async () => {
    aws().script((call, position) =>
      position === 0
        ? reply([], { ConcurrentUpdateError: sentIn(call) })
        : { error: 'InvalidInputException' },
    );

    await apply([{ update: UPDATE, findings: identifiers(8) }]);

    expect(aws().calls.filter((call) => sentIn(call).length === 1)).toHaveLength(8);
  });
});
