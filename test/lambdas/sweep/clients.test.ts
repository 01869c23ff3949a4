import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectFindingPages, type FindingPages } from '../../../lambdas/sweep/finding-pages.ts';
import { connectIngest, type Ingest } from '../../../lambdas/sweep/ingest.ts';
import { readEvent } from '../../../lib/findings/read-event.ts';
import { finding, identifier, NOW_MS } from '../triage/fixtures.ts';
import { type ReceivedCall, type ScriptedAws, startScriptedAws } from '../triage/scripted-aws.ts';

let aws: ScriptedAws;
let pages: FindingPages;
let ingest: Ingest;

beforeAll(async () => {
  aws = await startScriptedAws();
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', aws.endpoint);
  vi.stubEnv('AWS_ENDPOINT_URL_SECURITYHUB', aws.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  pages = connectFindingPages();
  ingest = connectIngest({
    queueUrl: `${aws.endpoint}/111122223333/ingest`,
    accountId: '111122223333',
    region: 'eu-west-1',
    nowMs: () => NOW_MS,
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(() => {
  aws.calls.length = 0;
});

/** Confirms every entry but those at the given positions. */
function confirm({ body }: ReceivedCall, failing: readonly string[] = []) {
  const entries: readonly Entry[] = body.Entries;
  return {
    json: {
      Successful: entries
        .filter(({ Id }) => !failing.includes(Id))
        .map(({ Id, MessageBody }) => ({
          ...{ Id, MessageId: Id },
          MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
        })),
      Failed: failing.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
    },
  };
}

describe('pages of findings', () => {
  it('are asked for by a hundred in the order of their creation, and a page says where the next begins', async () => {
    aws.script(() => ({ json: { Findings: [finding(1), { Title: 'no identity' }], NextToken: 'next' } }));

    const answer = await pages.page({ RecordState: [] }, 'here', 5_000);

    expect(answer).toMatchObject({
      kind: 'answered',
      reply: { findings: [identifier(1)], nextToken: 'next' },
    });
    expect(aws.calls).toEqual([
      {
        operation: 'POST /findings',
        body: {
          Filters: { RecordState: [] },
          SortCriteria: [{ Field: 'CreatedAt', SortOrder: 'asc' }],
          MaxResults: 100,
          NextToken: 'here',
        },
      },
    ]);
  });

  it('end with one that names no token', async () => {
    aws.script(() => ({ json: { Findings: [] } }));

    const answer = await pages.page({}, null, 5_000);

    expect(answer).toEqual({ kind: 'answered', reply: { findings: [], nextToken: null } });
    expect(aws.calls[0]?.body).not.toHaveProperty('NextToken');
  });

  it('are not believed where a reply says nothing of findings', async () => {
    aws.script(() => ({ json: {} }));

    const answer = await pages.page({}, null, 5_000);

    expect(answer).toMatchObject({ kind: 'unavailable', cause: { code: 'IncompleteReply' } });
  });

  it('never throw, and are asked for once', async () => {
    aws.script(() => ({ status: 429, error: 'TooManyRequestsException' }));

    const answer = await pages.page({}, null, 5_000);

    expect(answer).toMatchObject({ kind: 'throttled' });
    expect(aws.calls).toHaveLength(1);
  });
});

describe('events for the ingest queue', () => {
  it('are what Security Hub would send, one finding each, ten a call', async () => {
    aws.script((call) => confirm(call));
    const findings = Array.from({ length: 12 }, (_, n) => finding(n));

    await ingest.send(findings);

    const bodies = aws.calls.flatMap(({ body }) => body.Entries.map((entry: Entry) => entry.MessageBody));
    expect(aws.calls.map(({ body }) => body.Entries.length)).toEqual([10, 2]);
    expect(bodies.map((body: string) => readEvent(body))).toEqual(
      findings.map((one) =>
        expect.objectContaining({ kind: 'findings', findings: [one], timeMs: NOW_MS, invalid: [] }),
      ),
    );
    expect(new Set(bodies.map((body: string) => JSON.parse(body).id)).size).toBe(12);
  });

  it('stay below a megabyte a call in sum', async () => {
    aws.script((call) => confirm(call));
    const large = Array.from({ length: 6 }, (_, n) => finding(n, { Description: 'x'.repeat(240_000) }));

    await ingest.send(large);

    expect(aws.calls.map(({ body }) => body.Entries.length)).toEqual([4, 2]);
  });

  it('are sent again, those alone that were not confirmed', async () => {
    aws.script((call, position) => confirm(call, position === 0 ? ['1'] : []));

    await ingest.send([finding(0), finding(1), finding(2)]);

    const ids = aws.calls.map(({ body }) =>
      body.Entries.map(({ MessageBody }: Entry) => JSON.parse(MessageBody).detail.findings[0].Id),
    );
    expect(ids).toEqual([['finding-0', 'finding-1', 'finding-2'], ['finding-1']]);
  });

  it('are never taken as sent where SQS did not confirm each', async () => {
    aws.script(() => ({ json: {} }));

    await expect(ingest.send([finding(0), finding(1)])).rejects.toThrow(
      'SQS did not take 2 events into the ingest queue',
    );
    expect(aws.calls).toHaveLength(3);
  });

  it('are none where there is nothing to send', async () => {
    await ingest.send([]);

    expect(aws.calls).toEqual([]);
  });
});

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}
