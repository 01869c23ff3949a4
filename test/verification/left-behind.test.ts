import { describe, expect, it } from 'vitest';
import { QUESTIONS } from '../../lib/verification/questions.ts';
import { answersOf, RUN, roleOf, start, verifyAs } from './asked-account.ts';

describe('what an account that was asked is left with', () => {
  it('leaves nothing behind but an archived finding, and touches no other', async () => {
    const account = await start();
    const before = [account.resources.queues.length, account.rulesOfBus.list().map(({ name }) => name)];

    const { left } = await verifyAs(account, 'Verifier');
    const findings = account.hub.findings();
    const updated = account.hub
      .calls()
      .filter(({ operation }) => operation === 'BatchUpdateFindings')
      .flatMap(({ request }) => (request as { FindingIdentifiers: { Id: string }[] }).FindingIdentifiers);

    expect(left).toEqual([]);
    expect(findings).toMatchObject([
      {
        RecordState: 'ARCHIVED',
        Severity: expect.anything(),
        Id: `securityhub-triage/verify-account/${RUN}`,
      },
    ]);
    expect(updated.every(({ Id }) => Id.startsWith('securityhub-triage/verify-account/'))).toBe(true);
    expect([account.resources.queues.length, account.rulesOfBus.list().map(({ name }) => name)]).toEqual(
      before,
    );
    expect(() => account.queues.peek('triage-verify-run-0001')).toThrow();
  }, 180_000);

  it('holds the finding against this product whenever nothing else is asked of the map', async () => {
    const account = await start();

    await verifyAs(account, 'Verifier', { withEvents: false, roleArn: null });
    const maps = account.hub
      .calls()
      .filter(({ operation }) => operation === 'BatchUpdateFindings')
      .flatMap(({ request }) => (request as { UserDefinedFields?: object }).UserDefinedFields ?? [])
      .filter((map) => Object.keys(map).length > 0 && Object.keys(map).length <= 50);

    expect(maps.length).toBeGreaterThan(3);
    expect(maps.filter((map) => !Object.hasOwn(map, 'triageHold'))).toEqual([]);
  }, 180_000);

  it('says why a question has no answer, and asks the rest', async () => {
    const account = await start();

    const denied = await verifyAs(account, 'WithoutEvents', { roleArn: roleOf(account, 'Bystander') });
    const { unanswered } = denied.facts;

    expect(unanswered.noOpEvent).toBe('No event can be looked at: sqs:CreateQueue failed with AccessDenied.');
    expect(unanswered.nativeRules).toBe(
      'securityhub:CreateAutomationRule failed with AccessDeniedException.',
    );
    expect(unanswered['deny.Types']).toContain('may not update findings');
    expect(answersOf(denied)).toMatchObject({ types: 'replaced', updatedAt: 'unchanged' });
    expect(Object.keys(unanswered).length + Object.keys(denied.facts.answers).length).toBe(QUESTIONS.length);
  }, 180_000);

  it('archives the finding where the run is interrupted, or an update never takes effect', async () => {
    const account = await start();
    const stop = new AbortController();

    const { facts, left } = await verifyAs(account, 'Verifier', {
      signal: stop.signal,
      onOutcome: ({ id }) => id === 'relatedFindings' && stop.abort(),
    });

    expect(Object.keys(facts.answers)).toEqual([
      'updatedAt',
      'userDefinedFields',
      'types',
      'relatedFindings',
    ]);
    expect(facts.unanswered.noOpEvent).toBe('The run was interrupted before.');
    expect(left).toEqual([]);
    expect(account.hub.findings()).toMatchObject([{ RecordState: 'ARCHIVED' }]);
  }, 180_000);

  it('names what it could not take away', async () => {
    const account = await start();
    const { faults } = account.hub;

    const { left } = await verifyAs(account, 'Verifier', {
      onQuestion: ({ id }) => {
        if (id === 'nativeRules')
          faults.failCalls('InternalException', 500, { operation: 'BatchDeleteAutomationRules', times: 9 });
      },
      onOutcome: ({ id }) => {
        if (id === QUESTIONS.at(-1)?.id)
          faults.failCalls('InternalException', 500, { operation: 'BatchImportFindings', times: 9 });
      },
    });

    expect(left).toEqual([
      'the automation rule triage-verify-run-0001 (InternalException)',
      expect.stringContaining(`securityhub-triage/verify-account/${RUN}`),
    ]);
  }, 180_000);

  it('names a queue that was made for events that then could not be had', async () => {
    const account = await start();

    const { facts, left } = await verifyAs(account, 'WithoutDeletes', { roleArn: null });

    expect(facts.unanswered.noOpEvent).toContain('events:PutTargets failed');
    expect(left).toEqual([expect.stringMatching(/^the SQS queue triage-verify-run-0001 \(AccessDenied/)]);
    expect(account.rulesOfBus.list().map(({ name }) => name)).not.toContain('triage-verify-run-0001');
  }, 180_000);

  it('ends where it may not import, or not update, and leaves no active finding', async () => {
    const account = await start();

    await expect(verifyAs(account, 'Bystander')).rejects.toThrow(/securityhub:BatchImportFindings/);
    account.hub.faults.failCalls('AccessDeniedException', 403, {
      operation: 'BatchUpdateFindings',
      times: 9,
    });
    await expect(verifyAs(account, 'Verifier')).rejects.toThrow(/cannot be updated/);
    expect(account.hub.findings().map(({ RecordState }) => RecordState)).toEqual(['ARCHIVED']);
  }, 180_000);
});
