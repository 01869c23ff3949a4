import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAccount } from '../account.ts';
import { deadLettersOf } from './dead-letters.ts';
import type { LocalOutcome } from './outcomes.ts';

/** The files that a run leaves, one JSON value a line; README.md says what is in each. */
export const ARTIFACTS = [
  'outcomes.ndjson',
  'calls.ndjson',
  'dead-letters.ndjson',
  'findings.ndjson',
] as const;

/** Writes them into `dir`, which is made where it is missing; earlier ones are replaced. */
export function writeArtifacts(dir: string, account: LocalAccount, outcomes: readonly LocalOutcome[]): void {
  const calls = account.hub.calls().filter(({ operation }) => operation === 'BatchUpdateFindings');
  const records: Readonly<Record<(typeof ARTIFACTS)[number], readonly unknown[]>> = {
    'outcomes.ndjson': outcomes,
    'calls.ndjson': calls.map(({ at, request, status, reply }) => ({ at, request, status, reply })),
    'dead-letters.ndjson': deadLettersOf(account).map(({ queue, body, attributes }) => ({
      queue,
      body,
      attributes,
    })),
    'findings.ndjson': account.hub.findings(),
  };
  mkdirSync(dir, { recursive: true });
  for (const name of ARTIFACTS) {
    writeFileSync(join(dir, name), records[name].map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
}
