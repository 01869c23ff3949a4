import {
  BatchImportFindingsCommand,
  type BatchImportFindingsCommandInput,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { createTestHub, finding, productArn, serveTestHub, type TestHub } from './account.ts';

const a = { Id: 'a', ProductArn: productArn };
const controlArn = 'arn:aws:securityhub:us-west-1::product/aws/securityhub';

function importOne({ hub }: TestHub, id: string, members: Record<string, unknown> = {}): unknown {
  const delivery = hub.call('BatchImportFindings', { Findings: [finding(id, members)] });
  return delivery.kind === 'reply' && delivery.reply.kind === 'done' ? delivery.reply.body : delivery;
}

function stored({ hub }: TestHub, id = 'a'): Record<string, unknown> {
  return { ...hub.findings().find((candidate) => candidate.Id === id) };
}

/** An instant after every earlier one: an import must be newer to count. */
function later(minutes: number): string {
  return `2026-02-01T00:${String(minutes).padStart(2, '0')}:00Z`;
}

const imported = { FailedCount: 0, SuccessCount: 1, FailedFindings: [] };

describe('BatchImportFindings over HTTP with the AWS SDK', () => {
  it('creates findings with the provider’s values beside the top level, and emits their events', async () => {
    const { hub, client, events } = await serveTestHub();
    const Findings = [finding('a', { Confidence: 9 })];

    const reply = await client.send(
      // The SDK types each member, a raw finding none.
      new BatchImportFindingsCommand({ Findings } as unknown as BatchImportFindingsCommandInput),
    );

    expect(reply).toMatchObject(imported);
    expect(hub.findings()).toEqual([
      {
        ...finding('a'),
        Confidence: 9,
        Region: 'us-west-1',
        RecordState: 'ACTIVE',
        Workflow: { Status: 'NEW' },
        ProcessedAt: '2026-03-01T12:00:00.250Z',
        FindingProviderFields: {
          Confidence: 9,
          Severity: { Label: 'HIGH', Original: '8.1' },
          Types: ['TTPs/Discovery/Scan'],
        },
      },
    ]);
    expect(events.map((event) => event.resources)).toEqual([[`${productArn}/a`]]);
  });

  it('prefers FindingProviderFields over the top level and completes the severity from it', () => {
    const test = createTestHub();

    importOne(test, 'a', {
      ProductFields: { k: '' },
      FindingProviderFields: { Severity: { Label: 'LOW', Original: '1' } },
    });

    expect(stored(test).Severity).toEqual({ Label: 'LOW', Normalized: 1, Original: '1' });
  });

  it('ignores an import that is not newer', () => {
    const test = createTestHub();
    importOne(test, 'a');

    const same = importOne(test, 'a', { Title: 'Same instant' });
    const older = importOne(test, 'a', { Title: 'Older', UpdatedAt: '2025-01-01T00:00:00Z' });

    expect([same, older]).toEqual([imported, imported]);
    expect(stored(test).Title).toBe('A title');
    expect(test.events).toHaveLength(1);
  });

  it('never touches what customers manage', () => {
    const test = createTestHub();
    importOne(test, 'a', { Note: { Text: 'first', UpdatedBy: 'x', UpdatedAt: later(0) } });

    importOne(test, 'a', {
      UpdatedAt: later(1),
      Title: 'New title',
      Note: { Text: 'second', UpdatedBy: 'x', UpdatedAt: later(1) },
      UserDefinedFields: { k: 'v' },
      VerificationState: 'TRUE_POSITIVE',
      Workflow: { Status: 'RESOLVED' },
    });

    expect(stored(test)).toMatchObject({ Title: 'New title', Note: { Text: 'first' } });
    expect(stored(test)).toMatchObject({ Workflow: { Status: 'NEW' } });
    expect(stored(test)).not.toHaveProperty('UserDefinedFields');
    expect(stored(test)).not.toHaveProperty('VerificationState');
  });

  it('leaves a field that a customer set and keeps the provider’s value beside it', () => {
    const test = createTestHub();
    importOne(test, 'a');
    test.hub.call('BatchUpdateFindings', { FindingIdentifiers: [a], Severity: { Label: 'LOW' } });

    importOne(test, 'a', {
      UpdatedAt: later(1),
      Severity: { Label: 'CRITICAL', Original: '10' },
      Types: ['Effects/Data Exposure'],
    });

    expect(stored(test)).toMatchObject({
      Severity: { Label: 'LOW', Normalized: 1, Original: '8.1' },
      Types: ['Effects/Data Exposure'],
      FindingProviderFields: {
        Severity: { Label: 'CRITICAL', Original: '10' },
        Types: ['Effects/Data Exposure'],
      },
    });
  });

  it('takes a seeded field that differs from the provider’s for one that a customer set', () => {
    const test = createTestHub();
    const FindingProviderFields = { Severity: { Label: 'HIGH' }, Types: ['TTPs/Discovery/Scan'] };
    test.hub.seed([finding('a', { Severity: { Label: 'LOW' }, FindingProviderFields })]);

    importOne(test, 'a', { UpdatedAt: later(1), Severity: { Label: 'MEDIUM' }, Types: ['TTPs/x'] });

    expect(stored(test)).toMatchObject({ Severity: { Label: 'LOW' }, Types: ['TTPs/x'] });
  });
});

describe('the workflow resets of the service', () => {
  function afterReimport(
    status: string,
    before: Record<string, unknown>,
    after: Record<string, unknown>,
  ): unknown {
    const test = createTestHub();
    importOne(test, 'a', before);
    const identifier = { Id: 'a', ProductArn: String(before.ProductArn ?? productArn) };
    test.hub.call('BatchUpdateFindings', {
      FindingIdentifiers: [identifier],
      Workflow: { Status: status },
    });
    importOne(test, 'a', { ...before, UpdatedAt: later(1), ...after });
    return stored(test).Workflow;
  }
  const archived = { RecordState: 'ARCHIVED' };
  const passed = { Compliance: { Status: 'PASSED' } };

  it.each(['NOTIFIED', 'RESOLVED'])(
    'put %s back to NEW when an archived finding is active again',
    (status) => {
      expect(afterReimport(status, archived, { RecordState: 'ACTIVE' })).toEqual({ Status: 'NEW' });
      expect(afterReimport(status, {}, archived)).toEqual({ Status: status });
    },
  );

  it.each(['FAILED', 'WARNING', 'NOT_AVAILABLE'])('put RESOLVED back to NEW from PASSED to %s', (Status) => {
    expect(afterReimport('RESOLVED', passed, { Compliance: { Status } })).toEqual({ Status: 'NEW' });
    expect(afterReimport('RESOLVED', { Compliance: { Status } }, {})).toEqual({ Status: 'RESOLVED' });
  });

  it('leave SUPPRESSED', () => {
    expect(afterReimport('SUPPRESSED', archived, { RecordState: 'ACTIVE' })).toEqual({
      Status: 'SUPPRESSED',
    });
    expect(afterReimport('SUPPRESSED', { ProductArn: controlArn }, passed)).toEqual({ Status: 'SUPPRESSED' });
  });

  it('resolve control findings that pass, and those only', () => {
    expect(afterReimport('NEW', { ProductArn: controlArn }, passed)).toEqual({ Status: 'RESOLVED' });
    expect(afterReimport('NEW', {}, passed)).toEqual({ Status: 'NEW' });
  });
});

describe('what BatchImportFindings refuses', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a missing title', { Title: undefined }, 'Title is missing'],
    ['a title of 257 characters', { Title: 't'.repeat(257) }, 'Title'],
    ['a description of 1,025 characters', { Description: 't'.repeat(1025) }, 'Description'],
    ['an account that is none', { AwsAccountId: '12' }, 'AwsAccountId'],
    ['a date without time', { UpdatedAt: '2026-01-01' }, 'UpdatedAt'],
    ['no resources', { Resources: [] }, 'Resources'],
    ['a resource without type', { Resources: [{ Id: 'x' }] }, 'Resources[0].Type is missing'],
    ['a type of four parts', { Types: ['TTPs/a/b/c'] }, 'Types[0]'],
    ['a product field of 2,049 characters', { ProductFields: { k: 'v'.repeat(2049) } }, 'ProductFields[k]'],
    ['an empty type', { Types: [''] }, 'Types[0]'],
    ['a finding without severity', { Severity: undefined }, 'Severity is missing'],
    ['a finding without types', { Types: undefined }, 'Types is missing'],
    [
      'a recommendation of 513 characters',
      { Remediation: { Recommendation: { Text: 'r'.repeat(513) } } },
      'Text',
    ],
    ['an unknown schema', { SchemaVersion: '2020-01-01' }, 'SchemaVersion'],
    ['a compliance status that is none', { Compliance: { Status: 'OK' } }, 'Compliance.Status'],
    ['a short product ARN', { ProductArn: 'arn:x' }, 'ProductArn'],
  ])('is, by finding, %s', (_, members, why) => {
    const test = createTestHub();

    const body = importOne(test, 'a', members);

    expect(body).toEqual({
      FailedCount: 1,
      SuccessCount: 0,
      FailedFindings: [{ Id: 'a', ErrorCode: 'InvalidInput', ErrorMessage: expect.stringContaining(why) }],
    });
    expect(test.events).toEqual([]);
  });

  it('is a finding over 240 KB, while its neighbours are imported', () => {
    const test = createTestHub();
    const large = finding('large', { Padding: 'x'.repeat(240 * 1024) });

    const delivery = test.hub.call('BatchImportFindings', { Findings: [large, finding('a')] });

    expect(delivery).toMatchObject({
      reply: { body: { FailedCount: 1, SuccessCount: 1, FailedFindings: [{ Id: 'large' }] } },
    });
  });

  it('is, as a whole, a call with no finding, with more than 100, or with one that has no Id', () => {
    const { hub } = createTestHub();
    const many = Array.from({ length: 101 }, (_, index) => finding(`${index}`));

    for (const Findings of [[], many, [{ Title: 'x' }]]) {
      expect(hub.call('BatchImportFindings', { Findings })).toMatchObject({
        reply: { kind: 'refused', errorType: 'InvalidInputException', status: 400 },
      });
    }
  });
});
