import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { decidedPress, isTied, newestSnapshots, type Snapshot } from '../../lib/triage/newest.ts';

const CONFIG = { ...DEFAULT_CONFIG, customActions: ['accept'] };

function snapshot(title: string, updatedAt: unknown, timeMs: number | null, actionId?: string): Snapshot {
  return {
    finding: { Id: 'f', ProductArn: 'arn:aws:securityhub', Title: title, UpdatedAt: updatedAt },
    event:
      actionId === undefined
        ? { detailType: 'Security Hub Findings - Imported' }
        : { detailType: 'Security Hub Findings - Custom Action', actionId },
    timeMs,
    envelope: { id: title },
    messageId: `m-${title}`,
    redelivered: false,
  };
}

function titlesOf(snapshots: readonly Snapshot[]): unknown[] {
  return newestSnapshots(snapshots, CONFIG).map(({ snapshot: { finding } }) => finding.Title);
}

describe('newestSnapshots', () => {
  it('compares UpdatedAt as instants, not as text', () => {
    const early = snapshot('early', '2026-03-01T12:00:00+02:00', 9);
    const late = snapshot('late', '2026-03-01T10:00:00.001Z', 1);

    expect(titlesOf([early, late])).toEqual(['late']);
    expect(titlesOf([late, early])).toEqual(['late']);
  });

  it('goes by the time of the event where UpdatedAt says nothing, as after our own update', () => {
    const before = snapshot('before', '2026-03-01T10:00:00Z', 1);
    const after = snapshot('after', '2026-03-01T10:00:00Z', 2);

    expect(titlesOf([after, before])).toEqual(['after']);
  });

  it.each([[undefined], ['yesterday'], [42], [null]])(
    'takes the UpdatedAt %j for the oldest',
    (updatedAt) => {
      const undated = snapshot('undated', updatedAt, 9);
      const dated = snapshot('dated', '2020-01-01T00:00:00Z', null);

      expect(titlesOf([undated, dated])).toEqual(['dated']);
      expect(titlesOf([dated, undated])).toEqual(['dated']);
    },
  );

  it('takes the later one in the batch where nothing tells two apart', () => {
    expect(titlesOf([snapshot('a', undefined, null), snapshot('b', undefined, null)])).toEqual(['b']);
  });

  it('keeps findings apart that share an Id but not a product', () => {
    const one = snapshot('one', undefined, 1);
    const other = {
      ...one,
      finding: { ...one.finding, ProductArn: 'arn:aws:securityhub:other', Title: 'other' },
    };

    expect(titlesOf([one, other])).toEqual(['one', 'other']);
  });

  it.each(['accept', 'triageRetriage'])('decides the newest state under our own action %s', (actionId) => {
    const act = snapshot('act', '2026-03-01T10:00:00Z', 5, actionId);
    const newer = snapshot('newer', '2026-03-01T11:00:00Z', 6);

    for (const batch of [
      [act, newer],
      [newer, act],
    ])
      expect(newestSnapshots(batch, CONFIG)).toEqual([
        {
          snapshot: { ...newer, event: act.event, envelope: act.envelope, messageId: 'm-act' },
          covered: batch,
          postponed: [],
        },
      ]);
  });

  it('lets the latest of several presses of one action count', () => {
    const first = { ...snapshot('first', undefined, 1, 'accept'), redelivered: true };
    const second = snapshot('second', undefined, 2, 'accept');

    const [choice] = newestSnapshots([second, first], CONFIG);

    expect(choice).toMatchObject({ snapshot: { envelope: { id: 'second' }, redelivered: true } });
    expect(choice).toMatchObject({ covered: [second, first], postponed: [] });
  });

  it.each([
    ['the state came back', [true, false]],
    ['its twin came back', [false, true]],
  ] as const)('calls a finding redelivered where %s', (_, [newest, twin]) => {
    const states = [
      { ...snapshot('state', '2026-03-01T10:00:00Z', 2), redelivered: newest },
      { ...snapshot('twin', '2026-03-01T10:00:00Z', 1), redelivered: twin },
    ];

    const [choice] = newestSnapshots(states, CONFIG);

    expect(choice?.snapshot).toMatchObject({ envelope: { id: 'state' }, redelivered: true });
    expect(newestSnapshots([snapshot('alone', undefined, 1)], CONFIG)[0]?.snapshot.redelivered).toBe(false);
  });

  it('takes of presses at the same time the later in the batch, and of acts the one that is first there', () => {
    const [press, again] = [
      snapshot('press', undefined, 1, 'accept'),
      snapshot('again', undefined, 1, 'accept'),
    ];
    const other = snapshot('other', undefined, 1, 'triageRetriage');

    const [pressed] = newestSnapshots([press, again], CONFIG);
    const [acted] = newestSnapshots([press, other], CONFIG);

    expect(pressed?.snapshot.envelope).toBe(again.envelope);
    expect(acted?.snapshot.envelope).toBe(press.envelope);
    expect(acted?.postponed).toEqual([other]);
  });

  it('decides the oldest of different acts, on the newest state, and postpones the others', () => {
    const first = snapshot('first', '2026-03-01T10:00:00Z', 1, 'accept');
    const second = { ...snapshot('second', '2026-03-01T11:00:00Z', 2, 'triageRetriage'), redelivered: true };
    const plain = snapshot('plain', '2026-03-01T09:00:00Z', 3);

    for (const batch of [
      [first, second, plain],
      [plain, second, first],
    ]) {
      const [choice] = newestSnapshots(batch, CONFIG);

      expect(choice?.snapshot.finding).toBe(second.finding);
      expect(choice?.snapshot.event).toBe(first.event);
      // The state is that of a message that came back.
      expect(choice?.snapshot.redelivered).toBe(true);
      expect(choice?.covered).toEqual(batch.filter((one) => one !== second));
      expect(choice?.postponed).toEqual([second]);
    }
  });

  it('gives the last press the last word where an action was pressed before and after another', () => {
    const presses = ['accept', 'triageRetriage', 'accept'].map((actionId, n) =>
      snapshot(String(n), undefined, n, actionId),
    );

    const [choice] = newestSnapshots(presses, CONFIG);

    expect(choice?.covered).toEqual([presses[1]]);
    expect(choice?.postponed).toEqual([presses[0], presses[2]]);
  });

  it("gives another tool's action no precedence", () => {
    const foreign = snapshot('foreign', '2026-03-01T10:00:00Z', 1, 'sendToChat');
    const newer = snapshot('newer', '2026-03-01T11:00:00Z', 2);

    expect(newestSnapshots([newer, foreign], CONFIG)).toEqual([
      { snapshot: newer, covered: [newer, foreign], postponed: [] },
    ]);
  });

  it('chooses the same state for every order of a batch', () => {
    const dated = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 99 })), {
      minLength: 1,
      maxLength: 6,
    });

    fc.assert(
      fc.property(dated, fc.infiniteStream(fc.nat()), (moments, order) => {
        // Distinct event times: where all is equal, only the place in the batch can tell.
        const batch = moments.map(([minute], n) =>
          snapshot(String(n), new Date(minute * 60_000).toISOString(), n),
        );
        const shuffled = batch
          .map((one) => ({ one, rank: order.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);

        expect(titlesOf(shuffled)).toEqual(titlesOf(batch));
      }),
    );
  });
});

