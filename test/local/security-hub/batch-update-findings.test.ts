import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { createTestHub, finding, productArn, serveTestHub } from './account.ts';

const a = { Id: 'a', ProductArn: productArn };
const b = { Id: 'b', ProductArn: productArn };
const unknown = { Id: 'nobody', ProductArn: productArn };

describe('BatchUpdateFindings over HTTP with the AWS SDK', () => {
  it('updates findings, answers in the order of the request and leaves UpdatedAt alone', async () => {
    const { hub, client } = await serveTestHub();
    hub.seed([finding('a'), finding('b')]);

    const reply = await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [b, a],
        Workflow: { Status: 'SUPPRESSED' },
        Severity: { Label: 'LOW' },
        VerificationState: 'BENIGN_POSITIVE',
        Confidence: 0,
        Criticality: 100,
        Types: ['Effects/Data Exposure'],
        RelatedFindings: [a],
        UserDefinedFields: { team: 'blue' },
        Note: { Text: 'Known.', UpdatedBy: 'triage' },
      }),
    );

    expect(reply).toMatchObject({ ProcessedFindings: [b, a], UnprocessedFindings: [] });
    for (const id of ['a', 'b']) {
      expect(hub.findings()).toContainEqual(
        finding(id, {
          Workflow: { Status: 'SUPPRESSED' },
          Severity: { Label: 'LOW', Normalized: 1, Original: '8.1' },
          VerificationState: 'BENIGN_POSITIVE',
          Confidence: 0,
          Criticality: 100,
          Types: ['Effects/Data Exposure'],
          RelatedFindings: [{ ProductArn: productArn, Id: 'a' }],
          UserDefinedFields: { team: 'blue' },
          Note: { Text: 'Known.', UpdatedBy: 'triage', UpdatedAt: '2026-03-01T12:00:00.250Z' },
        }),
      );
    }
  });

  it('tells of each identifier that it could not update, and updates the others', async () => {
    const { hub, client } = await serveTestHub();
    // 100 bytes of room for a note, its author and its instant
    const frame = Buffer.byteLength(JSON.stringify(finding('large', { Padding: '' })));
    hub.seed([
      finding('a'),
      finding('busy'),
      finding('twice'),
      finding('large', { Padding: 'x'.repeat(240 * 1024 - frame - 100) }),
    ]);
    hub.faults.fail({ Id: 'busy', ProductArn: productArn }, 'ConcurrentUpdateError');
    const identifiers = ['nobody', 'twice', 'a', 'large', 'twice', 'busy'].map((Id) => ({
      Id,
      ProductArn: productArn,
    }));

    const reply = await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: identifiers,
        Note: { Text: 'n'.repeat(100), UpdatedBy: 'triage' },
      }),
    );

    expect(reply.ProcessedFindings).toEqual([a]);
    const [nobody, twice, , large, , busy] = identifiers;
    expect(reply.UnprocessedFindings).toEqual([
      { FindingIdentifier: nobody, ErrorCode: 'FindingNotFound', ErrorMessage: 'Finding Not Found' },
      {
        FindingIdentifier: twice,
        ErrorCode: 'DuplicatedFindingIdentifier',
        ErrorMessage: 'Finding Identifier is duplicated',
      },
      {
        FindingIdentifier: large,
        ErrorCode: 'FindingSizeExceeded',
        ErrorMessage: 'Finding size exceeded 240 KB',
      },
      {
        FindingIdentifier: twice,
        ErrorCode: 'DuplicatedFindingIdentifier',
        ErrorMessage: 'Finding Identifier is duplicated',
      },
      {
        FindingIdentifier: busy,
        ErrorCode: 'ConcurrentUpdateError',
        ErrorMessage: 'Concurrent finding updates detected',
      },
    ]);
    expect(hub.findings().filter((stored) => 'Note' in stored)).toHaveLength(1);
  });

  it('finds none for an identifier that is longer or shorter than any, and updates the others', () => {
    const { hub } = createTestHub();
    hub.seed([finding('a')]);
    const long = { Id: 'i'.repeat(513), ProductArn: productArn };
    const short = { Id: 'a', ProductArn: 'arn' };

    const delivery = hub.call('BatchUpdateFindings', { FindingIdentifiers: [long, a, short], Confidence: 1 });

    expect(delivery).toMatchObject({
      reply: {
        body: {
          ProcessedFindings: [a],
          UnprocessedFindings: [long, short].map((FindingIdentifier) => ({
            FindingIdentifier,
            ErrorCode: 'FindingNotFound',
          })),
        },
      },
    });
  });

  it('accepts a finding of exactly 240 KB', () => {
    const { hub } = createTestHub();
    const frame = Buffer.byteLength(JSON.stringify(finding('a', { Padding: '', Confidence: 1 })));
    hub.seed([finding('a', { Padding: 'x'.repeat(240 * 1024 - frame) })]);

    const fits = hub.call('BatchUpdateFindings', { FindingIdentifiers: [a], Confidence: 1 });
    const exceeds = hub.call('BatchUpdateFindings', { FindingIdentifiers: [a], Confidence: 10 });

    expect(fits).toMatchObject({ reply: { body: { ProcessedFindings: [a] } } });
    expect(exceeds).toMatchObject({
      reply: { body: { UnprocessedFindings: [{ ErrorCode: 'FindingSizeExceeded' }] } },
    });
  });

  it('refuses a request that breaks the API with the type that the SDK knows', async () => {
    const { hub, client } = await serveTestHub();
    const identifiers = Array.from({ length: 101 }, (_, index) => ({ ...a, Id: `${index}` }));

    const call = client.send(
      new BatchUpdateFindingsCommand({ FindingIdentifiers: identifiers, Confidence: 1 }),
    );

    await expect(call).rejects.toMatchObject({
      name: 'InvalidInputException',
      $metadata: { httpStatusCode: 400 },
      message: expect.stringContaining('1 to 100 items, not 101'),
      Code: 'InvalidInput',
    });
    expect(hub.calls()).toMatchObject([{ operation: 'BatchUpdateFindings', status: 400 }]);
  });

  it('leaves findings unprocessed whose new types do not have the form of ASFF', () => {
    const { hub } = createTestHub();
    hub.seed([finding('a')]);

    const delivery = hub.call('BatchUpdateFindings', { FindingIdentifiers: [a], Types: ['TTPs/a/b/c'] });

    expect(delivery).toMatchObject({
      reply: {
        body: { UnprocessedFindings: [{ ErrorCode: 'InvalidInput', ErrorMessage: 'Invalid Input' }] },
      },
    });
    expect(hub.findings()).toEqual([finding('a')]);
  });

  it('has findings in use while a call on them lasts', () => {
    const { hub, clock } = createTestHub();
    hub.seed([finding('a'), finding('b')]);
    hub.faults.delayCalls(500);
    hub.call('BatchUpdateFindings', { FindingIdentifiers: [a], Confidence: 1 });

    const during = hub.call('BatchUpdateFindings', { FindingIdentifiers: [a, b], Confidence: 2 });
    clock.nowMs += 500;
    const after = hub.call('BatchUpdateFindings', { FindingIdentifiers: [a], Confidence: 3 });

    expect(during).toMatchObject({
      reply: {
        body: {
          ProcessedFindings: [b],
          UnprocessedFindings: [{ FindingIdentifier: a, ErrorCode: 'ConcurrentUpdateError' }],
        },
      },
    });
    expect(after).toMatchObject({ reply: { body: { ProcessedFindings: [a] } } });
  });
});

