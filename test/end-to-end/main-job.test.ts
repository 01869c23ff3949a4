import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { synthesize } from '../../lib/local/run/synthesize.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { referenceDecide } from '../reference/decide.ts';
import { population } from './population.ts';

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const findings = population(1000);
const events = findings.map((finding) =>
  importedEvent(finding, {
    id: randomUUID(),
    account: '111122223333',
    region: 'eu-west-1',
    nowMs: Date.now(),
  }),
);

let assemblyDir: string;
let account: LocalAccount;

beforeAll(async () => {
  assemblyDir = synthesize({ rulesDir: RULES, mode: 'enforce' });
  account = await startLocalAccount({ assemblyDir, timeScale: 0.001 });
  account.hub.seed(findings);
  for (const event of events) account.emit(event);
  await account.settle();
});

afterAll(async () => {
  await account?.close();
  rmSync(assemblyDir, { recursive: true, force: true });
});

interface UpdateCall {
  readonly identifiers: readonly FindingIdentifier[];
  readonly payload: string;
}

function updateCalls(): readonly UpdateCall[] {
  return account.hub.calls().flatMap(({ operation, request }) => {
    if (operation !== 'BatchUpdateFindings') return [];
    const { FindingIdentifiers, ...update } = request as { FindingIdentifiers: readonly FindingIdentifier[] };
    return [{ identifiers: FindingIdentifiers, payload: canonicalJson(update) }];
  });
}

/** The nine fields as they stand, without the time the service adds to a note. */
function stateOf(finding: Finding): Record<string, unknown> {
  const { Note, ...fields } = Object.fromEntries(UPDATABLE_FIELDS.map((field) => [field, finding[field]]));
  const { UpdatedAt: _, ...note } = (Note ?? {}) as Record<string, unknown>;
  return { ...fields, Note: note };
}

/** The finding keys whose update each invocation confirmed, as the function logged them. */
function updatedByInvocation(): readonly (readonly string[])[] {
  const byRequest = new Map<string, string[]>();
  for (const lambda of account.functions.values()) {
    for (const { text } of lambda.logs()) {
      const line = text.startsWith('{') ? JSON.parse(text) : {};
      if (line.message !== 'finding' || line.outcome !== 'updated') continue;
      byRequest.set(line.function_request_id, [
        ...(byRequest.get(line.function_request_id) ?? []),
        findingKey(line),
      ]);
    }
  }
  return [...byRequest.values()];
}

describe('the deployed bundle, on 1,000 findings', () => {
  it('leaves Security Hub in the state that the independent reference says', () => {
    const ruleset = loadRulesetOrThrow(RULES);
    const now = Date.now();
    const expected = findings.map((finding) => {
      const { kind, update } = referenceDecide(finding, IMPORTED, ruleset, now);
      return kind === 'update' ? applyUpdate(finding, update) : finding;
    });
    const stored = new Map(account.hub.findings().map((finding) => [findingKey(finding), finding]));

    for (const finding of expected) {
      expect(stateOf(stored.get(findingKey(finding)) as Finding)).toEqual(stateOf(finding));
    }
    expect(expected.filter((finding, index) => finding !== findings[index]).length).toBeGreaterThan(300);
  });

  it('makes exactly as many calls as its batches need: one for each payload and started hundred', () => {
    const calls = updateCalls();
    const payloadOf = new Map(
      calls.flatMap(({ identifiers, payload }) => identifiers.map((id) => [findingKey(id), payload])),
    );

    const optimum = updatedByInvocation().map((keys) => {
      const counts = new Map<string | undefined, number>();
      for (const key of keys) counts.set(payloadOf.get(key), (counts.get(payloadOf.get(key)) ?? 0) + 1);
      return [...counts.values()].reduce((sum, count) => sum + Math.ceil(count / 100), 0);
    });

    expect(calls.length).toBe(optimum.reduce((sum, count) => sum + count, 0));
    expect(calls.length).toBeLessThan(calls.flatMap(({ identifiers }) => identifiers).length / 4);
    expect(Math.max(...calls.map(({ identifiers }) => identifiers.length))).toBeLessThanOrEqual(100);
  });

  it('sends each finding once: the events of its own updates come to rest', () => {
    const sent = updateCalls().flatMap(({ identifiers }) => identifiers.map(findingKey));

    expect(new Set(sent).size).toBe(sent.length);
    const taken = [...account.functions.values()].flatMap((lambda) => lambda.logs());
    const decisions = taken.filter(({ text }) => text.includes('"message":"finding"'));
    expect(decisions.length).toBe(findings.length + sent.length);
  });

  it('changes nothing and makes no call when every event is delivered a second time', async () => {
    const calls = updateCalls().length;
    const before = account.hub.findings();

    for (const event of events) account.emit(event);
    await account.settle();

    expect(updateCalls().length).toBe(calls);
    expect(account.hub.findings()).toEqual(before);
  });

  it('changes nothing and makes no call when every provider sends its finding again as it stands', async () => {
    const calls = updateCalls().length;

    for (const finding of account.hub.findings()) account.hub.emitImported(finding);
    await account.settle();

    expect(updateCalls().length).toBe(calls);
  });

  it('has lost and refused nothing on the way', () => {
    expect(account.undelivered()).toEqual([]);
    expect(account.resources.queues.flatMap(({ name }) => account.queues.peek(name))).toEqual([]);
    const failed = [...account.functions.values()]
      .flatMap((lambda) => lambda.invocations())
      .filter(({ result }) => !result.ok);
    expect(failed).toEqual([]);
  });
});
