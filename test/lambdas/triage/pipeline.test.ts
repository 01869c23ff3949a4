import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../../lambdas/triage/call-failure.ts';
import type { DeadLetter } from '../../../lambdas/triage/dead-letter.ts';
import { createDeliveryMemory } from '../../../lambdas/triage/delivery-memory.ts';
import type { Instance } from '../../../lambdas/triage/instance.ts';
import type { Message } from '../../../lambdas/triage/message.ts';
import { type TriageReport, triage } from '../../../lambdas/triage/pipeline.ts';
import type { SecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { createTokenBucket } from '../../../lambdas/triage/token-bucket.ts';
import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { UpdateReply } from '../../../lib/triage/reply.ts';
import { finding, identifier, importedEvent, NOW_MS, RULESET, virtualClock } from './fixtures.ts';

interface World {
  readonly instance: Instance;
  /** Identifiers of each update call. */
  readonly updates: FindingIdentifier[][];
  readonly reads: string[];
  readonly letters: DeadLetter[];
}

interface Situation {
  readonly mode?: 'observe' | 'enforce';
  readonly update?: (findings: readonly FindingIdentifier[]) => CallResult<UpdateReply>;
  /** Findings as they stand in Security Hub. */
  readonly stored?: readonly Finding[];
  readonly confirmLetters?: boolean;
}

/** The pipeline with its two services played in the process: what is tried here is the order of things. */
function world({ mode = 'enforce', update, stored = [], confirmLetters = true }: Situation = {}): World {
  const clock = virtualClock();
  const updates: FindingIdentifier[][] = [];
  const reads: string[] = [];
  const letters: DeadLetter[] = [];
  const hub: SecurityHub = {
    async update({ findings }) {
      updates.push([...findings]);
      return update?.(findings) ?? { kind: 'answered', reply: { processed: findings, unprocessed: [] } };
    },
    async read(identifiers) {
      reads.push(...identifiers.map(({ Id }) => Id));
      const asked = new Set(identifiers.map(findingKey));
      const findings = stored.filter((one) => asked.has(findingKey(one)));
      return { kind: 'answered', reply: { findings, nextToken: null } };
    },
  };
  const instance: Instance = {
    ruleset: RULESET,
    mode,
    clock,
    hub: async () => hub,
    queues: async () => ({
      async sendDeadLetters(sent) {
        letters.push(...sent);
        return new Set(confirmLetters ? sent.keys() : []);
      },
      delay: async () => 0,
    }),
    updates: createTokenBucket(3, 10, clock),
    reads: createTokenBucket(2, 2, clock),
    deliveries: createDeliveryMemory(),
    log: new Logger({ logLevel: 'SILENT' }),
  };
  return { instance, updates, reads, letters };
}

function message(body: string, n = 0): Message {
  return { id: `m-${n}`, body, receipt: { handle: `r-${n}`, receiveCount: 1 } };
}

async function run({ instance }: World, bodies: readonly string[]): Promise<TriageReport> {
  return triage(bodies.map(message), instance, NOW_MS + 300_000);
}

function outcomesOf({ endings }: TriageReport): string[] {
  return endings.map(({ outcome: { Id, outcome, cause } }) =>
    [Id, outcome, cause?.code].filter(Boolean).join(' '),
  );
}

const FAILED: CallResult<UpdateReply> = {
  kind: 'denied',
  cause: { code: 'AccessDeniedException', message: '' },
};

describe('triage', () => {
  it('decides every finding of every message and updates those with one payload in one call', async () => {
    const here = world();

    const report = await run(here, [
      importedEvent([finding(1), finding(2)]),
      importedEvent([]),
      importedEvent([finding(3, { ProductName: 'Inspector' })]),
      importedEvent([finding(4)]),
    ]);

    expect(outcomesOf(report)).toEqual([
      'finding-1 updated',
      'finding-2 updated',
      'finding-3 unchanged',
      'finding-4 updated',
    ]);
    expect(here.updates).toEqual([[identifier(1), identifier(2), identifier(4)]]);
    expect(report.calls).toMatchObject({ updateCalls: 1, sentIdentifiers: 3 });
  });

  it('does not send again what the same event has had done, but tries again what failed', async () => {
    const event = importedEvent([finding(1), finding(2)]);
    const unprocessed = { finding: identifier(2), cause: { code: 'InvalidInput', message: '' } };
    let isFirst = true;
    const here = world({
      update: (findings) => {
        const reply = isFirst
          ? { processed: [identifier(1)], unprocessed: [unprocessed] }
          : { processed: findings, unprocessed: [] };
        isFirst = false;
        return { kind: 'answered', reply };
      },
    });
    await run(here, [event]);

    const second = await run(here, [event]);

    expect(outcomesOf(second)).toEqual(['finding-1 unchanged', 'finding-2 updated']);
    expect(here.updates.slice(1)).toEqual([[identifier(2)]]);
  });

  it('lets superseded snapshots share the outcome of the newest', async () => {
    const here = world();
    const old = importedEvent([finding(1, { UpdatedAt: '2026-02-01T00:00:00Z', ProductName: 'Inspector' })]);

    const report = await run(here, [importedEvent([finding(1)]), old]);

    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
    expect(report.endings[0]?.messageIds).toEqual(['m-0', 'm-1']);
  });

  it('dead-letters what cannot be read and decides its neighbours', async () => {
    const here = world();

    const report = await run(here, [
      'no json',
      importedEvent([{ Id: 'x' }, finding(1)]),
      importedEvent([], { 'detail-type': 'Security Hub Insight Results' }),
    ]);

    expect(outcomesOf(report)).toEqual([
      'finding-1 updated',
      'deadLettered InvalidFinding',
      'deadLettered MalformedEvent',
    ]);
    expect(here.letters.map(({ attributes }) => attributes.causeCode)).toEqual([
      'InvalidFinding',
      'MalformedEvent',
    ]);
    expect(report.ignored).toBe(1);
  });

  it('dead-letters an unprocessed finding with the update that was tried', async () => {
    const here = world({
      update: (findings) => ({
        kind: 'answered',
        reply: {
          processed: findings.slice(1),
          unprocessed: findings
            .slice(0, 1)
            .map((one) => ({ finding: one, cause: { code: 'InvalidInput', message: 'Invalid Input' } })),
        },
      }),
    });

    const report = await run(here, [importedEvent([finding(1), finding(2)])]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered InvalidInput', 'finding-2 updated']);
    expect(JSON.parse(here.letters[0]?.body ?? '')).toMatchObject({
      'detail-type': 'Security Hub Findings - Imported',
      detail: { findings: [finding(1)] },
      triage: {
        cause: { code: 'InvalidInput' },
        update: { Workflow: { Status: 'NOTIFIED' } },
        rules: ['notify-guardduty'],
        attempts: 1,
        ruleset: RULESET.version,
      },
    });
  });

  it('returns a finding whose dead letter was not confirmed', async () => {
    const here = world({ confirmLetters: false });

    const report = await run(here, ['no json', importedEvent([finding(1)])]);

    expect(outcomesOf(report)).toEqual(['finding-1 updated', 'returned DeadLetterNotConfirmed']);
  });

  it('writes nothing while it observes, but still dead-letters what it cannot read', async () => {
    const here = world({ mode: 'observe' });

    const report = await run(here, [importedEvent([finding(1)]), 'no json']);

    expect(outcomesOf(report)).toEqual(['finding-1 observed', 'deadLettered MalformedEvent']);
    expect(here.updates).toEqual([]);
    expect(here.letters).toHaveLength(1);
  });

  it('reads a finding again before it acts on an event older than fifteen minutes', async () => {
    const suppressed = finding(1, {
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: 'mine', UpdatedBy: 'analyst' },
    });
    const here = world({ stored: [suppressed, finding(2)] });
    const time = new Date(NOW_MS - 15 * 60_000 - 1).toISOString();

    const report = await run(here, [importedEvent([finding(1), finding(2)], { time })]);

    expect(here.reads).toEqual(['finding-1', 'finding-2']);
    expect(outcomesOf(report)).toEqual(['finding-1 held', 'finding-2 updated']);
    expect(here.updates).toEqual([[identifier(2)]]);
  });

  it.each([
    ['is exactly fifteen minutes old', new Date(NOW_MS - 15 * 60_000).toISOString()],
    ['tells no time', undefined],
  ])('believes an event that %s', async (_, time) => {
    const here = world();

    await run(here, [importedEvent([finding(1)], { time })]);

    expect(here.reads).toEqual([]);
  });

  it('reads nothing again for an old event that asks for no update', async () => {
    const here = world();

    await run(here, [
      importedEvent([finding(1, { ProductName: 'Inspector' })], { time: '2020-01-01T00:00:00Z' }),
    ]);

    expect(here.reads).toEqual([]);
  });

  it('dead-letters a stale finding that is gone', async () => {
    const here = world();

    const report = await run(here, [importedEvent([finding(1)], { time: '2020-01-01T00:00:00Z' })]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered FindingNotFound']);
    expect(here.updates).toEqual([]);
  });

  it.each(['observe', 'enforce'] as const)(
    'reads what is only an identity before it decides it (%s)',
    async (mode) => {
      const here = world({ mode, stored: [finding(1, { ProductName: 'Inspector' })] });

      const report = await run(here, [importedEvent([identifier(1)])]);

      expect(here.reads).toEqual(['finding-1']);
      expect(outcomesOf(report)).toEqual(['finding-1 unchanged']);
    },
  );

  it('returns findings that Security Hub does not let us update, and counts it', async () => {
    const here = world({ update: () => FAILED });

    const report = await run(here, [importedEvent([finding(1)])]);

    expect(outcomesOf(report)).toEqual(['finding-1 returned AccessDeniedException']);
    expect(report.calls.denied).toBe(1);
  });

  it('dead-letters a finding that cannot be decided for a fault of ours', async () => {
    const here = world();
    const broken = {
      ...RULESET,
      version: 'broken',
      rules: RULESET.rules.map((rule) => ({
        ...rule,
        conditions: { all: [{ fact: 'Title', operator: 'noSuchOperator', value: 1 }] },
      })),
    };

    const report = await run({ ...here, instance: { ...here.instance, ruleset: broken } }, [
      importedEvent([finding(1)]),
    ]);

    expect(outcomesOf(report)).toEqual(['finding-1 deadLettered DecisionFailed']);
  });
});
