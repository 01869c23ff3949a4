import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { onTestFinished } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { SecurityHub, SecurityHubOptions } from '../../../lib/local/security-hub/contract.ts';
import { createSecurityHub } from '../../../lib/local/security-hub/security-hub.ts';
import { type ServeOptions, serveSecurityHub } from '../../../lib/local/security-hub/serve.ts';

export const region = 'us-west-1';
export const accountId = '123456789012';
export const productArn = `arn:aws:securityhub:${region}:${accountId}:product/${accountId}/default`;

/** A finding that keeps every constraint of BatchImportFindings. */
export function finding(id: string, members: Readonly<Record<string, unknown>> = {}): Finding {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: productArn,
    GeneratorId: 'generator',
    AwsAccountId: accountId,
    CreatedAt: '2026-01-01T00:00:00Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Title: 'A title',
    Description: 'A description',
    Severity: { Label: 'HIGH', Normalized: 70, Original: '8.1' },
    Types: ['TTPs/Discovery/Scan'],
    Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::bucket' }],
    ...members,
  };
}

type FindingEvent = Parameters<SecurityHubOptions['emit']>[0];

export interface TestHub {
  readonly hub: SecurityHub;
  readonly events: readonly FindingEvent[];
  readonly clock: { nowMs: number };
}

/** A hub whose clock stands still until the test moves it. */
export function createTestHub(options: Partial<SecurityHubOptions> = {}): TestHub {
  const events: FindingEvent[] = [];
  const clock = { nowMs: Date.parse('2026-03-01T12:00:00.250Z') };
  const hub = createSecurityHub({
    accountId,
    region,
    now: () => clock.nowMs,
    emit: (event) => events.push(event),
    newId: () => `event-${events.length + 1}`,
    ...options,
  });
  return { hub, events, clock };
}

export interface ServedTestHub extends TestHub {
  readonly endpoint: string;
  readonly client: SecurityHubClient;
}

/** The hub behind HTTP with an SDK client that does not retry; closed when the test ends. */
export async function serveTestHub(
  options: Partial<SecurityHubOptions> = {},
  serveOptions: ServeOptions = {},
): Promise<ServedTestHub> {
  const test = createTestHub(options);
  const { endpoint, close } = await serveSecurityHub(test.hub, serveOptions);
  const client = new SecurityHubClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await close();
  });
  return { ...test, endpoint, client };
}
