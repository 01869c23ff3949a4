import { describe, expect, it } from 'vitest';
import { DENIED_KEYS, QUESTIONS } from '../../lib/verification/questions.ts';
import { answersOf, start, verifyAs } from './asked-account.ts';

const CHOSEN = {
  updatedAt: 'unchanged',
  userDefinedFields: 'replaced',
  types: 'replaced',
  relatedFindings: 'replaced',
  emptyTypes: 'cleared',
  emptyUserDefinedFields: 'cleared',
  severityConflict: 'label',
  tooManyIdentifiers: 'refused',
  tooManyUserDefinedFields: 'callRefused',
  tooLongValue: 'callRefused',
  noteOfSeveralLines: 'taken',
  noOpEvent: 'sent',
  anythingBut: 'oneValue',
  patternLength: 'compact',
  nativeRules: 'onImports',
  ...Object.fromEntries(DENIED_KEYS.map((key) => [`deny.${key}`, 'enforced'])),
  'denyValues.Workflow.Status': 'enforced',
  'denyValues.VerificationState': 'enforced',
};

describe('asking an account what is not documented', () => {
  it('finds out how the account behaves, with the policy of the documentation', async () => {
    const account = await start();

    const verified = await verifyAs(account, 'Verifier');

    expect(verified.facts.unanswered).toEqual({});
    expect(answersOf(verified)).toEqual(CHOSEN);
    expect(Object.keys(CHOSEN)).toEqual(QUESTIONS.map(({ id }) => id));
    expect(verified.facts).toMatchObject({ version: 1, account: '111122223333', region: 'eu-west-1' });
  }, 180_000);

  it('finds out that each of them is otherwise', async () => {
    const account = await start({
      securityHub: {
        ...{ maps: 'merge', emitNoOp: false },
        readings: {
          ...{ severityConflict: 'normalized', tooManyIdentifiers: 'taken', noteLines: 'one' },
          automationRules: 'onUpdatesToo',
          ...{ excessiveValues: 'findingUnprocessed', withoutConditionKey: DENIED_KEYS },
        },
      },
      eventReadings: { anythingBut: 'everyValue', patternLength: 'asSent' },
    });

    const verified = await verifyAs(account, 'Verifier');

    expect(verified.facts.unanswered).toEqual({});
    expect(answersOf(verified)).toEqual({
      ...{ updatedAt: 'unchanged', userDefinedFields: 'merged', types: 'merged', relatedFindings: 'merged' },
      ...{ emptyTypes: 'kept', emptyUserDefinedFields: 'kept', severityConflict: 'normalized' },
      ...{ tooManyIdentifiers: 'taken', tooManyUserDefinedFields: 'findingUnprocessed' },
      ...{ tooLongValue: 'findingUnprocessed', noteOfSeveralLines: 'findingUnprocessed' },
      ...{ noOpEvent: 'silent', anythingBut: 'everyValue', patternLength: 'asSent' },
      nativeRules: 'onUpdatesToo',
      ...Object.fromEntries(DENIED_KEYS.map((key) => [`deny.${key}`, 'ignored'])),
      ...{ 'denyValues.Workflow.Status': 'ignored', 'denyValues.VerificationState': 'ignored' },
    });
  }, 180_000);

  it('finds out what is refused', async () => {
    const account = await start({
      securityHub: {
        readings: { emptyCollections: 'refused', severityConflict: 'refused', noteLines: 'one' },
      },
    });

    const verified = await verifyAs(account, 'Verifier', { withEvents: false, roleArn: null });

    expect(answersOf(verified)).toMatchObject({
      ...{ emptyTypes: 'refused', emptyUserDefinedFields: 'refused', severityConflict: 'refused' },
      noteOfSeveralLines: 'callRefused',
    });
  }, 180_000);

  it('tells which one Deny is not heeded among those that are', async () => {
    const account = await start({ securityHub: { readings: { withoutConditionKey: ['RelatedFindings'] } } });

    const verified = await verifyAs(account, 'Verifier', { withEvents: false });
    const ignored = Object.entries(answersOf(verified)).filter(([, answer]) => answer === 'ignored');

    expect(ignored).toEqual([['deny.RelatedFindings', 'ignored']]);
  }, 180_000);
});
