import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../lib/local/iam/policy-document.ts';

const statement = { Effect: 'Allow', Action: ['sqs:*'], Resource: '*', Principal: { Service: 'x' } };

describe('statementsOf', () => {
  it('reads one statement or a list of them', () => {
    expect(statementsOf({ Version: '2012-10-17', Statement: [statement, statement] })).toHaveLength(2);
    expect(statementsOf({ Statement: statement })).toEqual([statement]);
  });

  it('refuses what a deployment would refuse', () => {
    const refused: readonly unknown[] = [
      undefined,
      'text',
      {},
      { Statement: [{ ...statement, Effect: 'allow' }] },
      { Statement: [{ ...statement, Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] },
      { Statement: [{ ...statement, Principal: 'everyone' }] },
      { Statement: [{ ...statement, Condition: { StringEquals: 'x' } }] },
      { Statement: [{ ...statement, Condition: { StringEquals: { a: { Ref: 'X' } } } }] },
    ];

    for (const document of refused) {
      expect(() => statementsOf(document)).toThrow('Not a policy statement');
    }
  });
});
