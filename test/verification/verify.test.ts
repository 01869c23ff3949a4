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

const OTHERWISE = {
  ...{ updatedAt: 'changed', userDefinedFields: 'merged', types: 'merged', relatedFindings: 'merged' },
  ...{ emptyTypes: 'kept', emptyUserDefinedFields: 'kept', severityConflict: 'normalized' },
  ...{ tooManyIdentifiers: 'taken', tooManyUserDefinedFields: 'findingUnprocessed' },
  ...{ tooLongValue: 'findingUnprocessed', noteOfSeveralLines: 'findingUnprocessed' },
  ...{ noOpEvent: 'silent', anythingBut: 'everyValue', patternLength: 'asSent' },
  nativeRules: 'onUpdatesToo',
  ...Object.fromEntries(DENIED_KEYS.map((key) => [`deny.${key}`, 'ignored'])),
  ...{ 'denyValues.Workflow.Status': 'ignored', 'denyValues.VerificationState': 'ignored' },
};

const REFUSING = {
  ...{ emptyTypes: 'refused', emptyUserDefinedFields: 'refused', severityConflict: 'refused' },
  noteOfSeveralLines: 'callRefused',
};

/** Too much is taken, and too much is denied; but for one field, which is not. */
const UNEVEN = {
  ...{ tooManyUserDefinedFields: 'taken', tooLongValue: 'taken' },
  ...{ 'denyValues.Workflow.Status': 'all', 'denyValues.VerificationState': 'all' },
  'deny.RelatedFindings': 'ignored',
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
          ...{ automationRules: 'onUpdatesToo', updatedAt: 'changed' },
          ...{ excessiveValues: 'findingUnprocessed', withoutConditionKey: DENIED_KEYS },
        },
      },
      eventReadings: { anythingBut: 'everyValue', patternLength: 'asSent' },
    });

    const verified = await verifyAs(account, 'Verifier');

    expect(verified.facts.unanswered).toEqual({});
    expect(answersOf(verified)).toEqual(OTHERWISE);
    expect(verified.left).toEqual([]);
    expect(account.hub.findings()).toMatchObject([{ RecordState: 'ARCHIVED' }]);
  }, 180_000);

  it('finds out what is refused', async () => {
    const account = await start({
      securityHub: {
        readings: { emptyCollections: 'refused', severityConflict: 'refused', noteLines: 'one' },
      },
    });

    const verified = await verifyAs(account, 'Verifier', { withEvents: false, roleArn: null });

    expect(answersOf(verified)).toMatchObject(REFUSING);
  }, 180_000);

  it('tells what is taken or denied beyond what was asked, and the one Deny that is not heeded', async () => {
    const account = await start({
      securityHub: {
        readings: {
          ...{ excessiveValues: 'taken', deniedValues: 'all', withoutConditionKey: ['RelatedFindings'] },
        },
      },
    });

    const verified = await verifyAs(account, 'Verifier', { withEvents: false, withNativeRule: false });
    const { noOpEvent: _, anythingBut: __, patternLength: ___, nativeRules: ____, ...asked } = CHOSEN;

    expect(answersOf(verified)).toEqual({ ...asked, ...UNEVEN });
  }, 180_000);

  it('is shown with each answer that there can be', () => {
    const shown = (id: string) =>
      [CHOSEN, OTHERWISE, REFUSING, UNEVEN]
        .flatMap((answers) => Object.entries(answers))
        .filter(([of]) => of === id);

    for (const { id, answers } of QUESTIONS)
      expect
        .soft([...new Set(shown(id).map(([, answer]) => answer))].sort(), id)
        .toEqual(Object.keys(answers).sort());
  });
});
