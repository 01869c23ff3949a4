import { describe, expect, it } from 'vitest';
import { failedMessages } from '../../../lib/local/event-source/batch-response.ts';

const BATCH = new Set(['a', 'b', 'c']);
const ALL = [...BATCH];

function failed(payload: string, reportsBatchItemFailures = true): readonly string[] {
  return [...failedMessages({ ok: true, payload }, BATCH, reportsBatchItemFailures)];
}

describe('failedMessages', () => {
  it.each([
    ['', []],
    ['null', []],
    ['{}', []],
    ['{"batchItemFailures":null}', []],
    ['{"batchItemFailures":[]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
    ['{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"c"}]}', ['b', 'c']],
  ])('reads %s as the failure of %j', (payload, expected) => {
    expect(failed(payload)).toEqual(expected);
  });

  it.each([
    'no JSON',
    '"done"',
    '[]',
    '{"batchItemFailures":{}}',
    '{"batchItemFailures":["b"]}',
    '{"batchItemFailures":[{"itemIdentifier":""}]}',
    '{"batchItemFailures":[{"itemIdentifier":null}]}',
    '{"batchItemFailures":[{"itemIdentifer":"b"}]}',
    '{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"unknown"}]}',
  ])('fails the whole batch on %s', (payload) => {
    expect(failed(payload)).toEqual(ALL);
  });

  it('fails the whole batch when the invocation failed', () => {
    const result = { ok: false, errorType: 'Error', errorMessage: 'down' } as const;

    expect([...failedMessages(result, BATCH, true)]).toEqual(ALL);
  });

  it('takes any response for success where partial responses are off', () => {
    expect(failed('{"batchItemFailures":[{"itemIdentifier":"b"}]}', false)).toEqual([]);
  });
});
