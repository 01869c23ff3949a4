import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyDeadLetter,
  type Failure,
  findingDeadLetter,
  MESSAGE_LIMIT_BYTES,
  sizeOf,
} from '../../../lambdas/triage/dead-letter.ts';
import { readEvent } from '../../../lib/findings/read-event.ts';
import { finding, identifier, importedEvent, NOW_MS } from './fixtures.ts';

const FAILURE: Failure = {
  cause: { code: 'InvalidInput', message: 'Invalid Input' },
  update: { Workflow: { Status: 'NOTIFIED' } },
  rules: ['notify-guardduty'],
  attempts: 1,
  ruleset: '0123456789ab',
  atMs: NOW_MS,
};

const TRIAGE = {
  version: 1,
  cause: FAILURE.cause,
  update: FAILURE.update,
  rules: FAILURE.rules,
  attempts: 1,
  ruleset: '0123456789ab',
  at: '2026-03-01T10:01:00.000Z',
};

/** The characters of the SendMessage page, said a second time. */
const ACCEPTED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

function envelopeOf(body: string): Record<string, unknown> {
  return JSON.parse(body);
}

describe('findingDeadLetter', () => {
  it('is the event with this finding alone and all there is to know of the failure', () => {
    const envelope = envelopeOf(importedEvent([finding(1), finding(2)]));

    const letter = findingDeadLetter(envelope, finding(2), FAILURE);

    expect(JSON.parse(letter.body)).toEqual({
      ...envelope,
      detail: { findings: [finding(2)] },
      triage: TRIAGE,
    });
    expect(letter.attributes).toEqual({ causeCode: 'InvalidInput', causeMessage: 'Invalid Input' });
  });

  it('reads as the same event when it is redriven, custom action and all', () => {
    const body = importedEvent([finding(1)], {
      'detail-type': 'Security Hub Findings - Custom Action',
      resources: ['arn:aws:securityhub:eu-west-1:111122223333:action/custom/triageRetriage'],
      detail: { actionName: 'Re-triage', findings: [finding(1)] },
    });

    const letter = findingDeadLetter(envelopeOf(body), finding(1), FAILURE);

    const {
      envelope: _,
      isLetter,
      ...redriven
    } = readEvent(letter.body) as { envelope: unknown; isLetter: boolean };
    expect(isLetter).toBe(true);
    expect(readEvent(body)).toMatchObject(redriven);
  });

  it('cuts a finding that does not fit to its identity, and tells size and digest of the whole', () => {
    const large = finding(1, { Description: '"'.repeat(MESSAGE_LIMIT_BYTES / 2) });

    const resources = ['arn:aws:securityhub:eu-west-1:111122223333:action/custom/accept'];
    const detail = { actionName: 'Accept', findings: [large] };
    const envelope = envelopeOf(importedEvent([], { resources, detail, more: 'not needed' }));

    const letter = findingDeadLetter(envelope, large, FAILURE);

    const text = JSON.stringify(large);
    const { more: _, ...needed } = envelope;
    expect(JSON.parse(letter.body)).toEqual({
      ...needed,
      detail: { actionName: 'Accept', findings: [identifier(1)] },
      triage: {
        ...TRIAGE,
        truncated: {
          bytes: Buffer.byteLength(text),
          sha256: createHash('sha256').update(text).digest('hex'),
        },
      },
    });
    expect(readEvent(letter.body)).toMatchObject({ kind: 'findings', findings: [identifier(1)] });
  });

  it('keeps a finding whole up to the last byte that SQS takes', () => {
    const letterOf = (length: number) => {
      const one = finding(1, { Description: 'x'.repeat(length) });
      return findingDeadLetter(envelopeOf(importedEvent([one])), one, FAILURE);
    };
    const most = MESSAGE_LIMIT_BYTES - sizeOf(letterOf(0));

    expect(sizeOf(letterOf(most))).toBe(MESSAGE_LIMIT_BYTES);
    expect(JSON.parse(letterOf(most).body).triage).toEqual(TRIAGE);
    expect(JSON.parse(letterOf(most + 1).body).triage).toHaveProperty('truncated');
  });

  it('tells the cause in attributes that SQS takes, of at most 256 characters', () => {
    const cause = { code: 'Odd\u0000\uFFFFCode', message: `${'\u{1F600}'.repeat(300)}` };

    const { attributes } = findingDeadLetter(envelopeOf(importedEvent([])), finding(1), {
      ...FAILURE,
      cause,
    });

    expect(attributes).toEqual({ causeCode: 'Odd\uFFFD\uFFFDCode', causeMessage: '\u{1F600}'.repeat(256) });
  });

  it('cuts a finding that is nested too deep to be written', () => {
    const deep = JSON.parse(
      `{"Id":"f","ProductArn":"arn:aws:securityhub","X":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    );

    const letter = findingDeadLetter(envelopeOf(importedEvent([])), deep, FAILURE);

    const { detail, triage } = JSON.parse(letter.body);
    expect(detail.findings).toEqual([{ Id: 'f', ProductArn: 'arn:aws:securityhub' }]);
    expect(triage.truncated).toEqual({ bytes: null, sha256: null });
  });

  it.each([
    ['no object', 'x'.repeat(MESSAGE_LIMIT_BYTES), {}],
    ['null, in an event that does not fit', null, {}],
    ['without a proper identity', { Id: 7, Title: 'x'.repeat(MESSAGE_LIMIT_BYTES) }, {}],
  ])('keeps of a finding that is %s nothing that might not fit', (_, one, kept) => {
    const envelope = {
      ...envelopeOf(importedEvent([])),
      more: 'x'.repeat(MESSAGE_LIMIT_BYTES),
      resources: 'none',
    };

    const letter = findingDeadLetter(envelope, one, FAILURE);

    expect(JSON.parse(letter.body)).toMatchObject({ resources: [], detail: { findings: [kept] } });
    expect(sizeOf(letter)).toBeLessThan(2_000);
  });

  it('holds only characters that SQS accepts, and loses none', () => {
    const nasty = finding(1, { Title: '\uFFFE\uFFFF\uD800 \u0000\u001F \u{1F600} é \uDC00' });

    const letter = findingDeadLetter(envelopeOf(importedEvent([nasty])), nasty, FAILURE);

    expect(letter.body).toMatch(ACCEPTED);
    expect(JSON.parse(letter.body).detail.findings).toEqual([nasty]);
  });

  it('fits and is acceptable whatever the finding, the event and the cause say', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    });

    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom(1, 40_000, 400_000),
        fc.constantFrom(1, 400_000),
        (title, code, message, timesFinding, timesEnvelope) => {
          const one = finding(1, { Title: title.repeat(timesFinding / Math.max(1, title.length)) });
          const envelope = {
            ...envelopeOf(importedEvent([one])),
            resources: [title.repeat(timesEnvelope / 10)],
          };

          const letter = findingDeadLetter(envelope, one, { ...FAILURE, cause: { code, message } });

          expect(sizeOf(letter)).toBeLessThanOrEqual(MESSAGE_LIMIT_BYTES);
          for (const part of [letter.body, ...Object.values(letter.attributes)])
            expect(ACCEPTED.test(part)).toBe(true);
          for (const value of Object.values(letter.attributes)) expect(value.length).toBeGreaterThan(0);
          expect(readEvent(letter.body)).toMatchObject({ kind: 'findings', findings: [{ Id: 'finding-1' }] });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('bodyDeadLetter', () => {
  it('keeps the text as it came', () => {
    const letter = bodyDeadLetter('no json \uFFFF', FAILURE);

    expect(JSON.parse(letter.body)).toEqual({ triage: { ...TRIAGE, body: 'no json \uFFFF' } });
    expect(letter.body).toMatch(ACCEPTED);
  });

  it('does not grow when it is redriven and fails again', () => {
    const first = bodyDeadLetter('no "json"', FAILURE);
    const reading = readEvent(first.body);

    const second = bodyDeadLetter(reading.kind === 'malformed' ? reading.body : '', FAILURE);

    expect(second).toEqual(first);
  });

  it('keeps a text whole up to the last byte that SQS takes', () => {
    const letterOf = (length: number) => bodyDeadLetter('x'.repeat(length), FAILURE);
    const most = MESSAGE_LIMIT_BYTES - sizeOf(letterOf(0));

    expect(sizeOf(letterOf(most))).toBe(MESSAGE_LIMIT_BYTES);
    expect(JSON.parse(letterOf(most).body).triage).not.toHaveProperty('truncated');
    expect(JSON.parse(letterOf(most + 1).body).triage).toHaveProperty('truncated');
  });

  it('cuts a text that does not fit', () => {
    const letter = bodyDeadLetter('\u0001'.repeat(MESSAGE_LIMIT_BYTES), FAILURE);

    expect(sizeOf(letter)).toBeLessThanOrEqual(MESSAGE_LIMIT_BYTES);
    expect(JSON.parse(letter.body).triage.truncated.bytes).toBe(MESSAGE_LIMIT_BYTES);
  });
});

describe('sizeOf', () => {
  it('counts the bytes of the body and of name, type and value of each attribute', () => {
    const bytes = sizeOf({ body: 'é', attributes: { causeCode: 'ab', causeMessage: 'é' } });

    expect(bytes).toBe(
      2 + ('causeCode'.length + 'String'.length + 2) + ('causeMessage'.length + 'String'.length + 2),
    );
  });
});
