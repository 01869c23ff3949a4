import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../lib/export/finding-source.ts';
import { finding } from '../lambdas/triage/fixtures.ts';
import { type ScriptedAws, startScriptedAws } from '../lambdas/triage/scripted-aws.ts';

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await startScriptedAws();
});
afterAll(() => aws.close());
afterEach(() => vi.unstubAllEnvs());

async function firstPage(json: object) {
  aws.script(() => ({ json }));
  vi.stubEnv('AWS_ENDPOINT_URL_SECURITYHUB', aws.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const connection = await connect();
  if (connection.kind === 'unconfigured') throw new Error(connection.why);
  const page = await connection.source.page({}, null);
  connection.source.close();
  return page;
}

describe('the source of an export', () => {
  it('tells findings, and where the next page begins', async () => {
    expect(await firstPage({ Findings: [finding(1)], NextToken: 'next' })).toEqual({
      kind: 'answered',
      reply: { findings: [finding(1)], nextToken: 'next' },
    });
  });

  it('does not take a reply that says nothing of findings for the end of them', async () => {
    expect(await firstPage({})).toMatchObject({ kind: 'unavailable', cause: { code: 'IncompleteReply' } });
  });
});