describe('the events of BatchUpdateFindings', () => {
  const update = { FindingIdentifiers: [a, unknown], Workflow: { Status: 'NOTIFIED' } };

  it('are one for each processed finding, in the documented envelope', () => {
    const { hub, events } = createTestHub();
    hub.seed([finding('a')]);

    hub.call('BatchUpdateFindings', update);

    expect(events).toEqual([
      {
        version: '0',
        id: 'event-1',
        'detail-type': 'Security Hub Findings - Imported',
        source: 'aws.securityhub',
        account: '123456789012',
        time: '2026-03-01T12:00:00Z',
        region: 'us-west-1',
        resources: [`${productArn}/a`],
        detail: { findings: [finding('a', { Workflow: { Status: 'NOTIFIED' } })] },
      },
    ]);
  });

  it('come for an update that changes nothing too, unless that is turned off', () => {
    const note = { ...update, Note: { Text: 'again', UpdatedBy: 'triage' } };
    const counts = [true, false].map((emitNoOp) => {
      const { hub, events, clock } = createTestHub({ emitNoOp });
      hub.seed([finding('a')]);
      hub.call('BatchUpdateFindings', note);
      clock.nowMs += 1000;
      hub.call('BatchUpdateFindings', note);
      return events.length;
    });

    expect(counts).toEqual([2, 1]);
  });

  it('can be had for a stored finding as it stands', () => {
    const { hub, events } = createTestHub();
    hub.seed([{ Id: 'raw', ProductArn: 'x' }]);

    const known = hub.emitImported({ Id: 'raw', ProductArn: 'x' });
    const missing = hub.emitImported({ Id: 'raw', ProductArn: 'y' });

    expect([known, missing]).toEqual([true, false]);
    expect(events.map((event) => event.detail.findings)).toEqual([[{ Id: 'raw', ProductArn: 'x' }]]);
  });
});
