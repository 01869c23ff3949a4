import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { findRefusedCharacter } from '../../lib/local/sqs/message-text.ts';
import { deployAssembly } from '../under-fire/deployed-assembly.ts';
import { type Range, startRange } from '../under-fire/range.ts';
import { CANARY } from './canary.ts';
import { type Fired, fireBatch } from './fire-batch.ts';
import { hostileBody } from './generate-body.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';

const BODIES = Number(process.env.HOSTILE_BODIES ?? 600);
const SEED = 20_261_127;
const PER_BATCH = 25;

let range: Range;
beforeAll(async () => {
  range = await startRange(deployAssembly(HOSTILE_RULES, { callsPerSecond: 5, callBurst: 15 }), {
    quotas: 'off',
  });
  // Batches are handed over by the test; what Security Hub emits stays in the queue.
  for (const source of range.account.eventSources.values()) source.setEnabled(false);
});
afterAll(() => range?.account.close());

type Reading =
  | { readonly kind: 'malformed' | 'ignored' }
  | { readonly kind: 'findings'; readonly ids: readonly string[]; readonly invalid: boolean };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a body holds, read without the product's code. */
function readBody(body: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'malformed' };
  }
  if (!isObject(value) || typeof value['detail-type'] !== 'string') return { kind: 'malformed' };
  if (!/^Security Hub Findings - (Imported|Custom Action)$/.test(value['detail-type']))
    return { kind: 'ignored' };
  const findings = isObject(value.detail) ? value.detail.findings : undefined;
  if (!Array.isArray(findings)) return { kind: 'malformed' };
  const ids = findings.flatMap((finding) => {
    const { Id, ProductArn } = isObject(finding) ? finding : {};
    const isWhole =
      [Id, ProductArn].every((text) => typeof text === 'string' && text.trim() !== '') &&
      [...String(Id)].length <= 512 &&
      [...String(ProductArn)].length >= 12 &&
      [...String(ProductArn)].length <= 2048;
    return isWhole ? [String(Id)] : [];
  });
  return { kind: 'findings', ids, invalid: ids.length < findings.length };
}

/** Each body ends: in an outcome of every finding, or in a dead letter; where it holds nothing, it is let go. */
function expectAccounted(fired: Fired, bodies: readonly string[]): void {
  for (const [position, body] of bodies.entries()) {
    const reading = readBody(body);
    const said = fired.unread.get(position);
    if (reading.kind !== 'findings') {
      expect(said, body).toBe(reading.kind === 'malformed' ? 'deadLettered MalformedEvent' : undefined);
      continue;
    }
    if (reading.invalid) expect(said, body).toBe('deadLettered InvalidFinding');
    for (const id of reading.ids)
      expect(fired.outcomes.get(id), body).toMatch(/^(updated|unchanged|held|deadLettered \w+)$/);
  }
}

function expectSound({ ok, returned, outcomes, unread, letters, logs, requests }: Fired): void {
  expect(ok).toBe(true);
  expect(returned).toEqual([]);
  const ends = [...outcomes.values(), ...unread.values()];
  expect(ends.filter((end) => end.includes('DecisionFailed'))).toEqual([]);
  // One message may hold several findings that are none, each with a letter of its own.
  expect(letters.length).toBeGreaterThanOrEqual(ends.filter((end) => end.startsWith('deadLettered')).length);
  for (const letter of letters) {
    expect(findRefusedCharacter(letter)).toBeNull();
    expect(() => JSON.parse(letter)).not.toThrow();
  }
  for (const line of logs) {
    expect(line).toMatch(/^\{.*\}$/);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    // The identity is logged on purpose.
    const { Id: _, ProductArn: __, ...rest } = JSON.parse(line);
    expect(JSON.stringify(rest)).not.toContain(CANARY);
  }
  const members = new Set(requests.flatMap((request) => Object.keys(request)));
  expect([...members].filter((name) => !['FindingIdentifiers', ...UPDATABLE_FIELDS].includes(name))).toEqual(
    [],
  );
}

it('the deployed bundle gives every generated body a clear end, and quotes none in its log', async () => {
  const bodies = fc
    .sample(hostileBody, { numRuns: BODIES, seed: SEED })
    .map((body, n) => body.replaceAll('"whole"', `"whole-${n}"`));
  const ends = new Map<string, number>();

  for (let at = 0; at < bodies.length; at += PER_BATCH) {
    const batch = bodies.slice(at, at + PER_BATCH);
    const fired = await fireBatch(range, batch);

    expectAccounted(fired, batch);
    expectSound(fired);
    for (const end of [...fired.outcomes.values(), ...fired.unread.values()])
      ends.set(end, (ends.get(end) ?? 0) + 1);
  }

  console.log(`${bodies.length} bodies: ${[...ends].map(([end, count]) => `${count} ${end}`).join(', ')}`);
  // Not all of one kind, or it would show little.
  for (const end of ['updated', 'deadLettered MalformedEvent', 'deadLettered InvalidFinding'])
    expect(ends.get(end) ?? 0).toBeGreaterThan(bodies.length / 100);
}, 300_000);
