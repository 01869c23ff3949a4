import { describe, expect, it, vi } from 'vitest';
import { confirmDeadLetters, settleAll } from '../../../lambdas/triage/ending.ts';
import type { Intake } from '../../../lambdas/triage/message.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { endingOf } from './endings.ts';
import { identifier, NOW_MS, RULESET } from './fixtures.ts';

const CONTEXT = { ruleset: RULESET, mode: 'enforce', nowMs: NOW_MS } as const;
const LETTER = { body: '{}', attributes: { causeCode: 'c', causeMessage: 'm' } };

function intakeOf(members: Partial<Intake>): Intake {
  return { snapshots: [], invalid: [], malformed: [], ignored: 0, messagesOf: new Map(), ...members };
}

function decidedOf(n: number) {
  const { decided } = endingOf(n);
  if (decided === null) throw new Error('not decided');
  return decided;
}

describe('settleAll', () => {
  it('ends what was decided, in the order of the batch, and nothing that was not', () => {
    const messagesOf = new Map([
      [findingKey(identifier(2)), ['m-1']],
      [findingKey(identifier(3)), ['m-1']],
      [findingKey(identifier(1)), ['m-1', 'm-2']],
    ]);

    const endings = settleAll(
      intakeOf({ messagesOf }),
      [decidedOf(1), decidedOf(2)],
      new Map([
        [
          findingKey(identifier(1)),
          { result: { kind: 'updated' }, attempts: 1, atMs: NOW_MS + 7, mayStand: false },
        ],
      ]),
      CONTEXT,
    );

    expect(endings).toMatchObject([
      { outcome: { Id: 'finding-2', outcome: 'unchanged' }, messageIds: ['m-1'], atMs: null },
      { outcome: { Id: 'finding-1', outcome: 'updated' }, messageIds: ['m-1', 'm-2'], atMs: NOW_MS + 7 },
    ]);
    expect(endings.map(({ deadLetter }) => deadLetter)).toEqual([null, null]);
  });

  it('dead-letters what is no finding and what is no event, each for its own message', () => {
    const triage = { version: 1, update: null, rules: [], attempts: 0, ruleset: RULESET.version };
    const ended = { Id: '', ProductArn: '', outcome: 'deadLettered', rules: [], update: null, held: [] };
    const finding = { Id: 'x' };

    const endings = settleAll(
      intakeOf({
        invalid: [{ finding, message: 'ProductArn is no string', messageId: 'm-1', envelope: {} }],
        malformed: [{ messageId: 'm-2', message: 'no event', body: 'text' }],
      }),
      [],
      new Map(),
      CONTEXT,
    );

    expect(endings).toMatchObject([
      {
        outcome: { ...ended, cause: { code: 'InvalidFinding', message: 'ProductArn is no string' } },
        messageIds: ['m-1'],
        decided: null,
        atMs: null,
      },
      {
        outcome: { ...ended, cause: { code: 'MalformedEvent', message: 'no event' } },
        messageIds: ['m-2'],
        decided: null,
        atMs: null,
      },
    ]);
    const letters = endings.map(({ deadLetter }) => JSON.parse(deadLetter?.body ?? ''));
    expect(letters[0]).toMatchObject({ detail: { findings: [finding] }, triage });
    expect(letters[1]).toMatchObject({ triage: { ...triage, body: 'text' } });
  });
});

describe('confirmDeadLetters', () => {
  const confirm = (
    endings: Parameters<typeof confirmDeadLetters>[0],
    timeoutMs: number,
    confirmed: number[],
  ) => {
    const sendDeadLetters = vi.fn(async () => new Set(confirmed));
    const connect = vi.fn(async () => ({ sendDeadLetters, delay: async () => 0 }));
    const ends = confirmDeadLetters(endings, connect, () => timeoutMs);
    return ends.then((confirmedEndings) => ({ ends: confirmedEndings, connect, sendDeadLetters }));
  };

  it('calls no queue where there is none', async () => {
    const endings = [endingOf(1)];

    const { ends, connect } = await confirm(endings, 500, []);

    expect(ends).toBe(endings);
    expect(connect).not.toHaveBeenCalled();
  });

  it('takes back each that is not confirmed, and no other', async () => {
    const endings = [endingOf(1), ...[2, 3].map((n) => ({ ...endingOf(n), deadLetter: LETTER }))];

    const { ends, sendDeadLetters } = await confirm(endings, 500, [0]);

    expect(sendDeadLetters.mock.calls).toEqual([[[LETTER, LETTER], 500]]);
    expect(ends.slice(0, 2)).toEqual(endings.slice(0, 2));
    expect(ends[2]?.outcome).toMatchObject({
      outcome: 'returned',
      cause: { code: 'DeadLetterNotConfirmed', message: 'SQS did not confirm the dead letter' },
    });
  });

  it('tries it also where no time is left', async () => {
    const { sendDeadLetters } = await confirm([{ ...endingOf(1), deadLetter: LETTER }], -40, [0]);

    expect(sendDeadLetters.mock.calls).toEqual([[[LETTER], 1]]);
  });
});
