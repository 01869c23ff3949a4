import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { connectSecurityHub, type SecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

/**
 * A Security Hub that answers as a test scripts it, and the product's own client connected to it, for all tests of a
 * file; calls are counted anew for each test.
 */
export function withScriptedHub(): { readonly aws: () => ScriptedAws; readonly hub: () => SecurityHub } {
  let aws: ScriptedAws | undefined;
  let hub: SecurityHub | undefined;

  beforeAll(async () => {
    aws = await startScriptedAws();
    vi.stubEnv('AWS_ENDPOINT_URL_SECURITYHUB', aws.endpoint);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    hub = connectSecurityHub();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await aws?.close();
  });
  beforeEach(() => {
    started(aws).calls.length = 0;
  });

  return { aws: () => started(aws), hub: () => started(hub) };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Only within a test.');
  return value;
}
