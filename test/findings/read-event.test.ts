import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent, readValue } from '../../lib/findings/read-event.ts';

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';
const ACTION_ARN = 'arn:aws-us-gov:securityhub:us-gov-west-1:111122223333:action/custom/triageRetriage';
const FINDING = { Id: 'f-1', ProductArn: PRODUCT_ARN };

function body(members: Record<string, unknown>): string {
  return JSON.stringify({
    'detail-type': 'Security Hub Findings - Imported',
    time: '2026-03-01T10:00:00Z',
    detail: { findings: [FINDING] },
    ...members,
  });
}

function readFindings(text: string) {
  const reading = readEvent(text);
  if (reading.kind !== 'findings') throw new Error(`not findings but ${reading.kind}`);
  return reading;
}

describe('readEvent', () => {
  it('reads an imported event with its time', () => {
    const reading = readFindings(body({}));

    expect(reading.findings).toEqual([FINDING]);
    expect(reading.event).toEqual({ detailType: 'Security Hub Findings - Imported' });
    expect(reading.timeMs).toBe(Date.UTC(2026, 2, 1, 10));
  });

  it('reads every finding of an event, and none of an event without any', () => {
    const two = [FINDING, { ...FINDING, Id: 'f-2' }];

    expect(readFindings(body({ detail: { findings: two } })).findings).toEqual(two);
    expect(readFindings(body({ detail: { findings: [] } })).findings).toEqual([]);
  });

  it('takes the id of a custom action from its ARN and the name from the detail', () => {
    const reading = readFindings(
      body({
        'detail-type': 'Security Hub Findings - Custom Action',
        resources: [ACTION_ARN],
        detail: { actionName: 'Re-triage', findings: [FINDING] },
      }),
    );

    expect(reading.event).toEqual({
      detailType: 'Security Hub Findings - Custom Action',
      actionName: 'Re-triage',
      actionId: 'triageRetriage',
    });
  });

  it.each([
    [undefined],
    [[]],
    [['arn:aws:securityhub:eu-west-1:111122223333:hub/default']],
    [[42]],
    [[[ACTION_ARN]]],
    [[`x${ACTION_ARN}`]],
    [[`${ACTION_ARN}/more`]],
  ])('reads a custom action without an id from resources %j', (resources) => {
    const reading = readFindings(body({ 'detail-type': 'Security Hub Findings - Custom Action', resources }));

    expect(reading.event).toStrictEqual({ detailType: 'Security Hub Findings - Custom Action' });
  });

  it('reads a custom action without a name where it is no text', () => {
    const detail = { actionName: 7, findings: [] };

    const reading = readFindings(
      body({ 'detail-type': 'Security Hub Findings - Custom Action', resources: [ACTION_ARN], detail }),
    );

    expect(reading.event).toStrictEqual({
      detailType: 'Security Hub Findings - Custom Action',
      actionId: 'triageRetriage',
    });
  });

  it('does not let an imported event pass for a custom action', () => {
    const reading = readFindings(body({ resources: [ACTION_ARN] }));

    expect(reading.event.actionId).toBeUndefined();
  });

  it.each(['Security Hub Insight Results', 'Findings Imported V2', 'AWS API Call via CloudTrail'])(
    'ignores %s',
    (detailType) => {
      expect(readEvent(body({ 'detail-type': detailType, detail: {} }))).toEqual({
        kind: 'ignored',
        detailType,
      });
    },
  );

  it.each([
    ['', 'the body is no JSON object'],
    ['no json', 'the body is no JSON object'],
    ['[]', 'the body is no JSON object'],
    ['null', 'the body is no JSON object'],
    ['{}', 'the event has no detail-type'],
    [body({ 'detail-type': 7 }), 'the event has no detail-type'],
    [body({ detail: null }), 'the event has no detail'],
    [body({ detail: {} }), 'detail.findings is no array'],
    [body({ detail: { findings: { 0: FINDING } } }), 'detail.findings is no array'],
  ])('calls %j malformed', (text, message) => {
    expect(readEvent(text)).toEqual({ kind: 'malformed', message, body: text });
  });

  it('has no text for a malformed event that came parsed', () => {
    expect(readValue([])).toEqual({ kind: 'malformed', message: 'the body is no JSON object', body: '' });
  });

  it('says nothing of the text in the message of a malformed body', () => {
    const reading = readEvent('{"secret": canary}');

    expect(reading).toMatchObject({ kind: 'malformed', message: expect.not.stringContaining('canary') });
  });

  it.each([
    [null, 'the finding is no object'],
    ['text', 'the finding is no object'],
    [[], 'the finding is no object'],
    [{ ProductArn: PRODUCT_ARN }, 'Id is no string'],
    [{ Id: 7, ProductArn: PRODUCT_ARN }, 'Id is no string'],
    [{ Id: '  ', ProductArn: PRODUCT_ARN }, 'Id is blank'],
    [{ Id: 'x'.repeat(513), ProductArn: PRODUCT_ARN }, 'Id has not 1 to 512 characters'],
    [{ Id: 'x' }, 'ProductArn is no string'],
    [{ Id: 'x', ProductArn: 'arn:aws:sec' }, 'ProductArn has not 12 to 2048 characters'],
    [{ Id: 'x', ProductArn: 'x'.repeat(2049) }, 'ProductArn has not 12 to 2048 characters'],
    [{ Id: 'x', ProductArn: '𝒳'.repeat(11) }, 'ProductArn has not 12 to 2048 characters'],
  ])('sets the finding %j aside and reads its neighbour', (finding, message) => {
    const reading = readFindings(body({ detail: { findings: [finding, FINDING] } }));

    expect(reading.invalid).toEqual([{ finding, message }]);
    expect(reading.findings).toEqual([FINDING]);
  });

  it('counts characters, not UTF-16 units', () => {
    const identity = { Id: '𝒳'.repeat(512), ProductArn: '𝒳'.repeat(12) };
    const reading = readFindings(body({ detail: { findings: [{ ...FINDING, ...identity }] } }));

    expect(reading.invalid).toEqual([]);
  });

  it('reads a redriven dead letter as the event it was', () => {
    const triage = { version: 1, cause: { code: 'InvalidInput', message: '' } };

    expect(readFindings(body({ triage })).findings).toEqual([FINDING]);
  });

  it('reads an event as it stands, also where a body is put beside it', () => {
    const inside = body({ detail: { findings: [{ ...FINDING, Id: 'another' }] } });

    expect(readFindings(body({ triage: { version: 1, body: inside } })).findings).toEqual([FINDING]);
  });

  it('tells a dead letter from the event that it repeats', () => {
    const letter = JSON.stringify({ ...JSON.parse(body({})), triage: { version: 1 } });

    expect(readEvent(body({}))).toMatchObject({ kind: 'findings', isLetter: false });
    expect(readEvent(letter)).toMatchObject({ kind: 'findings', isLetter: true });
  });

  it('unwraps the dead letter of a body that could not be read', () => {
    const readable = JSON.stringify({ triage: { version: 1, body: body({}) } });
    const unreadable = JSON.stringify({ triage: { version: 1, body: 'no json' } });

    expect(readEvent(readable)).toEqual({ ...readEvent(body({})), isLetter: true });
    expect(readEvent(unreadable)).toEqual(readEvent('no json'));
  });

  it.each([{ triage: { body: 7 } }, { triage: { version: 1 } }, { triage: 'body' }])(
    'does not take %j for the dead letter of a body',
    (letter) => {
      const body = JSON.stringify(letter);

      expect(readEvent(body)).toMatchObject({ kind: 'malformed', body });
    },
  );

  it('takes no time from an event that tells none', () => {
    expect(readFindings(body({ time: undefined })).timeMs).toBeNull();
    expect(readFindings(body({ time: 'yesterday' })).timeMs).toBeNull();
    expect(readFindings(body({ time: 2026 })).timeMs).toBeNull();
  });

  it('is not misled by members called __proto__', () => {
    const hostile = `{"__proto__":{"detail-type":"Security Hub Findings - Imported"},"detail":{"findings":[]}}`;
    const inside = `{"__proto__":{"Id":"f-1","ProductArn":"${PRODUCT_ARN}"}}`;
    const event = `{"detail-type":"Security Hub Findings - Imported","detail":{"findings":[${inside}]}}`;

    expect(readEvent(hostile).kind).toBe('malformed');
    expect(readFindings(event).findings).toEqual([]);
    expect(({} as Record<string, unknown>).Id).toBeUndefined();
  });

  it('reads any JSON without failing, and puts each element in exactly one list', () => {
    const envelope = fc.record({
      'detail-type': fc.constantFrom(
        'Security Hub Findings - Imported',
        'Security Hub Findings - Custom Action',
      ),
      resources: fc.jsonValue(),
      time: fc.jsonValue(),
      detail: fc.record({ findings: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()) }),
    });

    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          envelope.map((event) => JSON.stringify(event)),
        ),
        (text) => {
          const reading = readEvent(text);

          if (reading.kind !== 'findings') return;
          const { findings } = reading.envelope.detail as { findings: readonly unknown[] };
          expect(reading.findings.length + reading.invalid.length).toBe(findings.length);
        },
      ),
    );
  });
});
