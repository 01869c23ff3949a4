import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyToSend, readBody } from '../../lib/dead-letters/body.ts';
import { readEvent } from '../../lib/findings/read-event.ts';
import { finding } from '../local/security-hub/account.ts';
import { eventOf } from './letter-world.ts';

/** What SQS takes, said once more. */
const ACCEPTED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const RUNS = Number(process.env.DEAD_LETTER_RUNS ?? 2_000);

describe('readBody', () => {
  it('takes events of Security Hub with findings that can be named', () => {
    const one = finding('finding-1');

    expect(readBody(eventOf([one]))).toMatchObject({ kind: 'event', findings: [one] });
  });

  it.each([
    ['no JSON', 'nothing', 'the body is no JSON object'],
    [
      'another source',
      eventOf([finding('f')], { source: 'my.forgery' }),
      'its source is not aws.securityhub',
    ],
    ['no findings', eventOf([]), 'it holds no finding'],
    ['a finding without identity', eventOf([{ Title: 'x' }]), 'Id is no string'],
    ['OCSF findings', eventOf([], { 'detail-type': 'Findings Imported V2' }), 'carries no ASFF findings'],
    [
      'a custom action without a name',
      eventOf([finding('f')], { 'detail-type': 'Security Hub Findings - Custom Action' }),
      'it names no custom action',
    ],
    ['a letter of an unreadable body', JSON.stringify({ triage: { body: 'nothing' } }), 'no JSON object'],
  ])('refuses %s, and says why', (_, body, why) => {
    expect(readBody(body)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
  });
});

describe('bodyToSend', () => {
  it('names the findings and the event, and passes on nothing that a letter says of them', () => {
    const forged = finding('finding-1', { Workflow: { Status: 'NEW' }, Title: 'forged' });
    const envelope = JSON.parse(eventOf([forged], { triage: { cause: {} }, more: 'of it' }));

    const sent = JSON.parse(bodyToSend(envelope));

    const { detail: _, triage: _t, more: _m, ...rest } = envelope;
    expect(sent).toEqual({
      ...rest,
      detail: { findings: [{ Id: forged.Id, ProductArn: forged.ProductArn }] },
    });
  });

  it('keeps the custom action of a person', () => {
    const envelope = JSON.parse(
      eventOf([finding('f')], {
        'detail-type': 'Security Hub Findings - Custom Action',
        resources: ['arn:aws:securityhub:us-west-1:123456789012:action/custom/triageRetriage', 'another'],
        detail: { actionName: 'Re-triage', actionDescription: 'x', findings: [finding('f')] },
      }),
    );

    const sent = bodyToSend(envelope);

    expect(readEvent(sent)).toMatchObject({ event: { actionName: 'Re-triage', actionId: 'triageRetriage' } });
  });

  it('sends on nothing but identities in characters that SQS takes, whatever lies in the queue', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    });
    const members = fc.dictionary(
      fc.constantFrom('source', 'detail-type', 'resources', 'detail', 'time', 'triage', '__proto__', 'id'),
      fc.oneof(text, fc.jsonValue(), fc.array(text)),
    );
    const productArn = text.map((end) => `arn:aws:securityhub:${end}`);
    const named = fc.record({ Id: text, ProductArn: productArn, Title: text }, { requiredKeys: [] });
    const detail = fc.oneof(fc.jsonValue(), fc.array(fc.oneof(named, fc.jsonValue())), fc.array(named));
    let taken = 0;

    fc.assert(
      fc.property(members, detail, fc.boolean(), (more, findings, isLikely) => {
        const likely = { source: 'aws.securityhub', 'detail-type': 'Security Hub Findings - Imported' };
        const body = JSON.stringify({ ...more, ...(isLikely && likely), detail: { findings } });
        const reading = readBody(body);
        if (reading.kind === 'refused') {
          expect(reading.why).toMatch(/^[\w .,-]+$/);
          return;
        }
        taken += 1;
        const sent = bodyToSend(reading.envelope);
        expect(sent).toMatch(ACCEPTED);
        const { detail: sentDetail, ...rest } = JSON.parse(sent);
        for (const one of sentDetail.findings)
          for (const name of Object.keys(one)) expect(['Id', 'ProductArn']).toContain(name);
        expect(Object.keys(rest).filter((name) => name === 'triage' || name === '__proto__')).toEqual([]);
        const again = readEvent(sent);
        const named = reading.findings.map(({ Id, ProductArn }) => ({ Id, ProductArn }));
        expect(again).toMatchObject({ kind: 'findings', findings: named });
        expect(sentDetail.findings).toHaveLength(JSON.parse(body).detail.findings.length);
      }),
      { numRuns: RUNS, seed: 20_261_126 },
    );
    expect(taken).toBeGreaterThan(RUNS / 100);
  });
});
