import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as eventsClient from '@aws-sdk/client-eventbridge';
import * as hubClient from '@aws-sdk/client-securityhub';
import * as sqsClient from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleEntry, ES_MODULES } from '../../../lib/infrastructure/bundle/bundle-entry.ts';
import { createEventDoor } from '../../../lib/local/event-door/put-events.ts';
import { CHOSEN_EVENT_READINGS } from '../../../lib/local/event-readings.ts';
import { createSecurityHub } from '../../../lib/local/security-hub/security-hub.ts';
import { serveSecurityHub } from '../../../lib/local/security-hub/serve.ts';
import { serveEventsApi } from '../../../lib/local/serve-events-api.ts';
import { serveQueueService } from '../../../lib/local/sqs/queue-server.ts';
import { createQueueService } from '../../../lib/local/sqs/queue-service.ts';
import { temporaryDir } from '../temporary-dir.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import type { makeCalls } from './sdk-calls.ts';

const ENTRY = fileURLToPath(new URL('./sdk-calls.ts', import.meta.url));
const PRODUCT = 'arn:aws:securityhub:us-west-1:123456789012:product/123456789012/default';
const FINDINGS = ['a', 'b', 'gone'].map((Id) => ({ Id, ProductArn: PRODUCT }));
const HUB_ERRORS = kindsOf(hubClient.SecurityHubServiceException, hubClient);
const SQS_ERRORS = kindsOf(sqsClient.SQSServiceException, sqsClient);
const EVENTS_ERRORS = kindsOf(eventsClient.EventBridgeServiceException, eventsClient);

const ROLE = 'arn:aws:iam::111122223333:role/function';

/** Where no queue is: the SDK is told the endpoint, and an address that differs would differ in every digest. */
const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead';

type Calls = typeof makeCalls;
let shaken: Calls;
let whole: Calls;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const [ours, plain] = [temporaryDir(), temporaryDir()];
  await bundleEntry({ entry: ENTRY, outDir: ours });
  await build({ ...ES_MODULES, entryPoints: [{ in: ENTRY, out: 'index' }], outdir: plain });
  shaken = await callsIn(ours);
  whole = await callsIn(plain);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const close of closing) await close();
});

async function callsIn(dir: string): Promise<Calls> {
  return (await import(pathToFileURL(join(dir, 'index.mjs')).href)).makeCalls;
}

/** What came over the wire and what came of it, on services of their own; only their ports differ. */
async function whatHappens(makeCalls: Calls, script?: { status: number; errorType: string }) {
  const { hub, sqs, events } = await startServices();
  if (script !== undefined) for (const proxy of [hub, sqs, events]) proxy.answer(script);
  const endpoints = { hub: hub.endpoint, sqs: sqs.endpoint, events: events.endpoint };
  const where = { ...endpoints, queueUrl: QUEUE_URL, findings: FINDINGS };
  const results = await makeCalls(where);
  const text = JSON.stringify({ results, requests: [...hub.take(), ...sqs.take(), ...events.take()] });
  return JSON.parse(text.replace(/127\.0\.0\.1:\d+/g, 'localhost'));
}

async function startServices(): Promise<Readonly<Record<'hub' | 'sqs' | 'events', RecordingProxy>>> {
  const now = () => Date.parse('2026-03-01T12:00:00Z');
  const securityHub = createSecurityHub({
    accountId: '123456789012',
    region: 'us-west-1',
    now,
    emit: () => {},
  });
  for (const { Id, ProductArn } of FINDINGS.slice(0, 2)) securityHub.seed([stored(Id, ProductArn)]);
  const queues = createQueueService({ region: 'eu-west-1', accountId: '111122223333', now });
  queues.addQueue('dead');
  const servedHub = await serveSecurityHub(securityHub);
  const servedQueues = await serveQueueService(queues);
  const hub = await startRecordingProxy(servedHub.endpoint);
  const sqs = await startRecordingProxy(servedQueues.endpoint);
  const door = createEventDoor({
    ...{ accountId: '111122223333', region: 'eu-west-1', partition: 'aws', buses: ['decisions'], now },
    authorize: () => 'allowed',
    emit: () => {},
  });
  const rules = { list: () => [], add: () => {}, put: () => {}, remove: () => {} };
  const servedEvents = await serveEventsApi(
    { door, rules, region: 'eu-west-1', readings: CHOSEN_EVENT_READINGS },
    { arnOf: () => ROLE, operatorArn: ROLE, authorize: () => 'allowed' },
  );
  const events = await startRecordingProxy(servedEvents.endpoint);
  closing.push(hub.close, sqs.close, events.close, servedHub.close, servedQueues.close, servedEvents.close);
  return { hub, sqs, events };
}

