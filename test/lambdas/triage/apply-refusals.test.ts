import { describe, expect, it } from 'vitest';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { idsIn, reply, sentIn, UPDATE, withApply } from './apply-world.ts';
import { identifier, identifiers } from './fixtures.ts';

const { aws, apply, outcomes } = withApply();

describe('calls that are refused whole', () => {
  it('halves a call that is refused whole until the culprit stands alone', async () => {
    aws().script((call) =>
      idsIn(call).includes('finding-37') ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );

    const ends = await outcomes(identifiers(100));

    expect(ends.filter((end) => end === 'updated')).toHaveLength(99);
    expect(ends[37]).toBe('deadLettered InvalidInputException');
    // One more than halving takes: a finding tries the payload first.
    expect(aws().calls.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(100)) + 2);
  });

  it.each([0, 99])('finds the one culprit among 100 wherever it is, here at %i', async (at) => {
    aws().script((call) =>
      idsIn(call).includes(`finding-${at}`) ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );

    const ends = await outcomes(identifiers(100));

    expect(ends.filter((end) => end === 'updated')).toHaveLength(99);
    expect(ends[at]).toBe('deadLettered InvalidInputException');
  });

  it('does not blame the payload for culprits that stand side by side', async () => {
    const culprits = ['finding-0', 'finding-1', 'finding-2', 'finding-3'];
    aws().script((call) =>
      idsIn(call).some((id) => culprits.includes(id))
        ? { error: 'InvalidInputException' }
        : reply(sentIn(call)),
    );

    const ends = await outcomes(identifiers(100));

    expect(ends.filter((end) => end === 'updated')).toHaveLength(96);
  });

  it.each([
    [100, [0, 25, 50]],
    [100, [10, 11, 12, 40, 41, 42, 70, 71, 72, 99]],
    [1_000, [5, 105, 205, 305, 405, 505, 605, 705, 805, 905]],
    // More than try a payload: of a part so small each finding is heard.
    [9, [0, 1, 2, 3, 4, 5, 6, 7]],
    // All of the first part: who tries the payload is drawn from all that wait.
    [300, Array.from({ length: 100 }, (_, n) => n)],
    [1_000, Array.from({ length: 100 }, (_, n) => n)],
  ])('dead-letters of %i findings the culprits alone, wherever they are: %j', async (count, at) => {
    const culprits = new Set(at.map((position) => `finding-${position}`));
    aws().script((call) =>
      idsIn(call).some((id) => culprits.has(id)) ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );
    const all = identifiers(count);
    const groups = Array.from({ length: Math.ceil(count / 100) }, (_, n) => ({
      update: UPDATE,
      findings: all.slice(n * 100, n * 100 + 100),
    }));

    const { applied } = await apply(groups, 300_000);

    const lettered = all.filter(
      (finding) => applied.get(findingKey(finding))?.result.kind === 'deadLettered',
    );
    expect(lettered.map(({ Id }) => Id)).toEqual([...culprits]);
    expect(applied.size).toBe(count);
  });

  it('gives a payload up that is refused for every finding, and updates the group behind it', async () => {
    aws().script((call) =>
      call.body.Confidence === 1 ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );
    const all = identifiers(1_050);
    const bad = Array.from({ length: 10 }, (_, n) => ({
      update: { Confidence: 1 },
      findings: all.slice(n * 100, n * 100 + 100),
    }));

    const { applied } = await apply([...bad, { update: UPDATE, findings: all.slice(1_000) }], 300_000);

    expect(aws().calls.length).toBeLessThanOrEqual(40);
    // The good group does not wait for the bad one to be given up.
    expect(aws().calls.findIndex((call) => call.body.Workflow !== undefined)).toBe(1);
    const kinds = all.map((finding) => applied.get(findingKey(finding))?.result.kind);
    expect(kinds.slice(0, 1_000).every((kind) => kind === 'deadLettered')).toBe(true);
    expect(kinds.slice(1_000).every((kind) => kind === 'updated')).toBe(true);
    // The first call, and five findings of it alone.
    expect(aws().calls.filter((call) => call.body.Confidence === 1)).toHaveLength(6);
    // What was never sent counts no attempt.
    expect(applied.get(findingKey(identifier(0)))?.attempts).toBe(1);
    expect(applied.get(findingKey(identifier(999)))?.attempts).toBe(0);
  });

  it('goes on halving where single findings are refused for different reasons', async () => {
    aws().script((call) => ({ error: `InvalidInput${sentIn(call).length === 1 ? idsIn(call)[0] : ''}` }));

    const ends = await outcomes(identifiers(5));

    expect(new Set(ends).size).toBe(5);
  });

  it.each([
    [11, [11, 1, 1, 1, 1, 1]],
    // Few enough to be heard one by one.
    [4, [4, 2, 1, 2, 1, 1, 1]],
  ])('sends five of %i findings alone before it gives a payload up: calls of %j', async (count, sizes) => {
    aws().script(() => ({ error: 'InvalidInputException' }));

    await apply([{ update: UPDATE, findings: identifiers(count) }]);

    expect(aws().calls.map((call) => sentIn(call).length)).toEqual(sizes);
  });

  it('sends the rest whole where a culprit tried the payload: it may have been the only one', async () => {
    aws().script((call) =>
      idsIn(call).includes('finding-6') ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );

    // Drawn by the middle of the lot, as the clock of these tests has it.
    await apply([{ update: UPDATE, findings: identifiers(12) }]);

    expect(aws().calls.map((call) => sentIn(call).length)).toEqual([12, 1, 1, 10]);
  });

  it('goes on in halves where the first finding of the five is taken', async () => {
    aws().script((call, position) =>
      position === 0 ? { error: 'InvalidInputException' } : reply(sentIn(call)),
    );

    const { applied } = await apply([{ update: UPDATE, findings: identifiers(60) }]);

    expect(aws().calls.map((call) => sentIn(call).length)).toEqual([60, 1, 30, 29]);
    expect([...applied.values()].every(({ result }) => result.kind === 'updated')).toBe(true);
  });

  it('lets another finding try the payload where an outage kept one from it', async () => {
    let alone = 0;
    aws().script((call) => {
      if (sentIn(call).length > 1) return { error: 'InvalidInputException' };
      alone += 1;
      // As often as the client tries by itself.
      return alone > 1 && alone <= 5 ? { status: 500 } : { error: 'InvalidInputException' };
    });
    const all = identifiers(300);
    const groups = [0, 100, 200].map((n) => ({ update: UPDATE, findings: all.slice(n, n + 100) }));

    const { applied } = await apply(groups, 300_000);

    const ends = all.map((finding) => applied.get(findingKey(finding))?.result.kind);
    expect(ends.filter((kind) => kind === 'returned')).toHaveLength(1);
    expect(ends.filter((kind) => kind === 'deadLettered')).toHaveLength(299);
    expect(aws().calls.filter((call) => sentIn(call).length > 1)).toHaveLength(1);
  });

  it('lets nobody else try the payload where a call was denied, and blames nobody then', async () => {
    aws().script((call, position) =>
      position < 2
        ? { error: 'InvalidInputException' }
        : sentIn(call).length === 1
          ? { status: 403, error: 'AccessDeniedException' }
          : reply(sentIn(call)),
    );

    await apply([{ update: UPDATE, findings: identifiers(12) }]);

    expect(aws().calls.map((call) => sentIn(call).length)).toEqual([12, 1, 1, 1, 1, 1, 7]);
  });

  it('does not give a payload up that is refused for different reasons', async () => {
    let refused = 0;
    aws().script((call) => {
      if (sentIn(call).length > 1) return { error: 'InvalidInputException' };
      refused += 1;
      return { error: refused === 2 ? 'ValidationException' : 'InvalidInputException' };
    });

    await apply([{ update: UPDATE, findings: identifiers(12) }]);

    expect(refused).toBe(12);
  });

  it('never gives up a payload that was accepted once', async () => {
    aws().script((call, position) =>
      position === 0 ? reply(sentIn(call)) : { error: 'InvalidInputException' },
    );
    const all = identifiers(9);

    await apply([
      { update: UPDATE, findings: all.slice(0, 1) },
      { update: UPDATE, findings: all.slice(1) },
    ]);

    expect(aws().calls.filter((call) => sentIn(call).length === 1)).toHaveLength(1 + 8);
  });

  it('never gives up what is tried again: its payload was answered', async () => {
    aws().script((call, position) =>
      position === 0
        ? reply([], { ConcurrentUpdateError: sentIn(call) })
        : { error: 'InvalidInputException' },
    );

    await apply([{ update: UPDATE, findings: identifiers(8) }]);

    expect(aws().calls.filter((call) => sentIn(call).length === 1)).toHaveLength(8);
  });
});
