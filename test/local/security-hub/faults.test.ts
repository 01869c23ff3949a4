import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { createTestHub, finding, productArn, type ServedTestHub, serveTestHub } from './account.ts';

const a = { Id: 'a', ProductArn: productArn };
const update = { FindingIdentifiers: [a], Confidence: 42 };

function send({ client }: ServedTestHub, abortSignal?: AbortSignal): Promise<unknown> {
  return client.send(new BatchUpdateFindingsCommand(update), abortSignal ? { abortSignal } : {});
}

describe('the faults that can be asked for', () => {
  it('fail an identifier a number of times with any code', () => {
    const { hub } = createTestHub();
    hub.seed([finding('a')]);
    hub.faults.fail(a, 'InternalFailure', 2);
    hub.faults.fail(a, 'BrandNewCode');

    const outcomes = Array.from({ length: 4 }, () => hub.call('BatchUpdateFindings', update));

    expect(outcomes).toMatchObject([
      { reply: { body: { UnprocessedFindings: [{ ErrorMessage: 'Internal service failure' }] } } },
      { reply: { body: { UnprocessedFindings: [{ ErrorCode: 'InternalFailure' }] } } },
      { reply: { body: { UnprocessedFindings: [{ ErrorCode: 'BrandNewCode' }] } } },
      { reply: { body: { ProcessedFindings: [a] } } },
    ]);
  });

  it('refuse whole calls of one operation until cleared', () => {
    const { hub } = createTestHub();
    hub.faults.failCalls('InternalException', 500, {
      operation: 'GetFindings',
      times: Number.POSITIVE_INFINITY,
    });

    const refused = Array.from({ length: 3 }, () => hub.call('GetFindings', {}));
    const untouched = hub.call('BatchImportFindings', { Findings: [finding('a')] });
    hub.faults.clear();
    const cleared = hub.call('GetFindings', {});

    expect(refused).toEqual(
      refused.map(() => expect.objectContaining({ reply: expect.objectContaining({ status: 500 }) })),
    );
    expect(untouched).toMatchObject({ reply: { kind: 'done' } });
    expect(cleared).toMatchObject({ reply: { kind: 'done' } });
  });

  it('apply an update, then cut the connection', async () => {
    const test = await serveTestHub();
    test.hub.seed([finding('a')]);
    test.hub.faults.dropReply();

    await expect(send(test)).rejects.toThrow();

    expect(test.hub.findings()).toEqual([finding('a', { Confidence: 42 })]);
    expect(test.hub.calls()).toMatchObject([{ status: null, reply: { ProcessedFindings: [a] } }]);
  });

  it('apply an update, then answer without either list', async () => {
    const test = await serveTestHub();
    test.hub.seed([finding('a')]);
    test.hub.faults.emptyReply();

    const reply = await send(test);

    expect(reply).not.toHaveProperty('ProcessedFindings');
    expect(test.hub.findings()).toEqual([finding('a', { Confidence: 42 })]);
  });

  it('never answer and never apply', async () => {
    const test = await serveTestHub();
    test.hub.seed([finding('a')]);
    test.hub.faults.hang();

    await expect(send(test, AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'AbortError' });

    expect(test.hub.findings()).toEqual([finding('a')]);
    expect(test.hub.calls()).toMatchObject([{ status: null, reply: null }]);
  });

  it('answer late, by so much', async () => {
    const test = await serveTestHub();
    test.hub.seed([finding('a')]);
    test.hub.faults.delayCalls(60);
    const startMs = performance.now();

    await send(test);

    // Timers may fire up to a millisecond early.
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(59);
  });
});
