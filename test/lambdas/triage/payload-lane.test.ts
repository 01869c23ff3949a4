import { describe, expect, it } from 'vitest';
import {
  accept,
  acceptedLane,
  giveBack,
  type Lane,
  openLanes,
  type Part,
  refuse,
  takeNext,
} from '../../../lambdas/triage/payload-lane.ts';
import { identifiers, virtualClock } from './fixtures.ts';

const UPDATE = { Workflow: { Status: 'NOTIFIED' } } as const;
const CLOCK = virtualClock();
const INVALID = { code: 'InvalidInputException', message: '' };
const OTHER = { code: 'ValidationException', message: '' };

/** A payload for so many findings, a hundred to a part. */
function laneOf(count: number): Lane {
  const all = identifiers(count);
  const groups = Array.from({ length: Math.ceil(count / 100) }, (_, n) => ({
    update: UPDATE,
    findings: all.slice(n * 100, n * 100 + 100),
  }));
  const [lane] = openLanes(groups);
  if (lane === undefined) throw new Error('There is a lane for each payload.');
  return lane;
}

function next(lane: Lane): Part {
  const part = takeNext(lane);
  if (part === undefined) throw new Error('Nothing waits.');
  return part;
}

function sizes({ parts }: Lane): readonly number[] {
  return parts.map(({ findings }) => findings.length);
}

describe('a payload', () => {
  it('has a lane of its own, in the order in which payloads first appear', () => {
    const [a, b, c, d] = identifiers(4).map((finding) => [finding]);
    const groups = [
      { update: UPDATE, findings: a ?? [] },
      { update: { Confidence: 1 }, findings: b ?? [] },
      { update: { Workflow: { Status: 'NOTIFIED' } } as const, findings: c ?? [] },
    ];

    const lanes = openLanes([...groups, { update: UPDATE, findings: d ?? [] }]);

    expect(lanes.map(({ parts }) => parts.flatMap(({ findings }) => findings.map(({ Id }) => Id)))).toEqual([
      ['finding-0', 'finding-2', 'finding-3'],
      ['finding-1'],
    ]);
    expect(lanes[0]?.parts[0]).toMatchObject({ attempt: 1, wasSent: false, notBeforeMs: 0 });
  });

  it.each([
    [10, 1],
    [11, 5],
  ])('for %i findings is halved or tried where it is refused', (count, first) => {
    const lane = laneOf(count);

    expect(refuse(lane, next(lane), INVALID, CLOCK)).toEqual([]);

    expect(lane.trial?.drawn.length ?? 1).toBe(first);
    expect(sizes(lane)).toEqual(count === 10 ? [5, 5] : [11]);
  });

  it('is not tried where it was accepted, nor a second time', () => {
    const [accepted, again] = [laneOf(300), acceptedLane([...laneOf(100).parts])];
    next(accepted);
    accept(accepted);
    for (const lane of [accepted, again]) {
      refuse(lane, next(lane), INVALID, CLOCK);
      expect(lane.trial).toBeNull();
    }
    const tried = laneOf(300);
    refuse(tried, next(tried), INVALID, CLOCK);
    for (const cause of [INVALID, OTHER, INVALID, INVALID, INVALID])
      expect(refuse(tried, next(tried), cause, CLOCK)).toHaveLength(1);

    refuse(tried, next(tried), INVALID, CLOCK);

    expect(tried.trial).toBeNull();
    // From the middle of 300, as the clock of these tests has it.
    expect(sizes(tried)).toEqual([50, 95, 100, 50]);
  });
});

