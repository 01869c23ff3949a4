import { randomUUID } from 'node:crypto';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalAccount } from '../../lib/local/account.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { passMinutes, reaches, stateOf, until } from './deployed.ts';
import {
  arrive,
  arriveLate,
  deployed,
  finding,
  keepOut,
  many,
  operator,
  overriding,
  queue,
  setEnabled,
} from './watched-account.ts';

let account: LocalAccount;

beforeAll(async () => {
  account = await deployed();
});

afterAll(async () => {
  await account?.close();
});

/** What CloudWatch tells EventBridge; events of other sources have no such detail. */
interface AlarmChange {
  readonly detail: { readonly alarmName?: string; readonly state?: { readonly value: string } };
}

function isNotified(workflow: unknown): boolean {
  return (workflow as { Status?: string } | undefined)?.Status === 'NOTIFIED';
}

describe('each alarm, by its cause', () => {
  it('is calm while nothing is wrong', async () => {
    arrive(account, ...many('notify', 3));
    await account.settle();
    await passMinutes(account, 20);

    const states = [...account.cloudWatch.states()];
    expect(states).toHaveLength(18);
    expect(states.filter(([, state]) => state !== 'OK')).toEqual([]);
  });

  it('Dead letters: an update that Security Hub refuses; calm once the queue is empty', async () => {
    const refused = finding('notify');
    account.hub.faults.fail(refused, 'FindingSizeExceeded');

    arrive(account, refused);
    await reaches(account, 'Dead letters', 'ALARM');

    await operator(account).sqs.send(new PurgeQueueCommand({ QueueUrl: queue(account, 'DeadLetter').url }));
    await reaches(account, 'Dead letters', 'OK');
  });

  it('Undelivered events and Failed deliveries: a queue policy that keeps EventBridge out', async () => {
    const letIn = await keepOut(account, 'IngestQueue');

    arrive(account, finding('notify'));
    await reaches(account, 'Undelivered events', 'ALARM');
    await reaches(account, 'Failed deliveries', 'ALARM');
    expect(stateOf(account, 'Lost events')).toBe('OK');

    await letIn();
    await operator(account).sqs.send(new PurgeQueueCommand({ QueueUrl: queue(account, 'Undelivered').url }));
    await reaches(account, 'Undelivered events', 'OK');
    await reaches(account, 'Failed deliveries', 'OK');
  });

  it('Lost events: policies of both queues keep EventBridge out', async () => {
    const lettingIn = [await keepOut(account, 'IngestQueue'), await keepOut(account, 'Undelivered')];

    arrive(account, finding('notify'));
    await reaches(account, 'Lost events', 'ALARM');
    expect(account.undelivered().at(-1)?.deadLettered).toBe(false);

    for (const letIn of lettingIn) await letIn();
    await reaches(account, 'Lost events', 'OK');
  });

  it('Paused and Old events: the event source is disabled; nothing is lost, and resuming calms both', async () => {
    await setEnabled(account, false);
    const waiting = many('notify', 5);
    arrive(account, ...waiting);
    const old = finding('notify');
    arriveLate(account, 20, old);
    account.hub.seed([{ ...old, Workflow: { Status: 'RESOLVED' } }]);

    await reaches(account, 'Paused', 'ALARM');
    expect(stateOf(account, 'Old events')).toBe('OK');
    await reaches(account, 'Old events', 'ALARM');

    await setEnabled(account, true);
    await account.settle();
    await reaches(account, 'Old events', 'OK');
    await reaches(account, 'Paused', 'OK');
    const ids = new Set(waiting.map(({ Id }) => Id));
    const triaged = account.hub.findings().filter(({ Id }) => ids.has(Id));
    expect(triaged.map(({ Workflow }) => Workflow)).toEqual(waiting.map(() => ({ Status: 'NOTIFIED' })));
    // What a person did meanwhile stands: an event this old is read again before it is decided.
    const stored = account.hub.findings().find(({ Id }) => Id === old.Id);
    expect(stored?.Workflow).toEqual({ Status: 'RESOLVED' });
    expect(account.hub.calls().map(({ operation }) => operation)).toContain('GetFindings');
  });

  it('Function errors: Security Hub is down for two attempts; calm when it is back', async () => {
    account.hub.faults.failCalls('InternalException', 500, { times: Number.POSITIVE_INFINITY });

    arrive(account, finding('notify'));
    await reaches(account, 'Function errors', 'ALARM');

    account.hub.faults.clear();
    await account.settle();
    await reaches(account, 'Function errors', 'OK');
  });

  it('Access denied: Security Hub refuses the function; calm when it is allowed', async () => {
    account.hub.faults.failCalls('AccessDeniedException', 403, { times: Number.POSITIVE_INFINITY });

    arrive(account, finding('notify'));
    await reaches(account, 'Access denied', 'ALARM');

    account.hub.faults.clear();
    await account.settle();
    await reaches(account, 'Access denied', 'OK');
  });

  it('Function throttles: others use up the concurrency, twice', async () => {
    const [lambda] = account.functions.values();
    const [spec] = account.resources.functions;
    expect(spec?.reservedConcurrency).toBe(2);
    for (let time = 0; time < 2; time += 1) {
      account.hub.faults.delayCalls(2_000, { times: 2 });
      const others = many('notify', 2);
      account.hub.seed(others);
      const busy = others.map((one) => {
        const { accountId, region } = account;
        const event = importedEvent(one, {
          id: randomUUID(),
          account: accountId,
          region,
          nowMs: Date.now(),
        });
        return lambda?.invoke(JSON.stringify(event));
      });
      arrive(account, finding('notify'));
      await Promise.all(busy);
      await account.settle();
      await passMinutes(account, 6);
    }

    await reaches(account, 'Function throttles', 'ALARM');
    await reaches(account, 'Function throttles', 'OK');
  });

  it('Foreign instance: a finding with the mark of another', async () => {
    arrive(
      account,
      finding('notify', { UserDefinedFields: { stagingSet: '{"v":1,"Workflow":"NOTIFIED"}' } }),
    );

    await reaches(account, 'Foreign instance', 'ALARM');
    await reaches(account, 'Foreign instance', 'OK');
  });

  it('Expired rules: a rule past its last day would match', async () => {
    arrive(account, finding('lapsed'));

    await reaches(account, 'Expired rules', 'ALARM');
    await reaches(account, 'Expired rules', 'OK');
  });
});

