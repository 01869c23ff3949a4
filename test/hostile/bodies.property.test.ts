import { assertNoPoisoning } from '@fast-check/poisoning';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MESSAGE_LIMIT_BYTES, sizeOf } from '../../lambdas/triage/dead-letter.ts';
import { type Message, readMessages } from '../../lambdas/triage/message.ts';
import type { TriageReport } from '../../lambdas/triage/pipeline.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { findRefusedCharacter } from '../../lib/local/sqs/message-text.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { run, type World, world } from '../lambdas/triage/world.ts';
import { CANARY } from './canary.ts';
import { hostileBody, wrongTypes } from './generate-body.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';

/** HOSTILE_RUNS makes it longer: each run is a batch of up to 8 bodies. */
const numRuns = Number(process.env.HOSTILE_RUNS ?? 3_000);

let ruleset: Ruleset;
beforeAll(() => {
  const rules = HOSTILE_RULES.map((rule, n) => ({
    ...{ owner: '@acme/secops', mode: 'enforce', priority: 100 + n },
    ...rule,
  }));
  ruleset = loadRulesetOrThrow(writeRules({}, rules));
});

/** Each message ends once: in endings that name it, or without any finding to decide. */
function expectAccounted(report: TriageReport, bodies: readonly string[]): void {
  const messages: readonly Message[] = bodies.map((body, n) => ({ id: `m-${n}`, body, receipt: null }));
  const named = new Set(report.endings.flatMap(({ messageIds }) => messageIds));
  const intake = readMessages(messages);
  expect(named.size + intake.ignored).toBe(bodies.length);
  expect(report.endings.length).toBe(
    intake.messagesOf.size + intake.invalid.length + intake.malformed.length,
  );
  for (const { outcome, deadLetter } of report.endings)
    expect(deadLetter !== null).toBe(outcome.outcome === 'deadLettered');
}

function expectSound({ payloads, letters }: World): void {
  for (const payload of payloads) {
    expect(
      Reflect.ownKeys(payload).filter((name) => !UPDATABLE_FIELDS.some((field) => field === name)),
    ).toEqual([]);
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
    expect(payload.Workflow).toBeUndefined();
  }
  for (const letter of letters) {
    expect(findRefusedCharacter(letter.body)).toBeNull();
    for (const text of Object.values(letter.attributes)) {
      expect(findRefusedCharacter(text)).toBeNull();
      expect(text).not.toBe('');
      expect(text).not.toContain(CANARY);
    }
    expect(sizeOf(letter)).toBeLessThanOrEqual(MESSAGE_LIMIT_BYTES);
    expect(() => JSON.parse(letter.body)).not.toThrow();
  }
}

/** What the test runner, its console, undici and Powertools keep on the global object is theirs. */
function expectCleanGlobals(): void {
  assertNoPoisoning({ ignoredRootRegex: /^(?:__vitest|awslambda$|console$|Symbol\(undici)/ });
}

describe('the pipeline, on bodies that anyone might have written', () => {
  it('gives each a clear outcome, sends only what SQS and Security Hub accept, and leaves the globals alone', async () => {
    let bodies = 0;
    const outcomes = new Map<string, number>();

    await fc.assert(
      fc.asyncProperty(fc.array(hostileBody, { minLength: 1, maxLength: 8 }), async (batch) => {
        const there = world({ ruleset });
        const report = await run(there, batch);
        expectAccounted(report, batch);
        expectSound(there);
        bodies += batch.length;
        for (const { outcome } of report.endings) {
          const said = [outcome.outcome, outcome.cause?.code].filter(Boolean).join(' ');
          expect(said).not.toContain('DecisionFailed');
          outcomes.set(said, (outcomes.get(said) ?? 0) + 1);
        }
      }),
      { seed: 20260726, numRuns },
    );

    expectCleanGlobals();
    console.log(`${bodies} bodies: ${[...outcomes].map(([said, count]) => `${count} ${said}`).join(', ')}`);
    expect(bodies).toBeGreaterThan(3 * numRuns);
    // Not all of one kind, or it would show little.
    for (const said of ['updated', 'deadLettered MalformedEvent', 'deadLettered InvalidFinding'])
      expect(outcomes.get(said) ?? 0).toBeGreaterThan(bodies / 200);
  }, 300_000);

  it('decides a finding with any member, or inner member, of any wrong type', async () => {
    const cases = wrongTypes();
    const failed: string[] = [];

    for (const [path, finding] of cases) {
      const body = { 'detail-type': 'Security Hub Findings - Imported', detail: { findings: [finding] } };
      const there = world({ ruleset });
      const report = await run(there, [JSON.stringify(body)]);
      expectSound(there);
      const codes = report.endings.map(({ outcome }) => outcome.cause?.code);
      if (report.endings.length !== 1 || codes.includes('DecisionFailed')) failed.push(path);
    }

    expect(failed).toEqual([]);
    expect(cases.length).toBeGreaterThan(1_000);
    expectCleanGlobals();
  }, 120_000);
});
