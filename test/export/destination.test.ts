import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Destination, type ExportRequest, openFile } from '../../lib/export/destination.ts';
import type { Position } from '../../lib/export/export-findings.ts';
import { finding } from '../local/security-hub/account.ts';

const REQUEST: ExportRequest = { asked: { severity: ['HIGH'] }, filters: { a: [] }, key: null };
const HALF: Position = { window: { b: [] }, nextToken: 'token', findings: 1, lastUpdatedMs: 5 };

function temporaryPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'triage-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, name);
}

async function open(path: string, request = REQUEST): Promise<Destination> {
  const opened = await openFile(path, request);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  return opened.destination;
}

async function leaveHalf(path: string): Promise<Destination> {
  const destination = await open(path);
  await destination.keep([finding('a')], HALF);
  destination.close();
  return destination;
}

describe('a file to export to', () => {
  it.each(['findings.ndjson', 'findings.ndjson.gz'])(
    '%s is gone on with, without half a page',
    async (name) => {
      const path = temporaryPath(name);
      const before = await leaveHalf(path);
      appendFileSync(path, '{"Id":"b","Produ');

      const after = await open(path, { ...REQUEST, filters: { other: [] } });
      await after.keep([finding('c')], { ...HALF, nextToken: null });
      after.complete();
      after.close();

      expect(after.from).toEqual(HALF);
      expect(after.filters).toEqual(REQUEST.filters);
      expect(Buffer.from(after.key)).toEqual(Buffer.from(before.key));
      expect([after.seen.add(finding('a')), after.seen.add(finding('c'))]).toEqual([false, true]);
      const bytes = readFileSync(path);
      const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toEqual([finding('a'), finding('c')]);
      expect(existsSync(`${path}.checkpoint`)).toBe(false);
    },
  );

  it('is for one export at a time, and free again once it is closed or refused', async () => {
    const path = temporaryPath('findings.ndjson');
    const first = await open(path);

    const second = await openFile(path, REQUEST);
    first.close();
    const other = await openFile(path, { ...REQUEST, asked: 'another' });
    if (other.kind === 'open') other.destination.close();

    expect(second).toEqual({ kind: 'locked', pid: process.pid });
    expect(other.kind).toBe('open');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('and its checkpoint, which holds the key, are read by their owner alone', async () => {
    const path = temporaryPath('findings.ndjson');

    await leaveHalf(path);

    expect([path, `${path}.checkpoint`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('keeps no key that was given', async () => {
    const path = temporaryPath('findings.ndjson');

    await open(path, { ...REQUEST, key: Buffer.from('secret-secret-secret') });

    expect(JSON.parse(readFileSync(`${path}.checkpoint`, 'utf8')).key).toBeNull();
  });

  it.each<[string, string, (path: string) => void, Partial<ExportRequest>]>([
    ['the file of somebody', 'exists', (path) => rmSync(`${path}.checkpoint`), {}],
    ['the beginning of another export', 'another', () => {}, { asked: { severity: ['LOW'] } }],
    ['a checkpoint without its file', 'broken', (path) => rmSync(path), {}],
    ['a file with less than was written', 'broken', (path) => writeFileSync(path, ''), {}],
    [
      'a checkpoint that is none',
      'broken',
      (path) => writeFileSync(`${path}.checkpoint`, '{"version":1}'),
      {},
    ],
  ])('is not %s', async (_, kind, change, request) => {
    const path = temporaryPath('findings.ndjson');
    await leaveHalf(path);
    change(path);

    expect(await openFile(path, { ...REQUEST, ...request })).toEqual({ kind });
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});
