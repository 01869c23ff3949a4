import { describe, expect, it } from 'vitest';
import { createDeliveryMemory, leaveOutApplied } from '../../../lambdas/triage/delivery-memory.ts';
import type { Snapshot } from '../../../lib/triage/newest.ts';

function delivery(id: unknown, Id = 'finding-1'): Snapshot {
  return {
    finding: { Id, ProductArn: 'arn:aws:securityhub:::product/aws/guardduty' },
    event: { detailType: 'Security Hub Findings - Imported' },
    timeMs: null,
    envelope: { id },
    messageId: 'm-1',
    redelivered: false,
  };
}

describe('the memory of deliveries', () => {
  it('knows an event by its id, finding by finding', () => {
    const memory = createDeliveryMemory();
    memory.remember([delivery('event-1')], 1_000);

    expect(memory.wasApplied(delivery('event-1'))).toBe(true);
    expect(memory.wasApplied(delivery('event-1', 'finding-2'))).toBe(false);
    expect(memory.wasApplied(delivery('event-2'))).toBe(false);
  });

  it('knows which snapshots may show a finding as it stood before an update of ours', () => {
    const memory = createDeliveryMemory();
    memory.remember([delivery('event-1')], 1_000);

    const at = (timeMs: number | null, Id?: string) =>
      memory.mayPredateUpdate({ ...delivery('event-2', Id), timeMs });

    expect(at(999)).toBe(true);
    expect(at(1_000)).toBe(true);
    expect(at(null)).toBe(true);
    expect(at(1_001)).toBe(false);
    expect(at(999, 'finding-2')).toBe(false);
  });

  it('knows which snapshots may show a state from before one that was seen', () => {
    const memory = createDeliveryMemory();
    const shown = (id: unknown, timeMs: number | null, UpdatedAt?: string, Id?: string): Snapshot => {
      const snapshot = delivery(id, Id);
      return { ...snapshot, timeMs, finding: { ...snapshot.finding, ...(UpdatedAt && { UpdatedAt }) } };
    };
    memory.saw(shown('event-2', 2_000), null);
    memory.saw(shown('event-1', 1_000), null);

    expect(memory.mayPredateState(shown('event-1', 1_000))).toBe(true);
    expect(memory.mayPredateState(shown('event-3', 2_000))).toBe(true);
    expect(memory.mayPredateState(shown('event-3', null))).toBe(true);
    expect(memory.mayPredateState(shown('event-3', 2_001))).toBe(false);
    // The provider has updated it since.
    expect(memory.mayPredateState(shown('event-3', 1_000, '2026-03-01T10:00:00Z'))).toBe(false);
    memory.saw(shown('event-4', 500, '2026-03-01T11:00:00Z', 'finding-3'), null);
    memory.saw(shown('event-5', 9_000, '2026-03-01T10:00:00Z', 'finding-3'), null);
    expect(memory.mayPredateState(shown('event-6', 9_001, '2026-03-01T10:30:00Z', 'finding-3'))).toBe(true);
    expect(memory.mayPredateState(shown('event-6', 501, '2026-03-01T11:00:00Z', 'finding-3'))).toBe(false);
    // The same event shows the same state, unless it cannot be told from another.
    expect(memory.mayPredateState(shown('event-2', 2_000))).toBe(false);
    memory.saw(shown(undefined, 3_000), null);
    expect(memory.mayPredateState(shown(undefined, 3_000))).toBe(true);
    expect(memory.mayPredateState(shown('event-1', 1_000, undefined, 'finding-2'))).toBe(false);
  });

  it('takes what was read for as new as the moment of reading', () => {
    const memory = createDeliveryMemory();
    memory.saw({ ...delivery('event-1'), timeMs: 1_000 }, 5_000);

    expect(memory.mayPredateState({ ...delivery('event-2'), timeMs: 4_999 })).toBe(true);
    expect(memory.mayPredateState({ ...delivery('event-1'), timeMs: 1_000 })).toBe(true);
    expect(memory.mayPredateState({ ...delivery('event-2'), timeMs: 5_001 })).toBe(false);
  });

  it('knows of each field when the latest press was made that has its will, whichever came last', () => {
    const memory = createDeliveryMemory();
    const press = (timeMs: number | null, Id?: string) => ({ ...delivery('press', Id), timeMs });
    expect(memory.lastPressMs(press(1_000), 'Workflow')).toBeNull();

    memory.rememberPress(press(null), ['Workflow']);
    expect(memory.lastPressMs(press(1_000), 'Workflow')).toBeNull();

    for (const timeMs of [2_000, 3_000, 1_000, null]) memory.rememberPress(press(timeMs), ['Workflow']);
    memory.rememberPress(press(4_000), ['Note', 'Confidence']);
    expect(memory.lastPressMs(press(1_000), 'Workflow')).toBe(3_000);
    expect(memory.lastPressMs(press(1_000), 'Note')).toBe(4_000);
    expect(memory.lastPressMs(press(1_000), 'Severity')).toBeNull();
    expect(memory.lastPressMs(press(1_000, 'finding-2'), 'Workflow')).toBeNull();
  });

  it('takes an event whose id cannot even be written as a text for a new one', () => {
    const memory = createDeliveryMemory();
    const strange = delivery([{ toString: 'none', valueOf: 'none' }]);

    memory.remember([strange], 1_000);

    expect(memory.wasApplied(strange)).toBe(false);
  });

  it('takes no event without an id for another', () => {
    const memory = createDeliveryMemory();
    memory.remember([delivery(undefined)], 1_000);

    expect(memory.wasApplied(delivery(undefined))).toBe(false);
  });

  it('forgets the oldest beyond its limit', () => {
    const memory = createDeliveryMemory(2);
    memory.remember(
      ['event-1', 'event-2', 'event-3'].map((id) => delivery(id)),
      1_000,
    );

    const known = ['event-1', 'event-2', 'event-3'].map((id) => memory.wasApplied(delivery(id)));

    expect(known).toEqual([false, true, true]);
  });

  it('counts what came again among the newest', () => {
    const memory = createDeliveryMemory(2);
    for (const id of ['event-1', 'event-2', 'event-1', 'event-3']) memory.remember([delivery(id)], 1_000);

    const known = ['event-1', 'event-2', 'event-3'].map((id) => memory.wasApplied(delivery(id)));

    expect(known).toEqual([true, false, true]);
  });
});

describe('leaveOutApplied', () => {
  it('leaves out what was carried out, and names the findings of which nothing is left', () => {
    const memory = createDeliveryMemory();
    memory.remember([delivery('event-1'), delivery('event-1', 'finding-2')], 1_000);
    const fresh = delivery('event-2');
    const gone = delivery('event-1', 'finding-2');

    const { open, done } = leaveOutApplied([delivery('event-1'), gone, fresh, gone], memory);

    expect(open).toEqual([fresh]);
    expect(done).toEqual([gone]);
  });
});
