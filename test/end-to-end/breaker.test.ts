import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalAccount } from '../../lib/local/account.ts';
import { reaches, stateOf, until } from './deployed.ts';
import { arrive, deployed, many, overriding, queue, setEnabled, suppressedCount } from './watched-account.ts';

let account: LocalAccount;

beforeAll(async () => {
  account = await deployed();
});

afterAll(async () => {
  await account?.close();
});

describe('a breaker that is out of order', () => {
  it.each([
    ['Breaker failed', 'BreakerPolicy', 'lambda:GetEventSourceMapping', 1],
    ['Breaker not started', 'BreakerTripsPolicy', 'states:ListExecutions', 0],
  ])('is told: %s', async (title, policy, action, executions) => {
    await account.close();
    account = await deployed(overriding(policy, 'PolicyDocument.Statement.0.Action', action));

    arrive(account, ...many('hide', 60));
    await reaches(account, title, 'ALARM');

    // It trips again and again, for what is held back comes again and again.
    const statuses = account.executions().map(({ status }) => status);
    expect(statuses.slice(0, 1)).toEqual(Array(executions).fill('FAILED'));
    expect([...account.eventSources.values()].map((source) => source.enabled())).toEqual([true]);
  });
});

describe('the breaker', () => {
  it('lets a budget through, holds the rest back, pauses, and trips again when released too soon', async () => {
    await account.close();
    account = await deployed();
    const before = suppressedCount(account);

    arrive(account, ...many('hide', 60));
    await until(() => account.executions().length === 1, 'the breaker pauses');
    await until(() => account.executions()[0]?.status === 'SUCCEEDED', 'the event source is disabled');

    const suppressed = suppressedCount(account) - before;
    expect(suppressed).toBeGreaterThanOrEqual(10);
    expect(suppressed).toBeLessThanOrEqual(20);
    expect([...account.eventSources.values()].map((source) => source.enabled())).toEqual([false]);
    await reaches(account, 'Breaker', 'OK');
    await reaches(account, 'Paused', 'ALARM');
    expect(account.queues.peek(queue(account, 'DeadLetter').name)).toEqual([]);
    expect(account.queues.peek(queue(account, 'IngestQueue').name)).toHaveLength(60 - suppressed);

    await setEnabled(account, true);
    await until(() => account.executions().length === 2, 'the breaker pauses again');
    await until(() => account.executions()[1]?.status === 'SUCCEEDED', 'the event source is disabled again');
    expect(suppressedCount(account) - before).toBeLessThanOrEqual(20);
    expect(account.executions()[1]?.input).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
      detail: { alarmName: expect.stringMatching(/ Breaker$/), state: { value: 'ALARM' } },
    });
  });

  it('counts the hour over environments that are gone: Suppression budget', async () => {
    await account.close();
    account = await deployed();

    for (let batch = 0; batch < 3; batch += 1) {
      // New environments have a memory of their own: none of them comes to its share.
      for (const lambda of account.functions.values()) lambda.kill();
      arrive(account, ...many('hide', 8));
      await account.settle();
    }

    expect(suppressedCount(account)).toBe(24);
    await reaches(account, 'Suppression budget', 'ALARM');
    await until(() => account.executions()[0]?.status === 'SUCCEEDED', 'the breaker pauses');
    expect([...account.eventSources.values()].map((source) => source.enabled())).toEqual([false]);
    expect(stateOf(account, 'Breaker')).toBe('OK');
    await reaches(account, 'Suppression budget', 'OK');
  });

  it('lets all that waits through once its budget is raised by a deployment: nothing is lost', async () => {
    await account.close();
    account = await deployed();
    arrive(account, ...many('hide', 60));
    await until(() => account.executions()[0]?.status === 'SUCCEEDED', 'the event source is disabled');
    const findings = [...account.hub.findings()];
    const waiting = account.queues.peek(queue(account, 'IngestQueue').name).map(({ body }) => body);
    expect(suppressedCount(account) + waiting.length).toBe(60);

    // A deployment changes what runs; findings and waiting events stay.
    await account.close();
    account = await deployed(undefined, 'none');
    account.hub.seed(findings);
    for (const body of waiting) account.emit(JSON.parse(body));
    await account.settle();

    expect(suppressedCount(account)).toBe(60);
    for (const name of ['IngestQueue', 'DeadLetter', 'Undelivered'])
      expect(account.queues.peek(queue(account, name).name)).toEqual([]);
  });
});
