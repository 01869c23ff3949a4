import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../lambdas/triage/clock.ts';
import { openDiscardFile } from '../../lib/dead-letters/discard-file.ts';
import type { LetterFate } from '../../lib/dead-letters/fate.ts';
import { lookAtLetters } from '../../lib/dead-letters/look-at-letters.ts';
import { unknownFates } from '../../lib/dead-letters/redecide.ts';
import { type RedriveJob, redrive } from '../../lib/dead-letters/redrive.ts';
import { eventOf, findings, idsIn, type LetterWorld, startLetterWorld } from './letter-world.ts';

const GOES_ON = new AbortController().signal;

function virtualClock(): Clock & { readonly time: { ms: number } } {
  const time = { ms: 0 };
  return {
    time,
    nowMs: () => time.ms,
    sleep: async (durationMs) => {
      time.ms += durationMs;
    },
    random: () => 0.5,
  };
}

function jobIn(world: LetterWorld, members: Partial<RedriveJob> = {}): RedriveJob {
  return {
    queues: [world.letters, world.undelivered],
    apply: { ingest: world.ingest, discard: null },
    isChosen: () => true,
    fatesOf: async (letters) => unknownFates(letters),
    perSecond: 500,
    limit: Number.POSITIVE_INFINITY,
    clock: virtualClock(),
    stop: GOES_ON,
    onProgress: () => {},
    ...members,
  };
}

const visible = (world: LetterWorld, queue: string) =>
  world.service.peek(queue).filter(({ visibility }) => visibility === 'visible').length;