describe('decidedPress', () => {
  it('is the press with the state that it was made on, though a newer one is decided', () => {
    const newer = snapshot('newer', '2026-03-01T10:00:30Z', 2);
    const press = snapshot('press', '2026-03-01T10:00:00Z', 1, 'accept');
    const [choice] = newestSnapshots([newer, press], CONFIG);

    expect(choice?.snapshot.finding.Title).toBe('newer');
    expect(choice && decidedPress(choice.snapshot, choice.covered, CONFIG)).toBe(press);
  });

  it('is nothing where a plain event is decided, or the button of another tool', () => {
    for (const one of [
      snapshot('plain', undefined, 1),
      snapshot('foreign', undefined, 1, 'ticket'),
      // Not among what the decision settles.
      snapshot('elsewhere', undefined, 1, 'accept'),
    ]) {
      const covered = one.finding.Title === 'elsewhere' ? [] : [one];
      expect(decidedPress(one, covered, CONFIG)).toBeNull();
    }
  });
});

describe('isTied', () => {
  const AT = '2026-03-01T10:00:00Z';
  const chosen = snapshot('chosen', AT, 1);

  it.each<[string, Snapshot, boolean]>([
    ['another state, as new', snapshot('other', AT, 1), true],
    ['another state, UpdatedAt spelt otherwise', snapshot('other', '2026-03-01T11:00:00+01:00', 1), true],
    ['the same state', snapshot('chosen', AT, 1), false],
    ['a state updated before', snapshot('other', '2026-02-01T10:00:00Z', 1), false],
    ['a state of an earlier event', snapshot('other', AT, 0), false],
  ])('tells of %s', (_what, other, tied) => {
    expect(isTied(chosen, [chosen, other])).toBe(tied);
  });

  it('tells of states that say nothing of their time', () => {
    const undated = snapshot('undated', undefined, null);

    expect(isTied(undated, [undated, snapshot('other', 'yesterday', null)])).toBe(true);
    expect(isTied(undated, [undated])).toBe(false);
  });
});
