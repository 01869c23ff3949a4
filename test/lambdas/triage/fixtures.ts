import type { Clock } from '../../../lambdas/triage/clock.ts';
import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';

export const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

export function identifier(n: number): FindingIdentifier {
  return { Id: `finding-${n}`, ProductArn: PRODUCT_ARN };
}

export function identifiers(count: number): FindingIdentifier[] {
  return Array.from({ length: count }, (_, n) => identifier(n));
}

/** An unmarked, active finding of a kind that the fixture ruleset notifies. */
export function finding(n: number, members: Record<string, unknown> = {}): Finding {
  return {
    ...identifier(n),
    SchemaVersion: '2018-10-08',
    AwsAccountId: '111122223333',
    ProductName: 'GuardDuty',
    Title: 'Invented finding',
    UpdatedAt: '2026-03-01T10:00:00.000Z',
    CreatedAt: '2026-02-01T10:00:00.000Z',
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    Severity: { Label: 'LOW' },
    Types: ['TTPs/Discovery'],
    ...members,
  };
}

export function importedEvent(findings: readonly unknown[], members: Record<string, unknown> = {}): string {
  return JSON.stringify({
    version: '0',
    id: '00000000-0000-4000-8000-000000000000',
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '111122223333',
    time: '2026-03-01T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { findings },
    ...members,
  });
}

/** Notifies GuardDuty findings, with one note for all. */
export const RULESET: Ruleset = {
  rules: [
    {
      name: 'notify-guardduty',
      owner: '@acme/secops',
      mode: 'enforce',
      priority: 100,
      conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
      event: {
        type: 'update',
        params: { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'Ticket opened' } },
      },
    },
  ],
  conditions: {},
  lists: {},
  accounts: {},
  config: DEFAULT_CONFIG,
  version: '0123456789ab',
};

/** The time of the fixture events plus one minute. */
export const NOW_MS = Date.parse('2026-03-01T10:01:00Z');

/** A clock on which sleeping takes no time but passes it. */
export function virtualClock(startMs = NOW_MS): Clock & { advance(durationMs: number): void } {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    sleep: async (durationMs) => {
      nowMs += durationMs;
    },
    random: () => 0.5,
    advance: (durationMs) => {
      nowMs += durationMs;
    },
  };
}