describe('redrive', () => {
  it('moves the letters of both queues, and each is deleted only after its copy was confirmed', async () => {
    const world = await startLetterWorld();
    for (const one of findings(23)) world.deadLetter(one);
    world.send('undelivered', eventOf(findings(25).slice(23)), { ERROR_CODE: 'NO_PERMISSIONS' });

    const { ends, failure, partial } = await redrive(jobIn(world));

    expect({ failure, partial, ends: new Set(ends.map(({ end }) => end)) }).toEqual({
      failure: null,
      partial: null,
      ends: new Set(['sent']),
    });
    expect(idsIn(world, 'ingest')).toEqual(
      findings(25)
        .map(({ Id }) => Id)
        .sort(),
    );
    expect([...world.bodiesIn('dead-letters'), ...world.bodiesIn('undelivered')]).toEqual([]);
    let [sent, deleted] = [0, 0];
    for (const { kind, queueName } of world.events.slice(24)) {
      if (kind === 'sent' && queueName === 'ingest') sent += 1;
      if (kind === 'deleted') deleted += 1;
      expect(deleted).toBeLessThanOrEqual(sent);
    }
  });

  it('sends, deletes and writes nothing where it is dry, and leaves all of it visible', async () => {
    const world = await startLetterWorld();
    for (const one of findings(12)) world.deadLetter(one);

    const { ends } = await redrive(jobIn(world, { apply: null }));

    expect(ends.map(({ end }) => end)).toEqual(Array(12).fill('kept'));
    expect(world.bodiesIn('ingest')).toEqual([]);
    expect(visible(world, 'dead-letters')).toBe(12);
  });

  it('keeps what SQS did not confirm, entry by entry', async () => {
    const world = await startLetterWorld();
    for (const one of findings(10)) world.deadLetter(one);
    world.service.failSendEntries('ingest', 3);

    const { ends } = await redrive(jobIn(world));

    expect(ends.filter(({ end }) => end === 'failed')).toHaveLength(3);
    expect(idsIn(world, 'dead-letters')).toHaveLength(3);
    expect([...idsIn(world, 'ingest'), ...idsIn(world, 'dead-letters')].sort()).toEqual(
      findings(10).map(({ Id }) => Id),
    );
    expect(visible(world, 'dead-letters')).toBe(3);
  });

  it('ends where a call fails whole, tells which, and gives back what it holds', async () => {
    const world = await startLetterWorld();
    for (const one of findings(10)) world.deadLetter(one);
    world.service.failSends('ingest', 1);

    const { ends, failure } = await redrive(jobIn(world, { queues: [world.letters] }));

    expect(failure).toMatchObject({ action: 'sqs:SendMessage', failure: { kind: 'unavailable' } });
    expect(new Set(ends.map(({ end }) => end))).toEqual(new Set(['failed']));
    expect(visible(world, 'dead-letters')).toBe(10);
  });

  it.each([1, 7, 50])('keeps to %i letters a second, but for one batch', async (perSecond) => {
    const world = await startLetterWorld();
    const clock = virtualClock();
    const count = Math.min(60, perSecond * 4 + 12);
    for (const one of findings(count)) world.deadLetter(one);
    const sentAtMs: number[] = [];
    world.service.subscribe(({ kind, queueName }) => {
      if (kind === 'sent' && queueName === 'ingest') sentAtMs.push(clock.time.ms);
    });

    await redrive(jobIn(world, { clock, perSecond }));

    expect(sentAtMs).toHaveLength(count);
    for (const from of sentAtMs) {
      const inSecond = sentAtMs.filter((ms) => ms >= from && ms < from + 1000).length;
      expect(inSecond).toBeLessThanOrEqual(perSecond + 10);
    }
    const takenMs = Math.max(...sentAtMs);
    expect(takenMs).toBeGreaterThanOrEqual(((count - 1) / perSecond) * 1000 - 1);
  });

  it('sends what comes to an end, and keeps what would be refused again, is gone, or could not be read', async () => {
    const world = await startLetterWorld();
    const kinds = ['updated', 'unchanged', 'held', 'observed', 'refused', 'gone', 'unknown'] as const;
    for (const one of findings(kinds.length)) world.deadLetter(one);
    world.send('dead-letters', '{"hello":1}');
    const fatesOf: RedriveJob['fatesOf'] = async (letters) =>
      letters.map(({ reading, findings: [finding = { Id: '', ProductArn: '' }] }): LetterFate => {
        if (reading.kind === 'refused') return { kind: 'unreadable', why: reading.why };
        const fate = kinds[Number(finding.Id.slice(-1))] ?? 'unknown';
        const cause = { code: 'AccessDeniedException', message: 'no' };
        return { kind: fate, findings: [{ finding, fate, rules: [], cause }] };
      });

    await redrive(jobIn(world, { fatesOf }));

    expect(idsIn(world, 'ingest')).toEqual(['finding-0', 'finding-1', 'finding-2', 'finding-3']);
    expect(visible(world, 'dead-letters')).toBe(4);
  });

  it('discards only what is gone or no event, and only once it stands in the file', async () => {
    const world = await startLetterWorld();
    for (const one of findings(2)) world.deadLetter(one, 'FindingNotFound');
    world.send('dead-letters', '{"hello":1}');
    const dir = mkdtempSync(join(tmpdir(), 'discards-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const path = join(dir, 'gone.ndjson');
    const discard = openDiscardFile(path);
    world.service.subscribe(({ kind, messageId }) => {
      if (kind === 'deleted') expect(readFileSync(path, 'utf8')).toContain(messageId);
    });
    const fatesOf: RedriveJob['fatesOf'] = async (letters) =>
      letters.map((letter): LetterFate => {
        if (letter.reading.kind === 'refused') return { kind: 'unreadable', why: letter.reading.why };
        const kind = letter.findings[0]?.Id === 'finding-0' ? 'gone' : 'refused';
        return { kind, findings: [] };
      });

    const { ends } = await redrive(jobIn(world, { fatesOf, apply: { ingest: world.ingest, discard } }));
    discard.close();

    expect(ends.map(({ end }) => end).sort()).toEqual(['discarded', 'discarded', 'kept']);
    expect(idsIn(world, 'dead-letters')).toEqual(['finding-1']);
    expect(world.bodiesIn('ingest')).toEqual([]);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('passes over what is not chosen, once, and leaves it visible', async () => {
    const world = await startLetterWorld();
    for (const one of findings(30)) world.deadLetter(one);

    const result = await redrive(
      jobIn(world, { isChosen: ({ findings: [one] }) => one?.Id === 'finding-29' }),
    );

    expect(result).toMatchObject({ passedOver: 29, ends: [{ end: 'sent' }] });
    expect(visible(world, 'dead-letters')).toBe(29);
  });

  it('finds letters behind those whose time was up, and tells none twice', async () => {
    const world = await startLetterWorld();
    for (const one of findings(70)) world.deadLetter(one);
    const fatesOf: RedriveJob['fatesOf'] = async (letters) => {
      world.pass(301_000);
      return unknownFates(letters);
    };

    const result = await redrive(
      jobIn(world, {
        queues: [world.letters],
        fatesOf,
        isChosen: ({ findings: [one] }) => one?.Id === 'finding-69',
      }),
    );

    expect(result).toMatchObject({ passedOver: 69, ends: [{ end: 'sent' }] });
    expect(visible(world, 'dead-letters')).toBe(69);
  });

  it('stops where it is told to, with what it had in hand given back', async () => {
    const world = await startLetterWorld();
    for (const one of findings(45)) world.deadLetter(one);
    const stop = new AbortController();

    const result = await redrive(jobIn(world, { stop: stop.signal, onProgress: () => stop.abort() }));

    expect(result.partial).toBe('interrupted');
    expect(idsIn(world, 'ingest')).toHaveLength(20);
    expect(visible(world, 'dead-letters')).toBe(25);
  });

  it('looks at no more than the limit', async () => {
    const world = await startLetterWorld();
    for (const one of findings(30)) world.deadLetter(one);

    const result = await redrive(jobIn(world, { queues: [world.letters], limit: 13 }));

    expect(result.partial).toBe('limit');
    expect(idsIn(world, 'ingest')).toHaveLength(13);
    expect(visible(world, 'dead-letters')).toBe(17);
  });
});

describe('lookAtLetters', () => {
  it('sees every letter once and changes nothing but receive counts', async () => {
    const world = await startLetterWorld();
    for (const one of findings(125)) world.deadLetter(one);

    const letters = await lookAtLetters(world.letters, 1_000, GOES_ON, () => {});

    expect(new Set(letters.map(({ received }) => received.messageId)).size).toBe(125);
    expect(letters).toHaveLength(125);
    const after = world.service.peek('dead-letters');
    expect(after.map(({ visibility }) => visibility)).toEqual(Array(125).fill('visible'));
    expect(after.map(({ receiveCount }) => receiveCount)).toEqual(Array(125).fill(1));
  });

  it('keeps to its limit', async () => {
    const world = await startLetterWorld();
    for (const one of findings(25)) world.deadLetter(one);

    const letters = await lookAtLetters(world.letters, 7, GOES_ON, () => {});

    expect(letters).toHaveLength(7);
    expect(visible(world, 'dead-letters')).toBe(25);
  });
});
