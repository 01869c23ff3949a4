import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { compileGetter, parsePath } from '../../lib/findings/path.ts';
import { readSamples } from './content.ts';

const samples = [...readSamples()];
const everySample = JSON.stringify(samples);

/** What BatchImportFindings requires: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
const REQUIRED = [
  'SchemaVersion',
  'Id',
  'ProductArn',
  'GeneratorId',
  'AwsAccountId',
  'CreatedAt',
  'UpdatedAt',
  'Title',
  'Description',
  'Resources',
  'Severity',
];

/** Account ids that stand for nobody: the ones AWS documentation uses, and runs of digits like them. */
const INVENTED_ACCOUNTS = [
  '111122223333',
  '123456789012',
  '222233334444',
  '333344445555',
  '444455556666',
  '555566667777',
  '666677778888',
  '777788889999',
];

function read(path: string, finding: unknown): unknown {
  const parsed = parsePath(path);
  if (parsed === null) throw new Error(`"${path}" is no path.`);
  return compileGetter(parsed)(finding);
}

/** The values that the samples have at a path, each once. */
function valuesOf(path: string): ReadonlySet<unknown> {
  return new Set(samples.flatMap(([, finding]) => read(path, finding) ?? []));
}

describe('the samples', () => {
  it.each(samples)('%s is a finding that a provider could import', (name, finding) => {
    const missing = REQUIRED.filter((member) => finding[member] === undefined);

    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(missing).toEqual([]);
    expect(finding.Id.length).toBeLessThanOrEqual(512);
    expect(String(finding.Title).length).toBeLessThanOrEqual(256);
    expect(String(finding.Description).length).toBeLessThanOrEqual(1024);
    expect(String(finding.UpdatedAt)).toMatch(/^2026-/);
    expect(Date.parse(String(finding.UpdatedAt))).toBeGreaterThanOrEqual(
      Date.parse(String(finding.CreatedAt)),
    );
  });

  it('are each a finding of its own', () => {
    const identities = new Set(samples.map(([, { ProductArn, Id }]) => `${ProductArn}\n${Id}`));

    expect(identities.size).toBe(samples.length);
  });

  it('name no account that could be somebody', () => {
    const accounts = new Set(everySample.match(/(?<![0-9a-f-])\d{12}(?![0-9a-f-])/g));

    expect([...accounts].sort()).toEqual(INVENTED_ACCOUNTS);
  });

  it('name no address outside the documentation and private ranges', () => {
    const invented = new BlockList();
    invented.addSubnet('192.0.2.0', 24);
    invented.addSubnet('198.51.100.0', 24);
    invented.addSubnet('203.0.113.0', 24);
    invented.addSubnet('10.0.0.0', 8);
    invented.addAddress('0.0.0.0');

    const addresses = everySample.match(/\b\d{1,3}(\.\d{1,3}){3}\b/g) ?? [];
    const strangers = addresses.filter((address) => !invented.check(address));

    expect(addresses.length).toBeGreaterThan(20);
    expect(strangers).toEqual([]);
  });

  it('name no mailbox or site outside example.com', () => {
    const mailboxes = everySample.match(/[\w.]+@[\w.]+/g) ?? [];
    const strangers = mailboxes.filter((mailbox) => !mailbox.endsWith('@example.com'));

    expect(mailboxes.length).toBeGreaterThan(5);
    expect(strangers).toEqual([]);
  });

  it('vary over what rules tell apart', () => {
    const products = valuesOf('ProductFields["aws/securityhub/ProductName"]');

    expect(samples.length).toBeGreaterThanOrEqual(60);
    expect([...products]).toEqual(
      expect.arrayContaining([
        'Security Hub',
        'GuardDuty',
        'Inspector',
        'Macie',
        'IAM Access Analyzer',
        'Prowler',
      ]),
    );
    expect(valuesOf('AwsAccountId').size).toBeGreaterThanOrEqual(5);
    expect(valuesOf('Region').size).toBeGreaterThanOrEqual(4);
    expect(valuesOf('Severity.Label')).toEqual(
      new Set(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    );
    expect(valuesOf('Compliance.Status')).toEqual(new Set(['PASSED', 'FAILED', 'WARNING', 'NOT_AVAILABLE']));
    expect(valuesOf('RecordState')).toEqual(new Set(['ACTIVE', 'ARCHIVED']));
    expect(valuesOf('Workflow.Status')).toEqual(new Set(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']));
  });

  it('show findings that somebody touched, and findings of years ago', () => {
    const count = (path: string, present: boolean) =>
      samples.filter(([, finding]) => (read(path, finding) !== undefined) === present).length;

    expect(count('Note.UpdatedBy', true)).toBeGreaterThanOrEqual(5);
    expect(count('UserDefinedFields.triageHold', true)).toBe(1);
    expect(count('UserDefinedFields', true)).toBeGreaterThanOrEqual(2);
    expect(count('Resources[*].Tags', false)).toBeGreaterThanOrEqual(10);
    expect(count('FindingProviderFields', false)).toBeGreaterThanOrEqual(3);
    expect(count('Severity.Label', false)).toBeGreaterThanOrEqual(1);
    expect(count('Workflow', false)).toBeGreaterThanOrEqual(1);
  });
});