describe('Silence', () => {
  it('goes off where nothing comes, be it that the event rule is disabled; calm with the next event', async () => {
    await account.close();
    account = await deployed(overriding('FindingEvents', 'State', 'DISABLED'));

    arrive(account, ...many('notify', 3));
    await passMinutes(account, 70);
    expect(stateOf(account, 'Silence')).toBe('ALARM');
    expect(account.filtered().length).toBeGreaterThanOrEqual(3);
    // Nothing else tells: triage asks its queue, and nothing waits there.
    const others = [...account.cloudWatch.states()].filter(([name]) => !name.endsWith(' Silence'));
    expect(others.filter(([, state]) => state !== 'OK')).toEqual([]);

    await account.close();
    account = await deployed();
    await reaches(account, 'Silence', 'ALARM');
    arrive(account, finding('notify'));
    await reaches(account, 'Silence', 'OK');
  });

  it('is not calmed by a sweep, which sends into the same queue while the event rule is disabled', async () => {
    await account.close();
    account = await deployed(overriding('FindingEvents', 'State', 'DISABLED'));
    await reaches(account, 'Silence', 'ALARM');

    arrive(account, ...many('notify', 3));
    expect(account.fire()).toBe(1);
    await until(
      () => account.hub.findings().every(({ Workflow }) => isNotified(Workflow)),
      'the sweep has the findings updated',
    );
    await passMinutes(account, 10);

    const changes = account
      .filtered()
      .map((event) => event as AlarmChange)
      .filter(({ detail }) => detail.alarmName?.endsWith(' Silence'));
    expect(changes.map(({ detail }) => detail.state?.value)).toEqual(['ALARM']);
    expect(stateOf(account, 'Silence')).toBe('ALARM');
  });
});

describe('a sweep that is due and cannot be started', () => {
  it('is told', async () => {
    await account.close();
    account = await deployed(overriding('Sweep/SchedulePolicy', 'PolicyDocument.Statement.0.Effect', 'Deny'));

    expect(account.fire()).toBe(0);
    await reaches(account, 'Sweep not started', 'ALARM');

    expect(account.executions()).toEqual([]);
    expect(stateOf(account, 'Sweep failed')).toBe('OK');
  });
});

describe('a sweep that gives up', () => {
  it('is told', async () => {
    await account.close();
    account = await deployed(
      overriding('Sweep/Policy', 'PolicyDocument.Statement.0.Action', 'securityhub:GetInsights'),
      undefined,
      // It tries for a day, and the alarm calms down while nobody looks.
      0.0001,
    );

    const sweep = account.resources.stateMachines.find(({ logicalId }) => logicalId.includes('Sweep'));
    account.startExecution(sweep?.arn ?? '', {});
    const isTold = ({ alarmName, state }: { readonly alarmName: string; readonly state: string }) =>
      alarmName.endsWith(' Sweep failed') && state === 'ALARM';
    await until(() => account.cloudWatch.changes().some(isTold), 'the alarm goes off');

    const [execution] = account.executions();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'AccessDeniedException' });
    expect((execution?.stoppedMs ?? 0) - (execution?.startedMs ?? 0)).toBeGreaterThan(24 * 3_600_000);
  });
});