describe('a trial', () => {
  function inTrial(count: number): Lane {
    const lane = laneOf(count);
    refuse(lane, next(lane), INVALID, CLOCK);
    return lane;
  }

  it('is of five findings, each alone, drawn from all that wait, and takes each from where it waits', () => {
    const lane = inTrial(300);
    const waiting = sizes(lane);

    const drawn = [1, 2, 3, 4, 5].map(() => next(lane));

    expect(waiting).toEqual([100, 100, 100]);
    expect(drawn.map(({ findings }) => findings.length)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(drawn.flatMap(({ findings }) => findings)).size).toBe(5);
    expect(sizes(lane)).toEqual([100, 95, 100]);
  });

  it('leaves no part without findings where it takes the only one', () => {
    const lane = laneOf(101);
    refuse(lane, next(lane), INVALID, { ...CLOCK, random: () => 0.999 });

    expect(next(lane).findings).toEqual(identifiers(101).slice(100));
    expect(sizes(lane)).toEqual([100]);
  });

  it('that all five are refused in, for one reason, is the end of the payload', () => {
    const lane = inTrial(300);
    for (let n = 0; n < 4; n += 1) expect(refuse(lane, next(lane), INVALID, CLOCK)).toHaveLength(1);

    const toBlame = refuse(lane, next(lane), INVALID, CLOCK);

    expect(toBlame.flatMap(({ findings }) => findings)).toHaveLength(296);
    expect(takeNext(lane)).toBeUndefined();
  });

  it('ends with the first that is accepted; where nobody was refused before, the first part is halved', () => {
    const [good, mixed] = [inTrial(120), inTrial(120)];
    next(good);
    accept(good);
    refuse(mixed, next(mixed), INVALID, CLOCK);
    next(mixed);
    accept(mixed);

    expect(sizes(good)).toEqual([50, 20, 49]);
    expect(sizes(mixed)).toEqual([98, 20]);
    // Accepted once more, as each call is that is answered, it stays as it is.
    accept(good);
    expect(sizes(good)).toEqual([50, 20, 49]);
  });

  it('draws another finding after an outage, and blames nobody after any other end without a verdict', () => {
    const [outage, denied] = [inTrial(300), inTrial(300)];
    for (const lane of [outage, denied]) {
      next(lane);
      giveBack(lane, lane === outage, CLOCK);
    }
    for (let n = 0; n < 4; n += 1) {
      expect(refuse(outage, next(outage), INVALID, CLOCK)).toHaveLength(1);
      expect(refuse(denied, next(denied), INVALID, CLOCK)).toHaveLength(1);
    }
    expect([outage.trial, denied.trial]).toEqual([expect.anything(), null]);

    expect(refuse(outage, next(outage), INVALID, CLOCK).flatMap(({ findings }) => findings)).toHaveLength(
      295,
    );
    expect(sizes(denied)).toEqual([100, 95, 100]);
  });

  it('is over where its last finding ended without a verdict', () => {
    const lane = inTrial(300);
    for (let n = 0; n < 4; n += 1) refuse(lane, next(lane), INVALID, CLOCK);
    next(lane);
    giveBack(lane, false, CLOCK);

    expect(lane.trial).toBeNull();
    giveBack(lane, true, CLOCK);
    expect(sizes(lane)).toEqual([100, 95, 100]);
  });
});

describe('halving', () => {
  it('follows one half down to a finding, with the other behind all else', () => {
    const lane = acceptedLane([...laneOf(105).parts]);

    refuse(lane, next(lane), INVALID, CLOCK);
    refuse(lane, next(lane), INVALID, CLOCK);

    expect(sizes(lane)).toEqual([25, 5, 50, 25]);
  });

  it('leaves no part without findings', () => {
    const lane = laneOf(11);
    refuse(lane, next(lane), INVALID, CLOCK);
    next(lane);
    for (const part of lane.parts.splice(0))
      lane.parts.push({ ...part, findings: part.findings.slice(0, 1) });
    accept(lane);

    expect(sizes(lane)).toEqual([1]);
  });

  it('ends at one finding, which is to blame', () => {
    const lane = laneOf(1);
    const part = next(lane);

    expect(refuse(lane, part, INVALID, CLOCK)).toEqual([part]);
    expect(takeNext(lane)).toBeUndefined();
  });
});
