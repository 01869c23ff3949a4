import { describe, expect, it } from 'vitest';
import { MATCH, RULE, saidOf } from './folder.ts';

const expecting = (expectation: unknown, members: Readonly<Record<string, unknown>> = {}) => ({
  ...MATCH,
  ...members,
  expect: { matches: true, ...(expectation as object) },
});
const NOTIFIED = { update: { Workflow: { Status: 'NOTIFIED' } } };
const suppressing = (members: Readonly<Record<string, unknown>>) => ({
  'area/hide.json': {
    ...RULE,
    name: 'hide',
    expires: 'never',
    reasonCode: 'false-positive',
    reviewBy: '2027-01-01',
    allowCritical: true,
    event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
    ...members,
  },
});

describe('what must be sent', () => {
  it('is a part of what all rules send', async () => {
    const label = {
      'area/label.json': { ...RULE, name: 'label', event: { type: 'update', params: { Confidence: 7 } } },
    };

    const said = await saidOf(
      expecting({ update: { Workflow: { Status: 'NOTIFIED' }, Confidence: 7 } }),
      label,
    );

    expect(said).toEqual(['passed']);
  });

  it('names each part that differs, and the rule that decided it', async () => {
    const update = { Workflow: { Status: 'NOTIFIED' }, Confidence: 7 };

    const said = await saidOf(expecting({ update }), suppressing({ priority: 99 }));

    expect(said).toEqual([
      'failed',
      'Workflow.Status "NOTIFIED" | Workflow.Status "SUPPRESSED", decided by hide (priority 99, this rule 10)',
      'Confidence 7 | Confidence is not sent',
    ]);
  });

  it('counts a rule that observes as enforced in its own test, and no other', async () => {
    const observing = { 'area/notify.json': { ...RULE, mode: 'observe' } };

    const own = await saidOf(expecting(NOTIFIED), observing);
    const others = await saidOf(expecting(NOTIFIED), suppressing({ mode: 'observe', priority: 99 }));

    expect([own, others]).toEqual([['passed'], ['passed']]);
  });

  it('says who holds what is not sent', async () => {
    const said = await saidOf(expecting(NOTIFIED, { with: { Workflow: { Status: 'RESOLVED' } } }));

    expect(said).toEqual(['failed', 'an update of Workflow | nothing sent (Workflow held: person)']);
  });

  it('is never what cannot be sent', async () => {
    const full = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key${i}`, 'x']));

    const said = await saidOf(expecting(NOTIFIED, { with: { UserDefinedFields: full } }));

    expect(said).toEqual(['failed', 'an update of Workflow | dead letter (TooManyUserDefinedFields)']);
  });

  it('is told beside a wrong match', async () => {
    const said = await saidOf(expecting(NOTIFIED, { with: { ProductName: 'Macie' } }));

    expect(said).toEqual([
      'failed',
      'match | no match, because "GuardDuty" is false',
      'an update of Workflow | nothing sent',
    ]);
  });
});

describe('the winner', () => {
  it('is the rule that decides a field of this one', async () => {
    const said = await saidOf(expecting({ winner: 'hide' }), suppressing({ priority: 99 }));

    expect(said).toEqual(['passed']);
  });

  it('is nobody of lower priority', async () => {
    const said = await saidOf(expecting({ winner: 'hide' }), suppressing({ priority: 1 }));

    expect(said).toEqual(['failed', 'hide wins | notify wins']);
  });

  it('is nobody who only observes', async () => {
    const said = await saidOf(expecting({ winner: 'hide' }), suppressing({ priority: 99, mode: 'observe' }));

    expect(said).toEqual(['failed', 'hide wins | notify wins (hide only observes)']);
  });

  it('is a rule that stops this one', async () => {
    const stop = { ...RULE, name: 'stop', priority: 99, stop: true, event: { type: 'update', params: {} } };

    const said = await saidOf(expecting({ winner: 'stop' }), { 'area/stop.json': stop });

    expect(said).toEqual(['passed']);
  });

  it('is nobody where no rule matches', async () => {
    const said = await saidOf({ ...expecting({ winner: 'notify' }), with: { AwsAccountId: '1' } });

    expect(said).toContain('notify wins | no rule wins');
  });
});
