import type { Surroundings } from './triage.ts';

const rule = (members: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ owner: '@acme/secops', priority: 10, mode: 'enforce', ...members });

const onProduct = (value: string) => ({ all: [{ fact: 'ProductName', operator: 'equal', value }] });

/** Rules of someone else than us: one enforced, one that observes. */
export function writeOwnRules({ write }: Surroundings): void {
  write(
    'own/rules/scans/notify-scanner.json',
    rule({
      name: 'notify-scanner',
      conditions: onProduct('Scanner'),
      event: {
        type: 'update',
        params: { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'Told the team.' } },
      },
    }),
  );
  write(
    'own/rules/scans/rate-probe.json',
    rule({
      name: 'rate-probe',
      mode: 'observe',
      conditions: onProduct('Probe'),
      event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
    }),
  );
}

export const ARN = 'arn:aws:securityhub:eu-west-1::product/example/scanner';
/** Clears the screen, turns what follows around, and sets the window's title. */
export const HOSTILE_ID = 'finding/\u001b[2J\u202egnp\u009b31m\u001b]0;owned\u0007';

export const finding = (Id: unknown, members: Readonly<Record<string, unknown>> = {}) => ({
  SchemaVersion: '2018-10-08',
  Id,
  ProductArn: ARN,
  ProductName: 'Scanner',
  AwsAccountId: '111122223333',
  CreatedAt: '2026-05-04T08:00:00.000Z',
  UpdatedAt: '2026-05-04T08:00:00.000Z',
  Title: 'A title \u001b[31m\u202e',
  Severity: { Label: 'HIGH', Original: 'HIGH' },
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
  FindingProviderFields: { Severity: { Label: 'HIGH', Original: 'HIGH' } },
  ...members,
});

/**
 * Security Hub takes findings of up to 240 KB; any update makes this one larger.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html
 */
export function justFits(Id: string): Readonly<Record<string, unknown>> {
  const withDescription = (Description: string) => finding(Id, { Description });
  const spare = 240 * 1024 - Buffer.byteLength(JSON.stringify(withDescription('')));
  return withDescription('x'.repeat(spare));
}

const event = (detailType: string, detail: unknown) => ({
  version: '0',
  id: '52a27f40-ef9f-26df-46cf-9f8c0f6a721c',
  'detail-type': detailType,
  source: 'aws.securityhub',
  account: '111122223333',
  time: '2026-05-04T08:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
});

/** Findings as lines, in which one comes twice, and events as one document. Returns the arguments that name them. */
export function writeOwnFindings({ write }: Surroundings): readonly string[] {
  const lines = [
    finding('finding/1'),
    finding('finding/2', { ProductName: 'Probe' }),
    finding('finding/3', { Workflow: { Status: 'SUPPRESSED' } }),
    finding('finding/4', { ProductName: 'Nobody writes rules for it' }),
    justFits(HOSTILE_ID),
    finding('finding/1'),
    finding(undefined),
    finding(7),
  ];
  const events = [
    event('Security Hub Findings - Imported', { findings: [finding('finding/5'), finding('finding/6')] }),
    event('Security Hub Insight Results', { insightName: 'Top', insightResults: [{ user: 2 }] }),
    event('Findings Imported V2', { findings: [{ metadata: { uid: 'ocsf/1' } }] }),
  ];
  return [
    write('findings.ndjson', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`),
    write('events.json', JSON.stringify(events, null, 2)),
  ];
}
