import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../../lambdas/triage/call-failure.ts';
import type { UpdateReply } from '../../../lib/triage/reply.ts';
import { finding, identifier, importedEvent, RULESET } from './fixtures.ts';
import { outcomesOf, run, world } from './world.ts';

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

  it('returns findings that Security Hub does not let us update, and counts it', async () => {
    const here = world({ update: () => FAILED });

    const report = await run(here, [importedEvent([finding(1)])]);

    expect(outcomesOf(report)).toEqual(['finding-1 returned AccessDeniedException']);
    expect(report.calls.denied).toBe(1);
  });
});
