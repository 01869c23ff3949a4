import { describe, expect, it } from 'vitest';
import { rereadFindings } from '../../../lambdas/triage/reread.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { finding, identifier, identifiers, virtualClock } from './fixtures.ts';
import type { ReceivedCall } from './scripted-aws.ts';
import { withScriptedHub } from './scripted-hub.ts';

const { aws, hub } = withScriptedHub();

async function reread(wanted: readonly FindingIdentifier[]) {
  const clock = virtualClock(0);
  const pace = { bucket: createTokenBucket(2, 2, clock), clock, deadlineMs: 60_000 };
  const read = await rereadFindings(wanted, hub(), pace);
  return { clock, ends: wanted.map((one) => read.get(findingKey(one))) };
}

function idsAsked(call: ReceivedCall): string[] {
  return call.body.Filters.Id.map(({ Value }: { Value: string }) => Value);
}

describe('rereadFindings', () => {
  it('asks for twenty findings a call, by Id and ProductArn, at two calls a second', async () => {
    aws().script((call) => ({ json: { Findings: idsAsked(call).map((Id) => ({ ...finding(0), Id })) } }));

    const { ends, clock } = await reread(identifiers(65));

    expect(ends.every((end) => end?.kind === 'found')).toBe(true);
    expect(aws().calls.map((call) => idsAsked(call).length)).toEqual([20, 20, 20, 5]);
    expect(aws().calls[0]?.body).toMatchObject({
      Filters: { ProductArn: [{ Value: identifier(0).ProductArn, Comparison: 'EQUALS' }] },
      MaxResults: 100,
    });
    expect(clock.nowMs()).toBe(1_000);
  });

  it('gives back the finding as it stands now, whatever members it has', async () => {
    const now = finding(1, { Workflow: { Status: 'SUPPRESSED' }, UserDefinedFields: { triageHold: 'on' } });
    aws().script(() => ({ json: { Findings: [now] } }));

    const { ends } = await reread([identifier(1)]);

    expect(ends).toEqual([{ kind: 'found', finding: now }]);
  });

  it('follows pages until every finding is there', async () => {
    aws().script((_, position) =>
      position === 0
        ? { json: { Findings: [finding(7)], NextToken: 'next' } }
        : { json: { Findings: [finding(1)] } },
    );

    const { ends } = await reread([identifier(1)]);

    expect(ends[0]?.kind).toBe('found');
    expect(aws().calls[1]?.body.NextToken).toBe('next');
  });

  it('follows pages also where some of the findings came on the first', async () => {
    aws().script((_, position) =>
      position === 0
        ? { json: { Findings: [finding(1)], NextToken: 'next' } }
        : { json: { Findings: [finding(2)], NextToken: 'more' } },
    );

    const { ends } = await reread([identifier(1), identifier(2)]);

    expect(ends.map((end) => end?.kind)).toEqual(['found', 'found']);
    expect(aws().calls).toHaveLength(2);
  });

  it.each([
    [0, 0],
    [20, 1],
    [21, 2],
  ])('reads %i findings in %i calls', async (count, calls) => {
    aws().script((call) => ({ json: { Findings: idsAsked(call).map((Id) => ({ ...finding(0), Id })) } }));

    await reread(identifiers(count));

    expect(aws().calls).toHaveLength(calls);
  });

  it.each([[[]], [[null, 'finding-1', { Id: 'finding-1' }]]])(
    'takes a finding for gone that two replies with the list %j do not hold',
    async (Findings) => {
      aws().script(() => ({ json: { Findings } }));

      const { ends } = await reread([identifier(1)]);

      expect(ends).toMatchObject([{ result: { cause: { code: 'FindingNotFound' } } }]);
      expect(aws().calls).toHaveLength(2);
    },
  );

  it('asks once more for what one reply leaves out, and believes the second', async () => {
    aws().script((call, position) => ({
      json: { Findings: position === 0 ? [finding(2)] : idsAsked(call).map((Id) => ({ ...finding(0), Id })) },
    }));

    const { ends } = await reread([identifier(1), identifier(2)]);

    expect(ends.map((end) => end?.kind)).toEqual(['found', 'found']);
    expect(aws().calls.map(idsAsked)).toEqual([['finding-1', 'finding-2'], ['finding-1']]);
  });

  it.each([{}, { Findings: null }, { Findings: {} }])(
    'returns findings where the reply %j says nothing of any',
    async (json) => {
      aws().script(() => ({ json }));

      const { ends } = await reread([identifier(1)]);

      expect(ends).toMatchObject([{ result: { kind: 'returned', cause: { code: 'IncompleteReply' } } }]);
    },
  );

  it('dead-letters a finding that is gone', async () => {
    aws().script(() => ({ json: { Findings: [finding(2)] } }));

    const { ends } = await reread([identifier(1), identifier(2)]);

    expect(ends).toMatchObject([
      {
        kind: 'blocked',
        result: {
          kind: 'deadLettered',
          cause: { code: 'FindingNotFound', message: 'Security Hub no longer has this finding' },
        },
      },
      { kind: 'found' },
    ]);
  });

  it('asks once for a finding that is refused alone', async () => {
    aws().script(() => ({ error: 'InvalidInputException' }));

    const { ends } = await reread([identifier(1)]);

    expect(ends).toMatchObject([
      { result: { kind: 'deadLettered', cause: { code: 'InvalidInputException' } } },
    ]);
    expect(aws().calls).toHaveLength(1);
  });

  it('follows pages until every finding is found, and no further', async () => {
    aws().script((_, position) => ({ json: { Findings: [finding(position + 1)], NextToken: 'more' } }));

    const { ends } = await reread([identifier(1), identifier(2)]);

    expect(ends.map((end) => end?.kind)).toEqual(['found', 'found']);
    expect(aws().calls.map(idsAsked)).toEqual([
      ['finding-1', 'finding-2'],
      ['finding-1', 'finding-2'],
    ]);
  });

  it.each([
    [{ status: 429, error: 'TooManyRequestsException' }, 4],
    [{ status: 500, error: 'InternalException' }, 4],
    [{ status: 403, error: 'AccessDeniedException' }, 1],
  ])('returns findings that %j kept it from reading', async (answer, calls) => {
    aws().script(() => answer);

    const { ends } = await reread([identifier(1)]);

    expect(ends).toMatchObject([
      { kind: 'blocked', result: { kind: 'returned', cause: { code: answer.error } } },
    ]);
    expect(aws().calls).toHaveLength(calls);
  });

  it('reads no further once it is throttled out', async () => {
    aws().script(() => ({ status: 429, error: 'TooManyRequestsException' }));

    const { ends } = await reread(identifiers(60));

    expect(ends.every((end) => end?.kind === 'blocked')).toBe(true);
    expect(aws().calls).toHaveLength(4);
  });

  it('halves a call that is refused until the culprit stands alone', async () => {
    aws().script((call) => {
      if (idsAsked(call).includes('finding-3')) return { error: 'InvalidInputException' };
      return { json: { Findings: idsAsked(call).map((Id) => ({ ...finding(0), Id })) } };
    });

    const { ends } = await reread(identifiers(20));

    expect(ends.filter((end) => end?.kind === 'found')).toHaveLength(19);
    expect(ends[3]).toMatchObject({
      result: { kind: 'deadLettered', cause: { code: 'InvalidInputException' } },
    });
  });
});
