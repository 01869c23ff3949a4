import { describe, expect, it } from 'vitest';
import { savedLetter } from '../../lib/dead-letters/discard-file.ts';
import { readLetter } from '../../lib/dead-letters/letter.ts';
import type { ReceivedLetter } from '../../lib/dead-letters/received-letter.ts';
import { savedLetters } from '../../lib/dead-letters/saved-letters.ts';
import { finding } from '../local/security-hub/account.ts';
import { eventOf } from './letter-world.ts';

const TRIAGE = {
  version: 1,
  cause: { code: 'InvalidInput', message: 'Invalid Input' },
  update: { Workflow: { Status: 'NOTIFIED' } },
  rules: ['notify-scanner'],
  attempts: 1,
  ruleset: '0123456789ab',
  at: '2026-03-01T10:01:00.000Z',
};

function received(members: Partial<ReceivedLetter> = {}): ReceivedLetter {
  return {
    kind: 'dead letters',
    messageId: 'message-1',
    body: eventOf([finding('finding-1')], { triage: TRIAGE }),
    attributes: { causeCode: 'InvalidInput', causeMessage: 'Invalid Input' },
    sentAtMs: Date.parse('2026-03-01T10:02:00Z'),
    movedBySqs: false,
    ...members,
  };
}

describe('readLetter', () => {
  it('tells cause, advice and what was tried', () => {
    const letter = readLetter(received());

    expect(letter).toMatchObject({
      cause: TRIAGE.cause,
      earlierCause: null,
      findings: [{ Id: 'finding-1' }],
      attempt: { update: TRIAGE.update, rules: ['notify-scanner'], attempts: 1, ruleset: '0123456789ab' },
    });
    expect(letter.advice.codes).toContain('InvalidInput');
  });

  it('tells the press of a button, and when it was', () => {
    const body = eventOf([finding('finding-1')], {
      'detail-type': 'Security Hub Findings - Custom Action',
      time: '2026-02-20T07:00:00Z',
      resources: ['arn:aws:securityhub:eu-west-1:111122223333:action/custom/accept'],
      detail: { actionName: 'Accept risk', findings: [finding('finding-1')] },
    });

    const press = { action: 'Accept risk', atMs: Date.parse('2026-02-20T07:00:00Z') };
    expect(readLetter(received({ body })).press).toEqual(press);
    expect(readLetter(received()).press).toBeNull();
  });

  it('does not take an old cause for the new one, where SQS moved a letter that had been redriven', () => {
    const letter = readLetter(received({ movedBySqs: true }));

    expect(letter.cause.code).toBe('none');
    expect(letter.earlierCause).toEqual(TRIAGE.cause);
  });

  it('reads what EventBridge could not deliver by its error code', () => {
    const attributes = { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not allowed', RULE_ARN: 'arn' };

    const letter = readLetter(
      received({ kind: 'undelivered events', body: eventOf([finding('f')]), attributes }),
    );

    expect(letter).toMatchObject({
      cause: { code: 'NO_PERMISSIONS', message: 'not allowed' },
      attempt: null,
    });
    expect(letter.advice.codes).toEqual(['NO_PERMISSIONS']);
  });

  it.each([
    ['{"triage":[]}', 'none'],
    ['{"triage":{"cause":7,"rules":"x","attempts":"y","update":[],"at":{}}}', 'none'],
    ['{"triage":{"cause":{"code":5,"message":{}},"rules":[1,"r"],"body":"x"}}', 'none'],
    ['[]', 'none'],
    ['', 'none'],
  ])('stands whatever somebody put there: %s', (body, code) => {
    const letter = readLetter(received({ body, attributes: {} }));

    expect(letter).toMatchObject({ cause: { code }, reading: { kind: 'refused' }, findings: [] });
    for (const rule of letter.attempt?.rules ?? []) expect(typeof rule).toBe('string');
  });
});

describe('savedLetters', () => {
  it('reads what a discard wrote, to the same letter', () => {
    const one = received();
    const other = received({
      kind: 'undelivered events',
      messageId: 'message-2',
      body: 'no JSON',
      movedBySqs: true,
    });
    const text = [one, other].map((letter) => `${JSON.stringify(savedLetter(letter))}\n`).join('');

    expect(savedLetters(text)).toEqual([one, other]);
  });

  it('reads the files of npm start and a reply of the AWS CLI', () => {
    const { body } = received();
    const attribute = { DataType: 'String', StringValue: 'InvalidInput' };
    const line = JSON.stringify({
      queue: 'TriageDeadLetters',
      body: JSON.parse(body),
      attributes: { causeCode: attribute },
    });
    const reply = JSON.stringify({
      Messages: [
        {
          MessageId: 'message-1',
          Body: body,
          Attributes: { SentTimestamp: '1772359320000', DeadLetterQueueSourceArn: 'arn' },
          MessageAttributes: { causeCode: attribute },
        },
      ],
    });

    expect(savedLetters(`${line}\n`)).toMatchObject([{ attributes: { causeCode: 'InvalidInput' }, body }]);
    expect(savedLetters(reply)).toMatchObject([
      { messageId: 'message-1', sentAtMs: 1_772_359_320_000, movedBySqs: true },
    ]);
    expect(savedLetters(body)).toMatchObject([{ kind: 'dead letters', messageId: '' }]);
  });

  it.each(['', 'text', '[]', '{}', '{"Id":"finding"}'])('takes %j for no letters', (text) => {
    expect(savedLetters(text)).toBeUndefined();
  });
});
