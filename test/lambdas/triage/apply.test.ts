import { describe, expect, it } from 'vitest';
import { applyUpdates } from '../../../lambdas/triage/apply.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { idsIn, reply, sentIn, UPDATE, withApply } from './apply-world.ts';
import { identifier, identifiers, virtualClock } from './fixtures.ts';
import type { Answer } from './scripted-aws.ts';

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

  it('makes no connection where there is nothing to send', async () => {
    const clock = virtualClock(0);
    const pace = { bucket: createTokenBucket(3, 10, clock), clock, deadlineMs: 60_000 };

    const applied = await applyUpdates([], () => Promise.reject(new Error('connected')), pace);

    expect(applied).toEqual(new Map());
  });

  it.each<[string, (sent: readonly FindingIdentifier[]) => Answer, boolean]>([
    ['a call that failed on its way', () => ({ error: 'InternalException', status: 500 }), true],
    ['a reply without it', () => reply([]), true],
    ['a reply that it failed', (sent) => reply([], { InternalFailure: sent }), false],
    ['a call that was throttled', () => ({ error: 'TooManyRequestsException', status: 429 }), false],
    ['a reply that it is done', (sent) => reply(sent), false],
  ])('says whether an update could stand before it was confirmed: after %s', async (_, first, mayStand) => {
    aws().script((call, position) => (position === 0 ? first(sentIn(call)) : reply(sentIn(call))));

    const { applied } = await apply([{ update: UPDATE, findings: [identifier(1)] }]);

    expect([...applied.values()]).toMatchObject([{ result: { kind: 'updated' }, mayStand }]);
  });
});
