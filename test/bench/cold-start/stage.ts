import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { indexEntriesOf } from '../../../lib/rules/engine/candidates/index-entries.ts';
import type { Rule } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { STARTER } from './start-child.ts';
import type { Variant } from './variants.ts';

/** A bundle on disk, ready to be started. */
export interface Staged {
  readonly name: string;
  readonly dir: string;
  readonly entry: string;
  readonly totalBytes: number;
  readonly initBytes: number;
}

/** A folder for all bundles of one run, and a Security Hub that confirms every update. */
export interface Stage {
  readonly starter: string;
  readonly environment: Readonly<Record<string, string>>;
  add(variant: Variant, ruleset: Ruleset, name?: string): Promise<Staged>;
  close(): Promise<void>;
}

/** Matches the one finding of the first event and nothing of the samples or the workload. */
const FIRST_RULE: Rule = {
  name: 'cold-start',
  owner: '@acme/platform',
  mode: 'enforce',
  priority: 1_000,
  conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'Cold start' }] },
  event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
};

export async function openStage(): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'cold-start-'));
  const starter = join(root, 'starter.mjs');
  writeFileSync(starter, STARTER);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { FindingIdentifiers = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ProcessedFindings: FindingIdentifiers, UnprocessedFindings: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let folders = 0;
  return {
    starter,
    environment: { ...ENVIRONMENT, AWS_ENDPOINT_URL_SECURITYHUB: endpoint, COLD_START_EVENT: firstEvent() },
    async add(variant, ruleset, name = variant.name) {
      folders += 1;
      const dir = join(root, `bundle-${folders}`);
      const { totalBytes, initBytes } = await variant.build(dir);
      const rules = [...ruleset.rules, FIRST_RULE];
      const staged = { ...ruleset, rules };
      writeFileSync(join(dir, 'ruleset.json'), JSON.stringify(staged));
      // As the asset has it: what the index is built of comes with the rules.
      writeFileSync(join(dir, 'ruleset-index.json'), JSON.stringify(indexEntriesOf(staged)));
      return { name, dir, entry: pathToFileURL(join(dir, variant.entry)).href, totalBytes, initBytes };
    },
    close() {
      rmSync(root, { recursive: true, force: true });
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a function has, and nothing of the shell the bench runs in. */
const ENVIRONMENT = {
  TZ: ':UTC',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_LAMBDA_FUNCTION_NAME: 'triage',
  TRIAGE_MODE: 'enforce',
  SUPPRESSIONS_PER_HOUR: 'none',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
  INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ingest',
};

function firstEvent(): string {
  const now = new Date().toISOString();
  return JSON.stringify({
    version: '0',
    id: '00000000-0000-4000-8000-000000000000',
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '111122223333',
    // Late enough that nothing is read again, however long the bench runs.
    time: new Date(Date.now() + 3_600_000).toISOString(),
    region: 'eu-west-1',
    resources: [],
    detail: { findings: [{ ...FINDING, CreatedAt: now, UpdatedAt: now }] },
  });
}

const FINDING = {
  SchemaVersion: '2018-10-08',
  Id: 'first',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/acme/cold-start',
  ProductName: 'Cold start',
  AwsAccountId: '111122223333',
  GeneratorId: 'cold-start',
  Title: 'The first finding',
  Description: 'Found by nobody',
  Types: ['Effects'],
  RecordState: 'ACTIVE',
  Workflow: { Status: 'NEW' },
  Severity: { Label: 'LOW' },
  Resources: [{ Type: 'Other', Id: 'other' }],
};
