import { describe, expect, it } from 'vitest';
import type { Applied } from '../../../lambdas/triage/apply.ts';
import type { Decided } from '../../../lambdas/triage/decisions.ts';
import { createDeliveryMemory } from '../../../lambdas/triage/delivery-memory.ts';
import { rememberAll } from '../../../lambdas/triage/remember.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { endingOf } from './endings.ts';
import { finding, identifier, NOW_MS } from './fixtures.ts';

/** A finding that was decided on what an event showed a minute ago. */
function decided(members: Partial<Decided> = {}): Decided {
  const { decided: one } = endingOf(1, { timeMs: NOW_MS - 60_000 });
  if (one === null) throw new Error('not decided');
  return { ...one, ...members };
}

function ended(kind: 'updated' | 'returned'): ReadonlyMap<string, Applied> {
  const result =
    kind === 'updated' ? { kind } : ({ kind, cause: { code: 'Throttled', message: '' } } as const);
  const end = { result, attempts: 1, atMs: NOW_MS, mayStand: false };
  return new Map([[findingKey(identifier(1)), end]]);
}

describe('what a batch has shown', () => {
  it('is remembered of each event as that event showed it', () => {
    const memory = createDeliveryMemory();
    const one = decided();
    const older = { ...one.snapshot, timeMs: NOW_MS - 90_000, envelope: { id: 'older' } };

    rememberAll(
      [decided({ covered: [older, { ...one.snapshot, envelope: { id: 'newer' } }] })],
      new Map(),
      memory,
    );

    expect(memory.mayPredateState(older)).toBe(true);
    expect(memory.mayPredateState({ ...one.snapshot, envelope: { id: 'newer' } })).toBe(false);
  });

  it('is, where the finding was read, what was read and when', () => {
    const memory = createDeliveryMemory();
    const one = decided();
    const read = { ...one.snapshot, finding: finding(1, { UpdatedAt: '2026-03-01T10:00:30.000Z' }) };

    rememberAll([decided({ snapshot: read, covered: [one.snapshot], readAtMs: NOW_MS })], new Map(), memory);

    const between = { ...one.snapshot, finding: finding(1, { UpdatedAt: '2026-03-01T10:00:20.000Z' }) };
    expect(memory.mayPredateState(between)).toBe(true);
    expect(memory.mayPredateState({ ...read, timeMs: NOW_MS + 1 })).toBe(false);
  });
});

describe('what a batch has done', () => {
  it.each([
    ['updated', true],
    ['returned', false],
  ] as const)('is remembered where it was confirmed: %s', (kind, isKnown) => {
    const memory = createDeliveryMemory();
    const { snapshot, decision } = decided();
    const press = { ...snapshot, envelope: { id: 'press' } };
    const update = { kind: 'update', update: { Confidence: 7 }, pressed: ['Confidence'] } as const;

    rememberAll(
      [decided({ press, covered: [press], decision: { ...decision, ...update } })],
      ended(kind),
      memory,
    );

    expect(memory.wasApplied(press)).toBe(isKnown);
    expect(memory.lastPressMs(press, 'Confidence')).toBe(isKnown ? press.timeMs : null);
    expect(memory.lastPressMs(press, 'Workflow')).toBeNull();
  });

  it.each([
    ['where there was nothing to send', null, NOW_MS - 60_000],
    [
      'not where the present state is not known',
      { kind: 'returned', cause: { code: 'x', message: '' } },
      null,
    ],
  ] as const)('is of a press what stands as it asks for, %s', (_, blocked, timeMs) => {
    const memory = createDeliveryMemory();
    const { snapshot, decision } = decided();

    rememberAll(
      [decided({ press: snapshot, decision: { ...decision, pressed: ['Workflow'] }, blocked })],
      new Map(),
      memory,
    );

    expect(memory.lastPressMs(snapshot, 'Workflow')).toBe(timeMs);
    expect(memory.wasApplied(snapshot)).toBe(false);
  });

  it('is no press where none was decided', () => {
    const memory = createDeliveryMemory();
    const { snapshot, decision } = decided();

    rememberAll([decided({ decision: { ...decision, pressed: ['Workflow'] } })], ended('updated'), memory);

    expect(memory.lastPressMs(snapshot, 'Workflow')).toBeNull();
  });
});
