import { describe, expect, it } from 'vitest';
import { readInvocation, readMessages } from '../../../lambdas/triage/message.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { finding, identifier, importedEvent } from './fixtures.ts';

describe('readInvocation', () => {
  it('takes a batch of the event source apart', () => {
    const record = (n: number, attributes?: object) => ({
      messageId: `m-${n}`,
      receiptHandle: `r-${n}`,
      body: 'text',
      attributes,
    });

    const { direct, messages } = readInvocation({
      Records: [record(1, { ApproximateReceiveCount: '3' }), record(2, {}), record(3)],
    });

    expect(direct).toBe(false);
    expect(messages).toEqual([
      { id: 'm-1', body: 'text', receipt: { handle: 'r-1', receiveCount: 3 } },
      { id: 'm-2', body: 'text', receipt: { handle: 'r-2', receiveCount: 1 } },
      { id: 'm-3', body: 'text', receipt: { handle: 'r-3', receiveCount: 1 } },
    ]);
  });

  it.each([
    ['an event', { detail: { findings: [] } }, '{"detail":{"findings":[]}}'],
    ['what only looks like a batch', { Records: 'none' }, '{"Records":"none"}'],
    ['null', null, 'null'],
    ['a text', 'text', '"text"'],
    ['nothing', undefined, ''],
  ])('takes %s as one message without a receipt', (_, event, body) => {
    expect(readInvocation(event)).toEqual({
      direct: true,
      messages: [{ id: 'direct', body, receipt: null }],
    });
  });
});

describe('readMessages', () => {
  const read = (...bodies: readonly string[]) =>
    readMessages(bodies.map((body, n) => ({ id: `m-${n}`, body, receipt: null })));

  it('reads each message on its own, whatever its neighbours hold', () => {
    const intake = read(
      'no json',
      importedEvent([finding(1), { Id: 'nameless' }]),
      importedEvent([], { 'detail-type': 'Security Hub Insight Results' }),
      importedEvent([finding(2)]),
    );

    expect(intake.snapshots.map(({ finding: { Id } }) => Id)).toEqual(['finding-1', 'finding-2']);
    expect(intake.malformed).toMatchObject([{ messageId: 'm-0', body: 'no json' }]);
    expect(intake.invalid).toMatchObject([{ messageId: 'm-1', finding: { Id: 'nameless' } }]);
    expect(intake.ignored).toBe(1);
  });

  it('keeps with each finding the event, its time, its message and what of it is no finding', () => {
    const body = importedEvent([finding(1), { Id: 'nameless' }]);

    const { snapshots, invalid, malformed } = read(body, '[]');

    const envelope = JSON.parse(body);
    expect(snapshots).toEqual([
      {
        finding: finding(1),
        event: { detailType: 'Security Hub Findings - Imported' },
        timeMs: Date.parse(envelope.time),
        envelope,
        messageId: 'm-0',
        redelivered: false,
      },
    ]);
    expect(invalid).toEqual([
      { finding: { Id: 'nameless' }, message: 'ProductArn is no string', messageId: 'm-0', envelope },
    ]);
    expect(malformed).toEqual([
      { kind: 'malformed', message: 'the body is no JSON object', body: '[]', messageId: 'm-1' },
    ]);
  });

  it('knows a message that was received before', () => {
    const body = importedEvent([finding(1)]);
    const received = [null, 1, 2, 7].map((receiveCount, n) => ({
      id: `m-${n}`,
      body,
      receipt: receiveCount === null ? null : { handle: 'r', receiveCount },
    }));

    const { snapshots } = readMessages(received);

    expect(snapshots.map(({ redelivered }) => redelivered)).toEqual([false, false, true, true]);
  });

  it('ignores an event without findings, but none that holds only what is no finding', () => {
    expect(read(importedEvent([]))).toMatchObject({ ignored: 1, snapshots: [], invalid: [] });
    expect(read(importedEvent([{ Id: 'nameless' }])).ignored).toBe(0);
    expect(read(importedEvent([finding(1)])).ignored).toBe(0);
    expect(read('no json').ignored).toBe(0);
  });

  it('knows every message that waits for a finding', () => {
    const intake = read(importedEvent([finding(1)]), importedEvent([finding(2), finding(1)]));

    expect(intake.messagesOf).toEqual(
      new Map([
        [findingKey(identifier(1)), ['m-0', 'm-1']],
        [findingKey(identifier(2)), ['m-1']],
      ]),
    );
  });
});
