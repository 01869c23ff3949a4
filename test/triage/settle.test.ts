import { describe, expect, it } from 'vitest';
import type { Decision } from '../../lib/triage/decision.ts';
import { settleDecision } from '../../lib/triage/settle.ts';

const CAUSE = { code: 'InvalidInput', message: 'Invalid Input' };

function decision(kind: Decision['kind'], members: Partial<Decision> = {}): Decision {
  return {
    finding: { Id: 'f', ProductArn: 'arn:aws:securityhub' },
    kind,
    update: kind === 'update' || kind === 'deadLetter' ? { Confidence: 1 } : null,
    rules: ['one', 'two'],
    held: [{ field: 'Workflow', by: 'person' }],
    observed: null,
    newlySuppressed: false,
    trace: [],
    ...members,
  };
}

describe('settleDecision', () => {
  it('records an update that was confirmed', () => {
    expect(settleDecision(decision('update'), { kind: 'updated' }, 'enforce')).toEqual({
      Id: 'f',
      ProductArn: 'arn:aws:securityhub',
      outcome: 'updated',
      rules: ['one', 'two'],
      update: { Confidence: 1 },
      held: ['Workflow'],
    });
  });

  it.each(['deadLettered', 'returned'] as const)('keeps the cause of what was %s', (kind) => {
    const outcome = settleDecision(decision('update'), { kind, cause: CAUSE }, 'enforce');

    expect(outcome).toMatchObject({ outcome: kind, cause: CAUSE, update: { Confidence: 1 } });
  });

  it('returns an update that nobody sent rather than to call it done', () => {
    expect(settleDecision(decision('update'), null, 'enforce')).toMatchObject({
      outcome: 'returned',
      update: { Confidence: 1 },
      cause: { code: 'NotSent', message: 'No call was made for this finding' },
    });
  });

  it.each(['held', 'observed', 'unchanged'] as const)('passes %s on, with nothing sent', (kind) => {
    expect(settleDecision(decision(kind), null, 'enforce')).toMatchObject({ outcome: kind, update: null });
  });

  it('dead-letters a decision that cannot be sent', () => {
    const outcome = settleDecision(decision('deadLetter', { cause: CAUSE }), null, 'enforce');

    expect(outcome).toMatchObject({ outcome: 'deadLettered', cause: CAUSE, update: { Confidence: 1 } });
  });

  it('gives a cause to a decision that cannot be sent and does not say why', () => {
    const outcome = settleDecision(decision('deadLetter'), null, 'enforce');

    expect(outcome).toMatchObject({
      outcome: 'deadLettered',
      cause: { code: 'DecisionRefused', message: 'The decision cannot be sent' },
    });
  });

  it.each(['update', 'held', 'deadLetter', 'observed'] as const)(
    'only observes %s while observing',
    (kind) => {
      expect(settleDecision(decision(kind), null, 'observe')).toMatchObject({
        outcome: 'observed',
        update: null,
      });
    },
  );

  it('says while observing why a decision could not be sent', () => {
    const outcome = settleDecision(decision('deadLetter', { cause: CAUSE }), null, 'observe');

    expect(outcome).toMatchObject({ outcome: 'observed', cause: CAUSE });
    expect(settleDecision(decision('update'), null, 'observe')).not.toHaveProperty('cause');
  });

  it('calls unchanged unchanged while observing', () => {
    expect(settleDecision(decision('unchanged'), null, 'observe')).toMatchObject({ outcome: 'unchanged' });
  });

  it('lets a finding that could not be read again end so, whatever was decided on its old state', () => {
    const outcome = settleDecision(decision('unchanged'), { kind: 'returned', cause: CAUSE }, 'observe');

    expect(outcome).toMatchObject({ outcome: 'returned', cause: CAUSE });
  });
});