function stored(Id: string, ProductArn: string) {
  return {
    SchemaVersion: '2018-10-08',
    Id,
    ProductArn,
    GeneratorId: 'generator',
    AwsAccountId: '123456789012',
    CreatedAt: '2026-01-01T00:00:00Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Title: 'A title',
    Description: 'A description',
    Severity: { Label: 'HIGH', Normalized: 70, Original: '8.1' },
    Types: ['TTPs/Discovery/Scan'],
    Resources: [
      {
        Type: 'AwsEc2Instance',
        Id: 'i-1',
        Tags: { env: 'prod' },
        Details: { AwsEc2Instance: { LaunchedAt: '2026-01-01T00:00:00Z', IpV4Addresses: ['10.0.0.1'] } },
      },
    ],
    Vulnerabilities: [{ Id: 'CVE-2026-0001', EpssScore: 0.97, Cvss: [{ Version: '3.1', BaseScore: 9.8 }] }],
  };
}

describe('what is left out of the bundle', () => {
  it('changes no byte of a request and nothing of an answer or an error', async () => {
    const expected = await whatHappens(whole);

    const found = await whatHappens(shaken);

    expect(expected.requests).toHaveLength(10);
    expect(expected.results[0]).toMatchObject({ ProcessedFindings: [{ Id: 'a' }, { Id: 'b' }] });
    expect(expected.results[2]).toMatchObject({ Findings: [{ Id: 'a' }, { Id: 'b' }] });
    expect(expected.results[4]).toMatchObject({ Successful: [{ Id: '0' }], Failed: [{ Id: '1' }] });
    expect(expected.results[8]).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{}, { ErrorCode: 'InvalidArgument' }],
    });
    expect(expected.results[9]).toMatchObject({ name: 'ValidationException' });
    expect(found).toEqual(expected);
  });

  it.each([...HUB_ERRORS, 'UnheardOfException'])('knows %s of Security Hub as before', async (errorType) => {
    const script = { status: 400, errorType };
    const expected = await whatHappens(whole, script);

    const found = await whatHappens(shaken, script);

    expect(expected.results[0]).toMatchObject({ name: errorType });
    expect(expected.results[2]).toMatchObject({ name: errorType });
    expect(found).toEqual(expected);
  });

  it.each(SQS_ERRORS)('knows %s of SQS as before', async (errorType) => {
    const script = { status: 400, errorType };
    const expected = await whatHappens(whole, script);

    const found = await whatHappens(shaken, script);

    expect(expected.results[4]).toMatchObject({ name: errorType });
    expect(found).toEqual(expected);
  });

  it.each(EVENTS_ERRORS)('knows %s of EventBridge as before', async (errorType) => {
    const script = { status: 400, errorType };
    const expected = await whatHappens(whole, script);

    const found = await whatHappens(shaken, script);

    expect(expected.results[8]).toMatchObject({ name: errorType });
    expect(found).toEqual(expected);
  });
});

function kindsOf(base: abstract new (...args: never[]) => Error, client: object): readonly string[] {
  return Object.entries(client).flatMap(([name, member]) =>
    typeof member === 'function' && member.prototype instanceof base ? [name] : [],
  );
}
