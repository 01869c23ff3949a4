import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createInstance, readRuleset } from '../../../lambdas/triage/instance.ts';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../lib/rules/engine/fact.ts';
import { finding, NOW_MS, RULESET } from './fixtures.ts';

const ENVIRONMENT = {
  mode: 'observe',
  deadLetterQueueUrl: 'http://127.0.0.1/1/dead',
  ingestQueueUrl: 'http://127.0.0.1/1/ingest',
  callsPerSecond: 3,
  callBurst: 2,
  readsPerSecond: 1,
  suppressionsPerHour: null,
  decisionBusArn: null,
} as const;

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'triage-instance-'));
  writeFileSync(join(dir, 'ruleset.json'), JSON.stringify(RULESET));
  vi.stubEnv('AWS_REGION', 'eu-west-1');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

function create(file = 'ruleset.json') {
  const log = new Logger({ logLevel: 'SILENT' });
  return createInstance(ENVIRONMENT, readRuleset(pathToFileURL(join(dir, file))), log);
}

describe('createInstance', () => {
  it('reads the rules that were deployed beside the code', () => {
    expect(create()).toMatchObject({ ruleset: RULESET, mode: 'observe' });
  });

  it('builds the index of what was worked out with the rules, where that is of the same version', () => {
    const index = join(dir, 'ruleset-index.json');
    const candidates = () =>
      compileRuleset(create().ruleset).candidatesFor(
        subjectOf(finding(0), { detailType: 'Security Hub Findings - Imported' }, NOW_MS),
      );
    const own = candidates();

    writeFileSync(index, JSON.stringify({ version: RULESET.version, entries: [] }));
    const prepared = candidates();
    writeFileSync(index, JSON.stringify({ version: 'another', entries: [] }));
    const foreign = candidates();
    rmSync(index);

    expect(own.length).toBeGreaterThan(0);
    expect(prepared).toEqual([]);
    expect(foreign.map(({ rule }) => rule.name)).toEqual(own.map(({ rule }) => rule.name));
  });

  it('does not start without them', () => {
    expect(() => create('absent.json')).toThrow('absent.json');
  });

  it('opens each client once, on first use', async () => {
    const instance = create();

    const [hub, sameHub] = await Promise.all([instance.hub(), instance.hub()]);
    const [queues, sameQueues] = await Promise.all([instance.queues(), instance.queues()]);

    expect(sameHub).toBe(hub);
    expect(sameQueues).toBe(queues);
  });

  it('keeps its calls to the burst it was given', async () => {
    const { updates, clock } = create();
    const now = clock.nowMs();

    const taken = [await updates.take(now), await updates.take(now), await updates.take(now)];

    expect(taken).toEqual([true, true, false]);
  });
});
