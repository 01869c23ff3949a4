import { beforeAll, describe, expect, it } from 'vitest';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { LocalAccount, LocalAccountOptions } from '../../lib/local/account.ts';
import {
  BUS,
  confirmedIn,
  detailsIn,
  failedEvents,
  invocationsOf,
  linesOf,
  RULES_DIR,
  seenOf,
  triaged,
  UPDATES,
} from './bus-account.ts';
import { synthesizeStack } from './deployed.ts';
import { overriding } from './watched-account.ts';

let told: string;
let untold: string;

beforeAll(() => {
  told = synthesizeStack({ mode: 'enforce', rulesDir: RULES_DIR, decisionBus: BUS });
  untold = synthesizeStack({ mode: 'enforce', rulesDir: RULES_DIR });
});

describe('a bus in trouble', () => {
  let expected: ReturnType<typeof seenOf>;
  beforeAll(async () => {
    const account = await triaged(untold);
    expect(account.eventDoor.taken()).toEqual([]);
    expect(failedEvents(account)).toBeUndefined();
    expected = seenOf(account);
  });

  const only = (
    fate: 'hang' | 'before' | 'after',
  ): Pick<LocalAccountOptions, 'eventBuses' | 'intercept'> => ({
    eventBuses: [BUS],
    intercept: ({ service }) => (service === 'events' ? fate : undefined),
  });

  it.each([
    [
      'throttles',
      {},
      (a: LocalAccount) => a.eventDoor.faults.failCalls('ThrottlingException', 400, Infinity),
    ],
    ['is down', {}, (a: LocalAccount) => a.eventDoor.faults.failCalls('InternalException', 500, Infinity)],
    ['takes no entry', {}, (a: LocalAccount) => a.eventDoor.faults.failEntries('InternalFailure', Infinity)],
    ['hangs', only('hang'), () => {}],
    ['cuts every connection', only('before'), () => {}],
  ] as const)('changes nothing of triage where it %s, and is counted', async (_how, options, befall) => {
    const account = await triaged(told, { eventBuses: [BUS], ...options }, befall);

    expect(seenOf(account)).toEqual(expected);
    expect(failedEvents(account)).toBe(UPDATES);
    expect(detailsIn(account)).toEqual([]);
    for (const { durationMs } of invocationsOf(account)) expect(durationMs).toBeLessThan(10_000);
    const lost = linesOf(account).filter(({ message }) => message === 'decision events lost');
    const named = lost.flatMap(({ findings }) => findings as readonly FindingIdentifier[]);
    expect(new Set(named.map(findingKey))).toEqual(new Set(confirmedIn(account).keys()));
    expect(JSON.stringify(lost)).not.toMatch(/Ticket|blue/);
  });

  it('is told of nothing twice where it takes events and does not answer', async () => {
    const account = await triaged(told, only('after'));

    expect(seenOf(account)).toEqual(expected);
    const keys = detailsIn(account).map(({ finding: of }) => findingKey(of));
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
    expect(failedEvents(account)).toBe(UPDATES);
  });

  it('is tried again for what it did not take at once', async () => {
    const account = await triaged(told, { eventBuses: [BUS] }, ({ eventDoor }) => {
      eventDoor.faults.failEntries('ThrottlingException', 7);
    });

    expect(seenOf(account)).toEqual(expected);
    expect(failedEvents(account)).toBe(0);
    expect(detailsIn(account)).toHaveLength(UPDATES);
  });

  it('is not one that the function may put on: nothing else changes, and it is counted', async () => {
    const another = 'arn:aws:events:eu-west-1:111122223333:event-bus/another';
    const assemblyDir = synthesizeStack(
      { mode: 'enforce', rulesDir: RULES_DIR, decisionBus: BUS },
      overriding('Function', 'Environment.Variables.DECISION_BUS_ARN', another),
    );

    const account = await triaged(assemblyDir, { eventBuses: [BUS, 'another'] });

    expect(seenOf(account)).toEqual(expected);
    expect(failedEvents(account)).toBe(UPDATES);
    expect(detailsIn(account)).toEqual([]);
    expect(linesOf(account).filter(({ message }) => message === 'access denied')).not.toEqual([]);
    expect(linesOf(account).some(({ AccessDenied }) => Number(AccessDenied) > 0)).toBe(false);
  });

  it('is gone: EventBridge answers as if it were there, so nobody can tell from here', async () => {
    const account = await triaged(told, {});

    expect(seenOf(account)).toEqual(expected);
    expect(failedEvents(account)).toBe(0);
    expect(detailsIn(account)).toEqual([]);
  });
});
