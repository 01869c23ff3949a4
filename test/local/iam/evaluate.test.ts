import { describe, expect, it } from 'vitest';
import { type AccessRequest, evaluatePolicies, type Statement } from '../../../lib/local/iam/evaluate.ts';

const role = 'arn:aws:iam::111122223333:role/triage';
const queue = 'arn:aws:sqs:us-east-1:111122223333:ingest';
const rule = 'arn:aws:events:us-east-1:111122223333:rule/findings';

function request(changes: Partial<AccessRequest> = {}): AccessRequest {
  return {
    action: 'sqs:SendMessage',
    resourceArn: queue,
    principal: { arn: role },
    conditionKeys: {},
    ...changes,
  };
}

const allowSend: Statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };

describe('evaluatePolicies', () => {
  it('denies what nothing allows', () => {
    expect(evaluatePolicies([], request())).toBe('denied');
    expect(evaluatePolicies([allowSend], request({ action: 'sqs:ReceiveMessage' }))).toBe('denied');
    expect(evaluatePolicies([allowSend], request({ resourceArn: `${queue}-other` }))).toBe('denied');
  });

  it('lets a Deny win over an Allow wherever it stands', () => {
    const deny: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };

    expect(evaluatePolicies([allowSend], request())).toBe('allowed');
    expect(evaluatePolicies([deny, allowSend], request())).toBe('denied');
    expect(evaluatePolicies([allowSend, deny], request())).toBe('denied');
  });

  it('compares actions without regard to case and with wildcards', () => {
    expect(evaluatePolicies([{ ...allowSend, Action: 'SQS:send*' }], request())).toBe('allowed');
    expect(evaluatePolicies([{ ...allowSend, Action: ['sqs:Get?', 'sqs:Send'] }], request())).toBe('denied');
  });

  it('reads NotAction and NotResource as everything else', () => {
    const other: Statement = { Effect: 'Allow', NotAction: 'sqs:Delete*', NotResource: `${queue}-secret` };

    expect(evaluatePolicies([other], request())).toBe('allowed');
    expect(evaluatePolicies([other], request({ action: 'sqs:DeleteQueue' }))).toBe('denied');
    expect(evaluatePolicies([other], request({ resourceArn: `${queue}-secret` }))).toBe('denied');
  });

  it('throws on statements that it cannot judge, for a guess would hide a wrong policy', () => {
    expect(() => evaluatePolicies([{ Effect: 'Allow', Resource: '*' }], request())).toThrow('no action');
    expect(() => evaluatePolicies([{ Effect: 'Allow', Action: '*' }], request())).toThrow('no resource');
    expect(() =>
      evaluatePolicies(
        [{ ...allowSend, Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } }],
        request(),
      ),
    ).toThrow('DateLessThan');
    expect(() =>
      evaluatePolicies(
        [{ ...allowSend, Condition: { StringEquals: { a: '$' + '{aws:username}' } } }],
        request(),
      ),
    ).toThrow('policy variables');
  });
});

describe('evaluatePolicies with the policy of a resource', () => {
  const fromEvents: Statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': rule } },
  };
  const fence: Statement = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: {
      ArnNotEqualsIfExists: { 'aws:PrincipalArn': role },
      ArnNotEquals: { 'aws:SourceArn': rule },
    },
  };
  const tlsOnly: Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: queue,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const events = { service: 'events.amazonaws.com' };

  it('lets one EventBridge rule send and no other', () => {
    const sent = (sourceArn: string): string =>
      evaluatePolicies(
        [fromEvents, fence],
        request({ principal: events, conditionKeys: { 'aws:SourceArn': sourceArn } }),
      );

    expect(sent(rule)).toBe('allowed');
    expect(sent(`${rule}-other`)).toBe('denied');
  });

  it('keeps a fence up against roles that their own policy allows', () => {
    const as = (arn: string): string =>
      evaluatePolicies(
        [allowSend, fromEvents, fence],
        request({ principal: { arn }, conditionKeys: { 'aws:PrincipalArn': arn } }),
      );

    expect(as(role)).toBe('allowed');
    expect(as(`${role}-other`)).toBe('denied');
  });

  it('applies a Deny for everyone to services and to the anonymous', () => {
    const keys = { 'aws:SourceArn': rule, 'aws:SecureTransport': 'false' };

    expect(evaluatePolicies([fromEvents, tlsOnly], request({ principal: events, conditionKeys: keys }))).toBe(
      'denied',
    );
    expect(
      evaluatePolicies(
        [fromEvents, tlsOnly],
        request({ principal: events, conditionKeys: { ...keys, 'aws:SecureTransport': 'true' } }),
      ),
    ).toBe('allowed');
    const { principal: _, ...anonymous } = request();
    expect(evaluatePolicies([{ ...allowSend, Principal: '*' }], anonymous)).toBe('allowed');
    expect(evaluatePolicies([{ ...allowSend, Principal: { AWS: role } }], anonymous)).toBe('denied');
  });

  it('takes an account, by number or root ARN, for every principal in it', () => {
    for (const name of [role, '111122223333', 'arn:aws:iam::111122223333:root']) {
      expect(evaluatePolicies([{ ...allowSend, Principal: { AWS: [name] } }], request())).toBe('allowed');
    }
    for (const name of ['444455556666', 'arn:aws:iam::444455556666:root', `${role}-other`]) {
      expect(evaluatePolicies([{ ...allowSend, Principal: { AWS: name } }], request())).toBe('denied');
    }
  });

  it('reads NotPrincipal as everyone else', () => {
    const deny: Statement = { Effect: 'Deny', NotPrincipal: { AWS: role }, Action: '*', Resource: '*' };

    expect(evaluatePolicies([allowSend, deny], request())).toBe('allowed');
    expect(evaluatePolicies([allowSend, deny], request({ principal: { arn: `${role}2` } }))).toBe('denied');
  });
});
